#pragma once

#include <corbel/servant_manager.hpp>

#include <orb/adapter/active_object.hpp>
#include <orb/base/clock.hpp>
#include <orb/base/mutex.hpp>
#include <orb/ior/keyed_hash.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

namespace corbel::adapter {

/// The objects of an adapter with a servant activator on their way out: from deactivation until
/// etherealize has returned. It may outlive the adapter.
/// Threads: any.
class Departures : public std::enable_shared_from_this<Departures> {
 public:
  explicit Departures(std::shared_ptr<ServantActivator> activator)
      : activator_(std::move(activator)) {}

  ServantActivator& activator() const noexcept { return *activator_; }
  /// An object that is etherealized by whoever lets go of it last.
  std::shared_ptr<ActiveObject> make(ObjectId id, std::string key,
                                     std::shared_ptr<Servant> servant);
  /// It was deactivated. Nothing to do for an object that was made elsewhere.
  void begin(ActiveObject& object);
  bool is_departing(std::string_view id) const;
  /// False when `until` came first.
  bool wait_until_gone(std::string_view id, Deadline until) const;
  /// Until every object that was deactivated has been etherealized.
  bool wait_until_none_departs(Deadline until) const;
  /// From now on objects depart because their adapter ends.
  void adapter_ends() noexcept { adapter_ends_.store(true); }

 private:
  using Ids = std::unordered_multiset<std::string, ior::KeyedHash, std::equal_to<>>;

  void etherealize(std::unique_ptr<ActiveObject> object) noexcept;

  const std::shared_ptr<ServantActivator> activator_;
  std::atomic<bool> adapter_ends_{false};
  mutable Mutex mutex_;
  mutable Condition gone_;
  Ids departing_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::adapter
