#pragma once

#include <corbel/exceptions.hpp>

#include <string_view>

namespace corbel {

namespace stub {
struct InterfaceType;
class Upcall;
}  // namespace stub

/// Base of every servant: the object that does the work behind references. Generated code derives
/// <Interface>::Servant from it; users derive from that and override its operations.
/// Threads: the adapter's dispatch policy says which upcalls may overlap.
class Servant {
 public:
  Servant() = default;
  Servant(const Servant&) = delete;
  Servant& operator=(const Servant&) = delete;
  virtual ~Servant() = default;

  /// For the library; generated code overrides them (the prefix keeps IDL names free).
  virtual const stub::InterfaceType& corbel_interface() const noexcept = 0;
  /// This servant as <Interface>::Servant*, null if it has not that interface.
  virtual void* corbel_cast(const stub::InterfaceType& interface) noexcept = 0;
  /// Runs the operation; false if the interface has none of that name.
  virtual bool corbel_dispatch(std::string_view operation, stub::Upcall& upcall) = 0;
};

}  // namespace corbel
