#include <orb/adapter/adapter_core.hpp>

#include <orb/base/upcall_thread.hpp>

#include <utility>

/// Where the servants of objects come from that are not active.
namespace corbel::detail {

using adapter::ActiveObject;
using adapter::Departures;

namespace {

[[noreturn]] void throw_no_object(const ObjectId& id, const std::string& adapter) {
  throw ObjectNotExist("no object " + id.to_string() + " in the adapter \"" + adapter + "\"",
                       Completion::no);
}

}  // namespace

void AdapterCore::set_manager(std::shared_ptr<ServantActivator> activator,
                              std::shared_ptr<ServantLocator> locator,
                              std::shared_ptr<Servant> default_servant) {
  if (!activator && !locator && !default_servant)
    throw BadParam("the servant manager or default servant is null");
  auto departures = activator ? std::make_shared<Departures>(std::move(activator)) : nullptr;
  MutexLock lock(mutex_);
  throw_if_ended();
  if (has_manager()) {
    throw BadInvOrder("the adapter \"" + name() +
                      "\" has a servant manager or a default servant already");
  }
  departures_ = std::move(departures);
  locator_ = std::move(locator);
  default_servant_ = std::move(default_servant);
  finds_late_.store(departures_ != nullptr, std::memory_order_release);
  has_manager_.store(true, std::memory_order_release);
}

std::shared_ptr<Servant> AdapterCore::default_servant() const {
  MutexLock lock(mutex_);
  return default_servant_;
}

AdapterCore::Provided AdapterCore::provide(const ObjectId& id, std::string_view operation,
                                           Deadline until) {
  std::shared_ptr<Departures> departures;
  std::shared_ptr<ServantLocator> locator;
  {
    MutexLock lock(mutex_);
    // The object may have been activated while the request waited for its turn.
    if (const auto found = objects_.find(id.octets()); found != objects_.end())
      return {found->second, {}};
    if (default_servant_) return {nullptr, default_servant_};
    departures = departures_;
    locator = locator_;
  }
  if (departures) return {incarnate(*departures, id, until), {}};
  if (!locator) throw_no_object(id, name());
  Provided provided{nullptr, locator->preinvoke(id, operation)};
  if (!provided.lease.servant()) throw_no_object(id, name());
  return provided;
}

std::shared_ptr<ActiveObject> AdapterCore::incarnate(Departures& departures, const ObjectId& id,
                                                     Deadline until) {
  return first_calls_.make_once(id, until, [&] {
    if (departures.is_departing(id.octets())) {
      const WaitNotice notice;
      if (!departures.wait_until_gone(id.octets(), until)) {
        throw Transient("the servant of " + id.to_string() + " is still in use; try again later",
                        Completion::no);
      }
    }
    if (auto object = find(id.octets())) return object;
    auto servant = departures.activator().incarnate(id);
    if (!servant) throw_no_object(id, name());
    auto object = departures.make(id, key_of(id), std::move(servant));
    MutexLock lock(mutex_);
    if (state() == AdapterState::inactive) {
      lock.unlock();
      throw_refusal(AdapterState::inactive);
    }
    // One that the user activated meanwhile comes first; ours departs.
    return objects_.emplace(std::string(id.octets()), object).first->second;
  });
}

}  // namespace corbel::detail
