#pragma once

#include <corbel/orb.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace corbel {

/// The comfortable client of a CosNaming naming service. Names are text,
/// "trading/exchange.service": components separated by '/', id and kind by '.', '\' escapes (Naming
/// Service 1.3, 2.4).
///
/// Throws CosNaming::NamingContext::NotFound, CannotProceed, InvalidName, AlreadyBound (as the
/// service does; include <CosNaming.idl.hpp> to catch them) and system exceptions. Their what()
/// says in words which component of which name failed and why; rest_of_name says it as data.
/// When a server answers CannotProceed at a context that lives elsewhere, goes on there itself, at
/// most 16 times. Threads: any. A value: cheap to copy.
class Naming {
 public:
  /// `root` is a CosNaming::NamingContext.
  explicit Naming(Object root);

  /// What is bound to the name, as a T: unchecked, calls tell; narrow<T>() asks the object.
  template <Proxy T = Object>
  T resolve(std::string_view name) const {
    return T(resolve_object(name));
  }

  /// Binds; AlreadyBound if the name is taken. Missing contexts on the way are created.
  void bind(std::string_view name, const Object& object) const;
  /// Binds or replaces. Missing contexts on the way are created.
  void rebind(std::string_view name, const Object& object) const;
  void unbind(std::string_view name) const;
  /// Creates the context and those on the way; no error if it is there, AlreadyBound if an object
  /// is.
  void make_context(std::string_view name) const;

  struct Entry {
    std::string name;  ///< one component, "id.kind", escaped
    bool is_context = false;
  };
  /// What is bound in a context ("" is the root), sorted by name. NotFound (not_context) for an
  /// object.
  std::vector<Entry> list(std::string_view context = {}) const;

  const Object& root() const noexcept { return root_; }

 private:
  Object resolve_object(std::string_view name) const;
  Object root_;
};

}  // namespace corbel
