#pragma once

#include <orb/adapter/direct_visit.hpp>
#include <orb/adapter/request_router.hpp>
#include <orb/base/mutex.hpp>
#include <orb/invocation/route.hpp>

#include <atomic>
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
  Visit* visit_known(const stub::Operation& operation, std::span<std::byte> memory) override;

 private:
  adapter::Destination destination();
  void remember(const adapter::Destination& found) CORBEL_REQUIRES(mutex_);

  const adapter::RequestRouter& router_;
  const std::string key_;
  Mutex mutex_;
  struct Known {
    std::shared_ptr<detail::AdapterCore> adapter;
    /// Weak: a servant may hold the proxy that holds this.
    std::weak_ptr<adapter::ActiveObject> object;
  };
  Known known_ CORBEL_GUARDED_BY(mutex_);
  /// What was found first, never written again: it is read without the lock, as long as it is
  /// published. Objects that replace it under its id are looked for under the lock.
  Known first_;
  std::atomic<const Known*> published_{nullptr};
};

}  // namespace corbel::facade
