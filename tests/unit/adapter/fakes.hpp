#pragma once

#include <corbel/servant.hpp>
#include <corbel/stub/operation.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/ior/object_key.hpp>

namespace corbel::adapter {

/// Takes nothing.
class IdleDispatcher final : public Dispatcher {
 public:
  Outcome dispatch(RequestPointer&, bool) override { return Outcome::full; }
  bool stop(Deadline) override { return true; }
};

/// Has no operations.
class NoServant final : public Servant {
 public:
  const stub::InterfaceType& corbel_interface() const noexcept override { std::abort(); }
  void* corbel_cast(const stub::InterfaceType&) noexcept override { return nullptr; }
  bool corbel_dispatch(std::string_view, stub::Upcall&) override { return false; }
};

}  // namespace corbel::adapter
