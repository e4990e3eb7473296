#pragma once

#include <orb/adapter/direct_visit.hpp>
#include <orb/adapter/request_router.hpp>
#include <orb/base/mutex.hpp>
#include <orb/invocation/route.hpp>

#include <memory>
#include <string>

namespace corbel::facade {

/// Leads calls to an object of the same Orb past the network. Where invocation and adapter meet.
class RouterBinding final : public invocation::LocalBinding {
 public:
  /// The router must outlive it.
  RouterBinding(const adapter::RequestRouter& router, std::string_view object_key)
      : router_(router), key_(object_key) {}

  Visit* visit(const stub::Operation& operation, std::span<std::byte> memory, Until until) override;

 private:
  adapter::Destination destination();

  const adapter::RequestRouter& router_;
  const std::string key_;
  Mutex mutex_;
  std::shared_ptr<detail::AdapterCore> adapter_ CORBEL_GUARDED_BY(mutex_);
  /// Weak: a servant may hold the proxy that holds this.
  std::weak_ptr<adapter::ActiveObject> object_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::facade
