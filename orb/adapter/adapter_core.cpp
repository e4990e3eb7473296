#include <orb/adapter/adapter_core.hpp>

#include <orb/base/clock.hpp>
#include <orb/base/hot.hpp>
#include <orb/base/ids.hpp>
#include <orb/ior/object_key.hpp>

#include <utility>

namespace corbel::detail {

using adapter::ActiveObject;
using adapter::Departures;

AdapterCore::AdapterCore(Settings settings, std::unique_ptr<adapter::Dispatcher> dispatcher)
    : settings_(std::move(settings)),
      dispatcher_(std::move(dispatcher)),
      gate_(settings_.held_requests) {}

AdapterCore::~AdapterCore() = default;

std::string AdapterCore::key_of(const ObjectId& id) const {
  return ior::encode_object_key({settings_.timestamp, settings_.name, id, settings_.persistent});
}

void AdapterCore::throw_if_ended() const {
  if (is_destroyed()) throw BadInvOrder("the adapter \"" + name() + "\" is destroyed");
  if (state() == AdapterState::inactive)
    throw BadInvOrder("the adapter \"" + name() + "\" is deactivated");
}

std::shared_ptr<ActiveObject> AdapterCore::make_object(ObjectId id, std::string key,
                                                       std::shared_ptr<Servant> servant) const {
  if (departures_) return departures_->make(std::move(id), std::move(key), std::move(servant));
  return std::make_shared<ActiveObject>(std::move(id), std::move(key), std::move(servant));
}

std::shared_ptr<ActiveObject> AdapterCore::activate(std::optional<ObjectId> id, std::string key,
                                                    std::shared_ptr<Servant> servant) {
  if (!servant) throw BadParam("activate: the servant is null");
  if (settings_.ids == (id ? IdAssignment::generated : IdAssignment::user)) {
    throw BadInvOrder("the adapter \"" + name() + "\" takes only " +
                      (id ? "ids of its own making" : "ids of the user's") +
                      ", see AdapterOptions::ids");
  }
  if (!id) {
    const auto octets = random_id();
    id = ObjectId(std::string(reinterpret_cast<const char*>(octets.data()), octets.size()));
  }
  if (key.empty()) key = key_of(*id);
  MutexLock lock(mutex_);
  throw_if_ended();
  if (objects_.contains(id->octets())) {
    throw ObjectAlreadyActive("the object id \"" + id->to_string() +
                              "\" is in use in the adapter \"" + name() + "\"");
  }
  auto object = make_object(*id, std::move(key), std::move(servant));
  objects_.emplace(std::string(id->octets()), object);
  return object;
}

std::shared_ptr<ActiveObject> AdapterCore::deactivate(std::string_view id) {
  MutexLock lock(mutex_);
  const auto found = objects_.find(id);
  if (found == objects_.end()) return nullptr;
  auto object = std::move(found->second);
  object->active.store(false);
  if (departures_) departures_->begin(*object);
  objects_.erase(found);
  return object;
}

std::shared_ptr<ActiveObject> AdapterCore::find(std::string_view id) const {
  MutexLock lock(mutex_);
  const auto found = objects_.find(id);
  return found == objects_.end() ? nullptr : found->second;
}

void AdapterCore::set_state(AdapterState state) {
  if (try_set_state(state)) return;
  MutexLock lock(mutex_);
  throw_if_ended();
}

bool AdapterCore::try_set_state(AdapterState state) {
  if (!gate_.change(state, *dispatcher_)) return false;
  if (state == AdapterState::discarding) {
    gate_.close(Transient("the adapter \"" + name() + "\" discards requests; try again later",
                          Completion::no));
  }
  return true;
}

void AdapterCore::throw_refusal(AdapterState state) const {
  if (is_destroyed())
    throw ObjectNotExist("the adapter \"" + name() + "\" is destroyed", Completion::no);
  if (state == AdapterState::inactive)
    throw ObjAdapter("the adapter \"" + name() + "\" is deactivated", Completion::no);
  throw Transient("the adapter \"" + name() + "\" is " +
                      (state == AdapterState::holding ? "holding" : "discarding") +
                      " requests; try again",
                  Completion::no);
}

CORBEL_HOT void AdapterCore::require_accepting() const {
  const auto now = state();
  if (now != AdapterState::active) throw_refusal(now);
}

CORBEL_HOT void AdapterCore::require_admission() const {
  const auto now = state();
  if (now == AdapterState::active || (now == AdapterState::holding && gate_.has_room())) return;
  throw_refusal(now);
}

CORBEL_HOT void AdapterCore::leave() noexcept {
  left_.fetch_add(1);
  if (watchers_.load() != 0) tell_watchers();
}

void AdapterCore::leave_lingering() noexcept {
  lingering_.fetch_add(1);  // first, so that it is open all the time
  leave();
}

void AdapterCore::end_lingering() noexcept {
  lingering_.fetch_sub(1);
  if (watchers_.load() != 0) tell_watchers();
}

void AdapterCore::leave_undone() noexcept {
  entered_.fetch_sub(1);
  if (watchers_.load() != 0) tell_watchers();
}

void AdapterCore::tell_watchers() noexcept {
  MutexLock lock(mutex_);
  drained_.notify_all();
}

// Read in this order it is never too low, so 0 means that there was a moment when it was true. What
// comes and goes while we read counts as in work; so we look again, unless it does so all the time.
std::size_t AdapterCore::in_work() const noexcept {
  for (int tries = 4;; --tries) {
    const auto left = left_.load();
    const auto entered = entered_.load();
    if (left == left_.load() || tries == 0) return entered - left;
  }
}

std::size_t AdapterCore::open() const noexcept {
  const auto left = left_.load();
  const auto lingering = lingering_.load();
  return entered_.load() - left + lingering;
}

void AdapterCore::deactivate_all() {
  gate_.change(AdapterState::inactive, *dispatcher_);
  Objects objects;
  std::shared_ptr<Departures> departures;
  {
    MutexLock lock(mutex_);
    objects.swap(objects_);
    departures = departures_;
  }
  try {
    throw_refusal(AdapterState::inactive);
  } catch (const SystemException& reason) {
    gate_.close(reason);
  }
  if (departures) departures->adapter_ends();
  for (auto& [id, object] : objects) {
    object->active.store(false);
    if (departures) departures->begin(*object);
  }
}

bool AdapterCore::begin_destruction() {
  if (destroyed_.exchange(true)) return false;
  deactivate_all();
  std::shared_ptr<ServantLocator> locator;
  std::shared_ptr<Servant> default_servant;
  MutexLock lock(mutex_);
  locator.swap(locator_);
  default_servant.swap(default_servant_);
  lock.unlock();
  return true;
}

void AdapterCore::release_objects() {
  Objects objects;
  std::shared_ptr<Departures> departures;
  std::shared_ptr<ServantLocator> locator;
  std::shared_ptr<Servant> default_servant;
  MutexLock lock(mutex_);
  objects.swap(objects_);
  // They may hold the adapter that holds them.
  departures.swap(departures_);
  locator.swap(locator_);
  default_servant.swap(default_servant_);
  lock.unlock();
  if (departures) departures->adapter_ends();
}

void AdapterCore::drain(std::chrono::nanoseconds upcalls, std::chrono::nanoseconds answers) {
  MutexLock lock(mutex_);
  watchers_.fetch_add(1);
  auto until = Deadline::after(upcalls);
  while (in_work() != 0 && !until.has_passed()) drained_.wait_until(lock, until.at());
  if (in_work() != 0) {
    log::warn("adapter", "\"", name(), "\": ", in_work(),
              " upcalls do not end; shutting down without them");
  }
  until = Deadline::after(answers);
  while (open() != 0 && !until.has_passed()) drained_.wait_until(lock, until.at());
  watchers_.fetch_sub(1);
}

bool AdapterCore::wait_until_idle(Deadline until) {
  std::shared_ptr<Departures> departing;
  {
    MutexLock lock(mutex_);
    watchers_.fetch_add(1);
    while (in_work() > gate_.waiting() && !until.has_passed())
      drained_.wait_until(lock, until.at());
    watchers_.fetch_sub(1);
    if (in_work() > gate_.waiting()) return false;
    departing = departures_;
  }
  return !departing || departing->wait_until_none_departs(until);
}

bool AdapterCore::wait_until_unused(Deadline until) {
  std::shared_ptr<Departures> departing;
  {
    MutexLock lock(mutex_);
    watchers_.fetch_add(1);
    while (open() != 0 && !until.has_passed()) drained_.wait_until(lock, until.at());
    watchers_.fetch_sub(1);
    if (open() != 0) return false;
    departing = departures_;
  }
  return !departing || departing->wait_until_none_departs(until);
}

void AdapterCore::count_dropped_oneway(std::string_view operation) {
  dropped_oneway_.fetch_add(1, std::memory_order_relaxed);
  dropped_log_.write(log::Level::warn, "adapter",
                     "\"" + name() + "\" had no room for the one-way request " +
                         std::string(operation) +
                         " and dropped it; raise its queue or slow the sender");
}

Adapter::Statistics AdapterCore::statistics() const {
  const auto queued = dispatcher_->queued() + gate_.waiting();
  const auto busy = in_work();
  return {busy > queued ? busy - queued : 0, queued, refused_.load(), dropped_oneway_.load(),
          left_.load()};
}

}  // namespace corbel::detail
