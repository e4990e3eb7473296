#include <corbel/json.hpp>
#include <dynamic/json_names.hpp>
#include <dynamic/json_path.hpp>
#include <dynamic/json_type.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace corbel {
namespace {

using enum TCKind;

constexpr std::int64_t kExact = std::int64_t{1} << 53;

class ValueWriter {
 public:
  explicit ValueWriter(std::size_t indent) : out_(indent) {}

  void write(const DynamicValue& value);
  std::string take() && { return std::move(out_).take(); }

 private:
  template <class T>
  void floating(T value);
  void integer(const DynamicValue& value);
  void character(const DynamicValue& value);
  void enumerator(const DynamicValue& value);
  void reference(const DynamicValue& value);
  bool scalar(const DynamicValue& value);
  void any(const DynamicValue& value);
  void union_(const DynamicValue& value);
  void list(const DynamicValue& value);
  void members(const DynamicValue& value);
  void valuetype(const DynamicValue& value);

  json::Writer out_;
  json::Path path_;
  std::unordered_map<const void*, std::string> met_;  // where each valuetype stands
};

bool holds_octets(const DynamicValue& value) {
  return value.kind() == tk_Principal ||
         value.type().unaliased().content_type().unaliased().kind() == tk_octet;
}

template <class T>
void ValueWriter::floating(T value) {
  if (std::isnan(value)) return out_.string("NaN");
  if (std::isinf(value)) return out_.string(value > 0 ? "Infinity" : "-Infinity");
  // An integer -0 is 0 to most readers.
  if (value == 0 && std::signbit(value)) return out_.literal("-0.0");
  std::array<char, 64> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out_.literal(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
}

void ValueWriter::integer(const DynamicValue& value) {
  if (value.kind() == tk_ulonglong) {
    const auto number = value.to_unsigned();
    const bool exact = number <= static_cast<std::uint64_t>(kExact);
    return exact ? out_.literal(std::to_string(number)) : out_.string(std::to_string(number));
  }
  const auto number = value.to_integer();
  const bool exact = number <= kExact && number >= -kExact;
  exact ? out_.literal(std::to_string(number)) : out_.string(std::to_string(number));
}

// Half of a surrogate pair is no text; it stays a number.
void ValueWriter::character(const DynamicValue& value) {
  if (value.kind() == tk_wchar) {
    const char16_t unit = value.get<char16_t>();
    if ((unit & 0xf800) == 0xd800) return out_.literal(std::to_string(unsigned{unit}));
  }
  out_.string(value.to_text());
}

void ValueWriter::enumerator(const DynamicValue& value) {
  const bool has_names = json::names_are_unique(json::names_of(value.type().unaliased()));
  has_names ? out_.string(value.to_text()) : out_.literal(std::to_string(value.to_integer()));
}

void ValueWriter::reference(const DynamicValue& value) {
  value.is_null() ? out_.literal("null") : out_.string(value.to_reference().to_string());
}

bool ValueWriter::scalar(const DynamicValue& value) {
  switch (value.kind()) {
    case tk_null:
    case tk_void:
      out_.literal("null");
      break;
    case tk_boolean:
      out_.literal(value.to_bool() ? "true" : "false");
      break;
    case tk_octet:
    case tk_short:
    case tk_ushort:
    case tk_long:
    case tk_ulong:
    case tk_longlong:
    case tk_ulonglong:
      integer(value);
      break;
    case tk_float:
      floating(value.get<float>());
      break;
    case tk_double:
      floating(value.get<double>());
      break;
    case tk_longdouble:
      floating(value.get<long double>());
      break;
    case tk_char:
    case tk_wchar:
      character(value);
      break;
    case tk_string:
    case tk_wstring:
    case tk_fixed:
      out_.string(value.to_text());
      break;
    case tk_enum:
      enumerator(value);
      break;
    case tk_TypeCode:
      json::write_type(value.to_type_code(), out_);
      break;
    case tk_objref:
    case tk_abstract_interface:
      reference(value);
      break;
    default:
      return false;
  }
  return true;
}

void ValueWriter::write(const DynamicValue& value) {
  if (scalar(value)) return;
  switch (value.kind()) {
    case tk_any:
      return any(value);
    case tk_union:
      return union_(value);
    case tk_sequence:
    case tk_array:
    case tk_Principal:
      return list(value);
    case tk_value:
    case tk_value_box:
      return valuetype(value);
    default:
      return members(value);
  }
}

void ValueWriter::any(const DynamicValue& value) {
  const DynamicValue inner = value.content();
  if (inner.type().kind() == tk_null) return out_.literal("null");
  out_.begin('{');
  out_.key("type");
  json::write_type(inner.type(), out_);
  out_.key("value");
  path_.enter("value");
  write(inner);
  path_.leave();
  out_.end('}');
}

void ValueWriter::union_(const DynamicValue& value) {
  out_.begin('{');
  out_.key("discriminator");
  write(value.discriminator());
  if (value.size() != 0) {
    out_.key("value");
    path_.enter("value");
    write(value[0]);
    path_.leave();
  }
  out_.end('}');
}

void ValueWriter::list(const DynamicValue& value) {
  if (holds_octets(value)) {
    const Any whole = value.to_any();
    const auto octets = whole.octets().subspan(value.kind() == tk_array ? 0 : 4);
    return out_.string(json::to_base64(
        std::string_view(reinterpret_cast<const char*>(octets.data()), octets.size())));
  }
  out_.begin('[');
  for (std::size_t i = 0; i < value.size(); ++i) {
    out_.element();
    path_.enter(i);
    write(value[i]);
    path_.leave();
  }
  out_.end(']');
}

void ValueWriter::members(const DynamicValue& value) {
  const auto names = json::names_of(value);
  const bool named = json::names_are_unique(names);
  out_.begin(named ? '{' : '[');
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (named) {
      out_.key(names[i]);
      path_.enter(names[i]);
    } else {
      out_.element();
      path_.enter(i);
    }
    write(value[i]);
    path_.leave();
  }
  out_.end(named ? '}' : ']');
}

void ValueWriter::valuetype(const DynamicValue& value) {
  if (value.is_null()) return out_.literal("null");
  if (const auto known = met_.find(value.identity()); known != met_.end()) {
    out_.begin('{');
    out_.key("$ref");
    out_.string(known->second);
    return out_.end('}');
  }
  met_.emplace(value.identity(), path_.to_string());
  if (value.kind() == tk_value) return members(value);
  out_.begin('{');
  out_.key("value");
  path_.enter("value");
  write(value.content());
  path_.leave();
  out_.end('}');
}

}  // namespace

std::string to_json(const DynamicValue& value, const JsonOptions& options) {
  ValueWriter writer(options.indent);
  writer.write(value);
  return std::move(writer).take();
}

std::string to_json(const TypeCode& type, const JsonOptions& options) {
  json::Writer writer(options.indent);
  json::write_type(type, writer);
  return std::move(writer).take();
}

}  // namespace corbel
