#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idl/compiler/ast/declaration.hpp"

namespace corbel::idl {

/// Makes repository ids and follows `#pragma prefix`: a prefix holds until the end of the scope or
/// file in which it stands, and an included file begins without one.
class RepositoryIds {
 public:
  void enter_file();
  void leave_file();
  /// Call in pairs around a module, interface or the like.
  void enter_scope() { scopes_.push_back(prefix_); }
  void leave_scope();
  void set_prefix(std::string prefix) { prefix_ = std::move(prefix); }
  /// Sets the prefix of the current scope and of that many scopes around it.
  void set_prefix(const std::string& prefix, std::size_t scopes_around);
  const std::string& prefix() const { return prefix_; }

  /// "IDL:prefix/A/B:1.0" for a declaration whose name and parent are set.
  std::string id_of(const Declaration& declaration) const { return id_of(prefix_, declaration); }
  static std::string id_of(const std::string& prefix, const Declaration& declaration);

 private:
  std::string prefix_;
  std::vector<std::string> scopes_;
  std::vector<std::string> files_;
};

/// The words of a pragma's text; a quoted string is one word with its quotes.
std::vector<std::string> pragma_words(std::string_view text);

}  // namespace corbel::idl
