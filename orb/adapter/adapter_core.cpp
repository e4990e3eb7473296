#include <orb/adapter/adapter_core.hpp>

#include <orb/base/clock.hpp>
#include <orb/base/ids.hpp>
#include <orb/ior/object_key.hpp>

#include <utility>

namespace corbel::detail {

using adapter::ActiveObject;

AdapterCore::AdapterCore(Settings settings, std::unique_ptr<adapter::Dispatcher> dispatcher)
    : settings_(std::move(settings)), dispatcher_(std::move(dispatcher)) {}

AdapterCore::~AdapterCore() = default;

std::string AdapterCore::key_of(const ObjectId& id) const {
  return ior::encode_object_key({settings_.timestamp, settings_.name, id, settings_.persistent});
}

std::shared_ptr<ActiveObject> AdapterCore::activate(std::optional<ObjectId> id, std::string key,
                                                    std::shared_ptr<Servant> servant) {
  if (!servant) throw BadParam("activate: the servant is null");
  if (!id) {
    const auto octets = random_id();
    id = ObjectId(std::string(reinterpret_cast<const char*>(octets.data()), octets.size()));
  }
  if (key.empty()) key = key_of(*id);
  auto object = std::make_shared<ActiveObject>(*id, std::move(key), std::move(servant));
  MutexLock lock(mutex_);
  if (is_destroyed()) throw BadInvOrder("the adapter \"" + name() + "\" is destroyed");
  if (!objects_.emplace(std::string(id->octets()), object).second) {
    throw ObjectAlreadyActive("the object id \"" + id->to_string() +
                              "\" is in use in the adapter \"" + name() + "\"");
  }
  return object;
}

std::shared_ptr<ActiveObject> AdapterCore::deactivate(std::string_view id) {
  MutexLock lock(mutex_);
  const auto found = objects_.find(id);
  if (found == objects_.end()) return nullptr;
  auto object = std::move(found->second);
  object->active.store(false);
  objects_.erase(found);
  return object;
}

std::shared_ptr<ActiveObject> AdapterCore::find(std::string_view id) const {
  MutexLock lock(mutex_);
  const auto found = objects_.find(id);
  return found == objects_.end() ? nullptr : found->second;
}

void AdapterCore::set_accepting(bool accepting) {
  if (is_destroyed()) throw BadInvOrder("the adapter \"" + name() + "\" is destroyed");
  if (accepting) has_accepted_.store(true, std::memory_order_relaxed);
  accepting_.store(accepting);
}

void AdapterCore::require_accepting() const {
  if (is_accepting()) return;
  if (is_destroyed())
    throw ObjectNotExist("the adapter \"" + name() + "\" is destroyed", Completion::no);
  throw Transient("the adapter \"" + name() + "\" is holding requests; try again", Completion::no);
}

void AdapterCore::leave() noexcept {
  completed_.fetch_add(1, std::memory_order_relaxed);
  if (in_work_.fetch_sub(1) != 1 || !draining_.load()) return;
  MutexLock lock(mutex_);
  drained_.notify_all();
}

void AdapterCore::begin_destruction() {
  Objects objects;
  {
    MutexLock lock(mutex_);
    destroyed_.store(true);
    accepting_.store(false);
    objects.swap(objects_);
  }
  for (auto& [id, object] : objects) object->active.store(false);
}

void AdapterCore::release_objects() {
  Objects objects;
  MutexLock lock(mutex_);
  objects.swap(objects_);
  lock.unlock();
}

void AdapterCore::close_request() noexcept {
  if (open_.fetch_sub(1) != 1 || !draining_.load()) return;
  MutexLock lock(mutex_);
  drained_.notify_all();
}

void AdapterCore::drain(std::chrono::nanoseconds upcalls, std::chrono::nanoseconds answers) {
  MutexLock lock(mutex_);
  draining_.store(true);
  auto until = Deadline::after(upcalls);
  while (in_work_.load() != 0 && !until.has_passed()) drained_.wait_until(lock, until.at());
  if (in_work_.load() != 0) {
    log::warn("adapter", "\"", name(), "\": ", in_work_.load(),
              " upcalls do not end; shutting down without them");
  }
  until = Deadline::after(answers);
  while (open_.load() != 0 && !until.has_passed()) drained_.wait_until(lock, until.at());
}

void AdapterCore::count_dropped_oneway(std::string_view operation) {
  dropped_oneway_.fetch_add(1, std::memory_order_relaxed);
  dropped_log_.write(log::Level::warn, "adapter",
                     "\"" + name() + "\" had no room for the one-way request " +
                         std::string(operation) +
                         " and dropped it; raise its queue or slow the sender");
}

Adapter::Statistics AdapterCore::statistics() const {
  const auto queued = dispatcher_->queued();
  const auto in_work = in_work_.load();
  return {in_work > queued ? in_work - queued : 0, queued, refused_.load(), dropped_oneway_.load(),
          completed_.load()};
}

}  // namespace corbel::detail
