#include <dynamic/json_text.hpp>

#include <corbel/exceptions.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace corbel::json {
namespace {

constexpr std::size_t kDeepest = 256;

// Puts together what Boost.JSON's parser tells. The parser gives a number also as a double, but
// does not round it correctly: the text is kept instead.
class TreeHandler {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

  using Code = boost::json::error_code;
  using Text = boost::json::string_view;

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return open(Value{Value::Object()}); }
  bool on_object_end(std::size_t, Code&) { return close(); }
  bool on_array_begin(Code&) { return open(Value{Value::Array()}); }
  bool on_array_end(std::size_t, Code&) { return close(); }
  bool on_key_part(Text text, std::size_t, Code&) { return append(text); }
  bool on_key(Text text, std::size_t, Code&) {
    append(text);
    keys_.push_back(std::move(text_));
    text_.clear();
    return true;
  }
  bool on_string_part(Text text, std::size_t, Code&) { return append(text); }
  bool on_string(Text text, std::size_t, Code&) {
    append(text);
    return add(Value{std::exchange(text_, {})});
  }
  bool on_number_part(Text text, Code&) { return append(text); }
  bool on_int64(std::int64_t, Text text, Code&) { return number(text); }
  bool on_uint64(std::uint64_t, Text text, Code&) { return number(text); }
  bool on_double(double, Text text, Code&) { return number(text); }
  bool on_bool(bool value, Code&) { return add(Value{value}); }
  bool on_null(Code&) { return add(Value{}); }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }

  Value take() { return std::move(root_); }

 private:
  bool append(Text text) {
    text_.append(text.data(), text.size());
    return true;
  }
  bool number(Text text) {
    append(text);
    return add(Value{Value::Number{std::exchange(text_, {})}});
  }
  bool open(Value value) {
    open_.push_back(std::move(value));
    return true;
  }
  bool close() {
    Value value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }
  bool add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* array = std::get_if<Value::Array>(&open_.back().data)) {
      array->push_back(std::move(value));
    } else {
      auto& object = std::get<Value::Object>(open_.back().data);
      object.push_back({std::move(keys_.back()), std::move(value)});
      keys_.pop_back();
    }
    return true;
  }

  std::string text_;
  std::vector<std::string> keys_;  // of the objects that are open, each before its value
  std::vector<Value> open_;
  Value root_;
};

[[noreturn]] void refuse(std::string_view text, std::size_t at, const std::string& why) {
  const auto before = text.substr(0, std::min(at, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto start = before.rfind('\n');
  const auto column = before.size() - (start == before.npos ? 0 : start + 1) + 1;
  throw BadParam("line " + std::to_string(line) + ", column " + std::to_string(column) + ": " +
                 why);
}

int base64_digit(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

}  // namespace

const char* Value::kind() const noexcept {
  static constexpr const char* kNames[] = {"null",   "boolean", "number",
                                           "string", "array",   "object"};
  return kNames[data.index()];
}

Value parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kDeepest;
  boost::json::basic_parser<TreeHandler> parser(options);
  boost::json::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (error) refuse(text, used, error.message());
  if (const auto rest = text.find_first_not_of(" \t\r\n", used); rest != text.npos)
    refuse(text, rest, "more text after the value");
  return parser.handler().take();
}

void Writer::new_line() {
  if (indent_ == 0) return;
  out_.push_back('\n');
  out_.append(indent_ * depth_, ' ');
}

void Writer::next() {
  if (!is_first_) out_.push_back(',');
  is_first_ = false;
  new_line();
}

void Writer::literal(std::string_view text) { out_.append(text); }
void Writer::string(std::string_view utf8) { quote(utf8); }

void Writer::begin(char bracket) {
  out_.push_back(bracket);
  ++depth_;
  is_first_ = true;
}

void Writer::end(char bracket) {
  --depth_;
  if (!is_first_) new_line();
  out_.push_back(bracket);
  is_first_ = false;
}

void Writer::key(std::string_view name) {
  next();
  quote(name);
  out_.append(indent_ == 0 ? ":" : ": ");
}

void Writer::element() { next(); }

void Writer::quote(std::string_view utf8) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out_.push_back('"');
  for (const char c : utf8) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out_.push_back('\\');
      out_.push_back(c);
    } else if (c == '\n') {
      out_.append("\\n");
    } else if (c == '\t') {
      out_.append("\\t");
    } else if (octet < 0x20) {
      out_.append("\\u00");
      out_.push_back(kDigits[octet >> 4]);
      out_.push_back(kDigits[octet & 15]);
    } else {
      out_.push_back(c);
    }
  }
  out_.push_back('"');
}

std::string to_base64(std::string_view octets) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    const auto octet = [&](std::size_t i) -> unsigned {
      return at + i < octets.size() ? static_cast<unsigned char>(octets[at + i]) : 0u;
    };
    const unsigned bits = octet(0) << 16 | octet(1) << 8 | octet(2);
    text.push_back(kDigits[bits >> 18]);
    text.push_back(kDigits[(bits >> 12) & 63]);
    text.push_back(at + 1 < octets.size() ? kDigits[(bits >> 6) & 63] : '=');
    text.push_back(at + 2 < octets.size() ? kDigits[bits & 63] : '=');
  }
  return text;
}

bool from_base64(std::string_view text, std::vector<unsigned char>& octets) {
  octets.clear();
  if (text.size() % 4 != 0) return false;
  while (!text.empty()) {
    const std::size_t digits = text.substr(0, 4).find('=');
    const std::size_t count = digits == text.npos || digits > 4 ? 4 : digits;
    if (count < 2 ||
        (count < 4 && (text.size() > 4 || text.find_first_not_of('=', count) != text.npos)))
      return false;
    unsigned bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const int digit = i < count ? base64_digit(text[i]) : 0;
      if (digit < 0) return false;
      bits = bits << 6 | static_cast<unsigned>(digit);
    }
    // What the last digit has beyond the octets must be zero: one text for each value.
    if ((count == 2 && (bits & 0xffff) != 0) || (count == 3 && (bits & 0xff) != 0)) return false;
    for (std::size_t i = 0; i + 1 < count; ++i)
      octets.push_back(static_cast<unsigned char>(bits >> (16 - 8 * i)));
    text.remove_prefix(4);
  }
  return true;
}

}  // namespace corbel::json
