#include "idl/compiler/source/directive_cleaner.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "idl/compiler/source/comment_stripper.hpp"

namespace corbel::idl {
namespace {

constexpr std::string_view kMark = "__corbel_put_aside_";
constexpr std::size_t kMaxLine = 65535;
// The preprocessor's expression parser recurses for each of these.
constexpr std::string_view kRecursing = "(!~-+?";
constexpr std::ptrdiff_t kMaxRecursing = 200;

bool is_space(char c) { return c == ' ' || c == '\t'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

std::size_t skip_word(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

// The length of the name that the text begins with.
std::size_t skip_name(std::string_view text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) != 0) return 0;
  return skip_word(text, 0);
}

// Whether `a, b, c)` or `)` stands at `at`.
bool has_parameters(std::string_view text, std::size_t at) {
  at = skip_spaces(text, at);
  if (at < text.size() && text[at] == ')') return true;
  for (;;) {
    at = skip_spaces(text, at);
    const std::size_t length = skip_name(text.substr(at));
    if (length == 0) return false;
    at = skip_spaces(text, at + length);
    if (at == text.size()) return false;
    if (text[at] == ')') return true;
    if (text[at++] != ',') return false;
  }
}

// Whether the text is a name, perhaps with arguments in parentheses, and nothing else.
bool is_one_macro(std::string_view text) {
  const std::size_t length = skip_name(text);
  const std::size_t at = skip_spaces(text, length);
  if (length == 0 || at == text.size()) return length != 0;
  return text[at] == '(' && skip_spaces(text, text.rfind(')') + 1) == text.size();
}

bool has_names_after_defined(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = skip_word(text, at);
    const bool is_operator = text.substr(at, end - at) == "defined";
    at = end == at ? at + 1 : end;
    if (!is_operator) continue;
    at = skip_spaces(text, at);
    const bool in_parentheses = at < text.size() && text[at] == '(';
    if (in_parentheses) at = skip_spaces(text, at + 1);
    const std::size_t length = skip_name(text.substr(at));
    at = skip_spaces(text, at + length);
    if (length == 0 || (in_parentheses && (at == text.size() || text[at] != ')'))) return false;
  }
  return true;
}

/// A directive with its continuation lines joined.
struct Directive {
  std::string text;
  std::string name;
  std::size_t name_end = 0;
  std::size_t lines = 1;

  std::string_view arguments() const {
    return std::string_view(text).substr(skip_spaces(text, name_end));
  }
};

class DirectiveCleaner {
 public:
  DirectiveCleaner(std::string_view in, PutAside& aside, std::vector<CleaningError>& errors)
      : in_(in), aside_(aside), errors_(errors) {}

  std::string run() {
    out_.reserve(in_.size());
    while (at_ < in_.size()) {
      const std::string_view line = take_line();
      const std::size_t first = skip_spaces(line, 0);
      if (line.size() > kMaxLine) {
        out_ += aside_.put(PutAside::Kind::kError, "this line is longer than 65535 octets");
        out_ += '\n';
      } else if (first < line.size() && line[first] == '#') {
        directive(read_directive(line, first));
      } else {
        out_ += line;
        out_ += '\n';
      }
    }
    for (const std::size_t open : open_ifs_) {
      errors_.push_back({open, "this condition is not closed: expected #endif"});
    }
    return std::move(out_);
  }

 private:
  std::string_view take_line() {
    const std::size_t end = in_.find('\n', at_);
    const std::string_view line = in_.substr(at_, end - at_);
    at_ = end == std::string_view::npos ? in_.size() : end + 1;
    ++line_;
    return line;
  }

  Directive read_directive(std::string_view line, std::size_t hash) {
    Directive found;
    found.text = line;
    while (!found.text.empty() && found.text.back() == '\\' && at_ < in_.size()) {
      found.text.back() = ' ';
      found.text += take_line();
      ++found.lines;
    }
    const std::size_t begin = skip_spaces(found.text, hash + 1);
    found.name_end = skip_word(found.text, begin);
    found.name = found.text.substr(begin, found.name_end - begin);
    return found;
  }

