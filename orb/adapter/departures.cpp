#include <orb/adapter/departures.hpp>

#include <orb/base/log.hpp>
#include <orb/base/upcall_thread.hpp>

#include <exception>
#include <utility>

namespace corbel::adapter {

std::shared_ptr<ActiveObject> Departures::make(ObjectId id, std::string key,
                                               std::shared_ptr<Servant> servant) {
  auto object = std::make_unique<ActiveObject>(std::move(id), std::move(key), std::move(servant));
  object->managed = true;
  // If making the shared pointer fails, it hands the object to its deleter.
  return {object.release(), [self = shared_from_this()](ActiveObject* last) {
            self->etherealize(std::unique_ptr<ActiveObject>(last));
          }};
}

void Departures::begin(ActiveObject& object) {
  if (!object.managed) return;
  MutexLock lock(mutex_);
  departing_.emplace(object.id.octets());
  object.departing = true;
}

bool Departures::is_departing(std::string_view id) const {
  MutexLock lock(mutex_);
  return departing_.contains(id);
}

bool Departures::wait_until_gone(std::string_view id, Deadline until) const {
  MutexLock lock(mutex_);
  while (departing_.contains(id)) {
    if (until.has_passed()) return false;
    gone_.wait_until(lock, until.at());
  }
  return true;
}

bool Departures::wait_until_none_departs(Deadline until) const {
  MutexLock lock(mutex_);
  while (!departing_.empty()) {
    if (until.has_passed()) return false;
    gone_.wait_until(lock, until.at());
  }
  return true;
}

void Departures::etherealize(std::unique_ptr<ActiveObject> object) noexcept {
  {
    // The activator's code counts as an upcall: it must not wait for itself by ending the adapter.
    const UpcallScope scope(nullptr);
    try {
      activator_->etherealize(object->id, object->servant, adapter_ends_.load());
    } catch (const std::exception& error) {
      log::warn("adapter", "etherealize of ", object->id.to_string(), " threw ", error.what());
    } catch (...) {
      log::warn("adapter", "etherealize of ", object->id.to_string(), " threw");
    }
  }
  const ObjectId id = object->id;
  const bool departing = object->departing;
  object.reset();
  if (!departing) return;
  MutexLock lock(mutex_);
  if (const auto found = departing_.find(id.octets()); found != departing_.end())
    departing_.erase(found);
  gone_.notify_all();
}

}  // namespace corbel::adapter
