#include <corbel/exceptions.hpp>
#include <corbel/name.hpp>

namespace corbel {

namespace {

bool is_special(char character) noexcept {
  return character == '/' || character == '.' || character == '\\';
}

/// Reads one name; every complaint names the octet it is about.
class NameParser {
 public:
  explicit NameParser(std::string_view text) noexcept : text_(text) {}

  std::vector<NameComponent> parse() {
    if (text_.empty()) throw BadParam("the name is empty");
    std::vector<NameComponent> name;
    while (true) {
      name.push_back(parse_component());
      if (position_ == text_.size()) return name;
      ++position_;  // the '/' after the component
    }
  }

 private:
  NameComponent parse_component() {
    NameComponent component;
    component.id = parse_field();
    if (position_ == text_.size() || text_[position_] == '/') {
      if (component.id.empty()) fail("a component is empty (write \".\" for empty id and kind)");
      return component;
    }
    ++position_;  // the '.' between id and kind
    component.kind = parse_field();
    if (position_ < text_.size() && text_[position_] == '.') fail("a second '.' in one component");
    if (component.kind.empty() && !component.id.empty()) fail("a '.' without a kind after it");
    return component;
  }

  /// Up to the next '/' or '.' that is not escaped.
  std::string parse_field() {
    std::string field;
    while (position_ < text_.size() && text_[position_] != '/' && text_[position_] != '.') {
      if (text_[position_] == '\\') {
        if (position_ + 1 == text_.size() || !is_special(text_[position_ + 1])) {
          fail("'\\' stands before something other than '/', '.' or '\\'");
        }
        ++position_;
      }
      field.push_back(text_[position_++]);
    }
    return field;
  }

  [[noreturn]] void fail(const char* what) const {
    throw BadParam("the name \"" + std::string(text_) + "\" is wrong at octet " +
                   std::to_string(position_) + ": " + what);
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

void append_escaped(std::string& text, std::string_view field) {
  for (const char character : field) {
    if (is_special(character)) text.push_back('\\');
    text.push_back(character);
  }
}

void append_component(std::string& text, const NameComponent& component) {
  append_escaped(text, component.id);
  if (component.id.empty() || !component.kind.empty()) text.push_back('.');
  append_escaped(text, component.kind);
}

}  // namespace

std::vector<NameComponent> parse_name(std::string_view text) { return NameParser(text).parse(); }

std::string format_name(std::span<const NameComponent> name) {
  std::string text;
  for (const auto& component : name) {
    if (&component != name.data()) text.push_back('/');
    append_component(text, component);
  }
  return text;
}

std::string format_name(const NameComponent& component) {
  std::string text;
  append_component(text, component);
  return text;
}

}  // namespace corbel