  // The preprocessor loses its way after a directive that it cannot parse, so it gets to see only
  // well-formed ones.
  void directive(const Directive& found) {
    const std::string& name = found.name;
    if (name == "if" || name == "ifdef" || name == "ifndef") {
      open_ifs_.push_back(first_line(found));
    } else if (name == "endif" && !open_ifs_.empty()) {
      open_ifs_.pop_back();
    }
    if (found.text.size() > kMaxLine) {
      refuse(found, "this directive is longer than 65535 octets");
    } else if (name == "pragma" && found.arguments() != "once") {
      emit(found, aside_.put(PutAside::Kind::kPragma, undisguise(found.arguments())));
    } else if (name.empty() ? found.arguments().empty() : is_line_marker(name)) {
      emit(found, "");
    } else if (name == "endif" || name == "else") {
      emit(found, "#" + name);
    } else if (name == "ifdef" || name == "ifndef" || name == "undef") {
      named(found);
    } else if (name == "include") {
      include(found);
    } else if (name == "if" || name == "elif") {
      condition(found);
    } else if (name == "define") {
      define(found);
    } else if (name == "pragma" || name == "error" || name == "warning") {
      emit(found, found.text);
    } else {
      refuse(found, "unknown preprocessor directive '#" + name + "'");
    }
  }

  static bool is_line_marker(const std::string& name) {
    return name == "line" || name == "ident" || name == "sccs" ||
           std::isdigit(static_cast<unsigned char>(name.front())) != 0;
  }

  std::size_t first_line(const Directive& found) const { return line_ - found.lines + 1; }

  // Conditions stay balanced; an error about anything else disappears with a skipped group.
  void refuse(const Directive& found, const std::string& message) {
    if (found.name == "if" || found.name == "ifdef" || found.name == "ifndef" ||
        found.name == "elif") {
      errors_.push_back({first_line(found), message});
      emit(found, found.name == "elif" ? "#elif 0" : "#if 0");
    } else {
      emit(found, aside_.put(PutAside::Kind::kError, message));
    }
  }

  void named(const Directive& found) {
    const auto arguments = found.arguments();
    const std::size_t end = skip_name(arguments);
    if (end == 0) return refuse(found, "expected a name after #" + found.name);
    emit(found, "#" + found.name + " " + std::string(arguments.substr(0, end)));
  }

  void define(const Directive& found) {
    const auto arguments = found.arguments();
    const std::size_t end = skip_name(arguments);
    if (end == 0) return refuse(found, "expected a name after #define");
    if (end < arguments.size() && arguments[end] == '(' && !has_parameters(arguments, end + 1)) {
      return refuse(found, "expected parameter names and ')' after '(' in #define");
    }
    emit(found, found.text);
  }

  void include(const Directive& found) {
    const auto arguments = found.arguments();
    if (is_one_macro(arguments)) return emit(found, found.text);
    const char open = arguments.empty() ? '\0' : arguments.front();
    const char close = open == '<' ? '>' : '"';
    const std::size_t end = arguments.find(close, 1);
    if ((open != '<' && open != '"') || end == std::string_view::npos || end == 1) {
      return refuse(found, kNoFileName);
    }
    emit(found, "#include " + std::string(arguments.substr(0, end + 1)));
  }

  void condition(const Directive& found) {
    const auto recursing = std::count_if(found.text.begin(), found.text.end(), [](char c) {
      return kRecursing.find(c) != std::string_view::npos;
    });
    if (recursing > kMaxRecursing) return refuse(found, "this condition is nested too deeply");
    if (!has_names_after_defined(found.arguments())) {
      return refuse(found, "expected a name, or a name in parentheses, after 'defined'");
    }
    if (found.arguments().empty()) {
      return refuse(found, "expected an expression after #" + found.name);
    }
    emit(found, found.text);
  }

  void emit(const Directive& found, std::string_view text) {
    out_ += text;
    out_.append(found.lines, '\n');
  }

  std::string_view in_;
  PutAside& aside_;
  std::vector<CleaningError>& errors_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  /// The lines of the conditions that wait for their #endif.
  std::vector<std::size_t> open_ifs_;
  std::string out_;
};

}  // namespace

std::string PutAside::put(Kind kind, std::string text) {
  items_.push_back({kind, std::move(text)});
  return std::string(kMark) + std::to_string(items_.size() - 1);
}

const PutAside::Item* PutAside::find(std::string_view spelling) const {
  if (!spelling.starts_with(kMark)) return nullptr;
  const std::string_view digits = spelling.substr(kMark.size());
  std::size_t index = items_.size();
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (failure != std::errc{} || end != digits.data() + digits.size()) return nullptr;
  return index < items_.size() ? &items_[index] : nullptr;
}

std::string clean_directives(std::string_view text, PutAside& aside,
                             std::vector<CleaningError>& errors) {
  return DirectiveCleaner(text, aside, errors).run();
}

}  // namespace corbel::idl
