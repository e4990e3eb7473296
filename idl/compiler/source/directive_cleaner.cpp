#include "idl/compiler/source/directive_cleaner.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

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

  void directive(const Directive& found) {
    const std::string& name = found.name;
    if (found.text.size() > kMaxLine) return too_long(found);
    if (name == "pragma" && found.arguments() != "once") {
      emit(found, aside_.put(PutAside::Kind::kPragma, std::string(found.arguments())));
    } else if (name.empty() ? found.arguments().empty() : is_line_marker(name)) {
      emit(found, "");
    } else if (name == "endif" || name == "else") {
      emit(found, "#" + name);
    } else if (name == "ifdef" || name == "ifndef" || name == "undef") {
      const auto arguments = found.arguments();
      emit(found, "#" + name + " " + std::string(arguments.substr(0, skip_word(arguments, 0))));
    } else if (name == "include") {
      include(found);
    } else if (name == "if" || name == "elif") {
      condition(found);
    } else {
      emit(found, found.text);
    }
  }

  static bool is_line_marker(const std::string& name) {
    return name == "line" || name == "ident" || name == "sccs" ||
           std::isdigit(static_cast<unsigned char>(name.front())) != 0;
  }

  void too_long(const Directive& found) {
    errors_.push_back({line_ - found.lines + 1, "this directive is longer than 65535 octets"});
    emit(found, found.name == "if" ? "#if 0" : "");
  }

  void include(const Directive& found) {
    const auto arguments = found.arguments();
    const char open = arguments.empty() ? '\0' : arguments.front();
    const char close = open == '<' ? '>' : '"';
    const std::size_t end = arguments.find(close, 1);
    if ((open != '<' && open != '"') || end == std::string_view::npos || end == 1) {
      emit(found, aside_.put(PutAside::Kind::kError, "expected \"file\" or <file> after #include"));
      return;
    }
    emit(found, "#include " + std::string(arguments.substr(0, end + 1)));
  }

  void condition(const Directive& found) {
    const auto recursing = std::count_if(found.text.begin(), found.text.end(), [](char c) {
      return kRecursing.find(c) != std::string_view::npos;
    });
    if (recursing <= kMaxRecursing) return emit(found, found.text);
    errors_.push_back({line_ - found.lines + 1, "this condition is nested too deeply"});
    emit(found, "#" + found.name + " 0");
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
