#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::idl {

/// Marks inside a line where it may be broken when it gets too long: nothing or a line break, and a
/// space or a line break.
inline constexpr char kBreak = '\v';
inline constexpr char kSpace = '\f';

/// "a, b, c" with places to break.
std::string join(const std::vector<std::string>& parts, std::string_view separator = ",\f");

/// Collects generated C++: indentation, namespaces, lines of at most 100 columns.
class Writer {
 public:
  static constexpr std::size_t kColumns = 100;

  /// One logical line; may become several.
  void line(std::string_view text);
  /// A documentation comment, on several lines if need be.
  void comment(std::string_view text);
  /// An empty line, unless there is one already or a block just began.
  void blank();
  void indent() { depth_ += 2; }
  void outdent() { depth_ -= 2; }
  /// A label such as "public:" stands half an indentation to the right of its class.
  void label(std::string_view text);
  /// `signature { body }` in one line if that fits, else in several.
  void function(const std::string& signature, const std::vector<std::string>& body);
  /// Reopens namespaces as needed so that what follows stands in this one ("a::b"; empty: global).
  void in_namespace(const std::string& path);
  /// The text so far; all namespaces must be closed.
  const std::string& text() const { return text_; }

 private:
  void put(std::size_t indentation, std::string_view text);

  std::string text_;
  std::string namespace_;
  std::size_t depth_ = 0;
  bool at_block_start_ = true;
};

}  // namespace corbel::idl
