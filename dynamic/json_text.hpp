#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace corbel::json {

struct Member;

/// JSON text as a tree. Numbers stay as they are written, so that none is rounded on the way.
struct Value {
  struct Number {
    std::string text;
  };
  using Array = std::vector<Value>;
  using Object = std::vector<Member>;

  std::variant<std::monostate, bool, Number, std::string, Array, Object> data;

  bool is_null() const noexcept { return data.index() == 0; }
  template <class T>
  const T* get_if() const noexcept {
    return std::get_if<T>(&data);
  }
  /// "null", "boolean", "number", "string", "array", "object".
  const char* kind() const noexcept;
};

struct Member {
  std::string key;
  Value value;
};

/// Throws BadParam, "line 2, column 7: syntax error".
Value parse(std::string_view text);

/// Writes JSON text.
class Writer {
 public:
  explicit Writer(std::size_t indent) : indent_(indent) {}

  /// Something that stands as it is: a number, true, null.
  void literal(std::string_view text);
  void string(std::string_view utf8);
  void begin(char bracket);
  void end(char bracket);
  /// Before each member's value.
  void key(std::string_view name);
  /// Before each element.
  void element();

  std::string take() && { return std::move(out_); }

 private:
  void quote(std::string_view utf8);
  void next();
  void new_line();

  std::size_t indent_;
  std::size_t depth_ = 0;
  bool is_first_ = true;
  std::string out_;
};

std::string to_base64(std::string_view octets);
/// False if the text is no base64.
bool from_base64(std::string_view text, std::vector<unsigned char>& octets);

}  // namespace corbel::json
