#include "event-service/naming_registrar.hpp"

#include "event-service/core/log.hpp"

#include <algorithm>
#include <utility>

namespace corbel::event_service {
namespace {

constexpr std::chrono::milliseconds kFirstPause{250};
constexpr std::chrono::milliseconds kLastPause{10'000};
constexpr std::chrono::seconds kCallDeadline{5};

}  // namespace

NamingRegistrar::NamingRegistrar(Orb& orb, std::string naming)
    : orb_(orb), naming_text_(std::move(naming)) {
  static_cast<void>(
      ObjectRef::parse(naming_text_));  // a wrong text is the user's mistake: say so at once
  thread_ = std::thread([this] { work(); });
}

void NamingRegistrar::stop() {
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(stopped_, true)) return;
    changed_.notify_all();
  }
  thread_.join();
  for (const auto& [name, object] : bound_) {
    if (!try_to_apply(name, Object()).empty()) return;
  }
}

void NamingRegistrar::set(const std::string& name, const Object& object) {
  std::lock_guard lock(mutex_);
  open_.emplace_back(name, object);
  changed_.notify_all();
}

bool NamingRegistrar::wait_until_done(std::chrono::nanoseconds limit) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, limit, [this] { return open_.empty(); });
}

void NamingRegistrar::work() {
  auto pause = kFirstPause;
  bool failing = false;
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    if (open_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto [name, object] = open_.front();
    lock.unlock();
    const std::string failure = try_to_apply(name, object);
    lock.lock();
    if (!failure.empty()) {
      if (!std::exchange(failing, true)) {
        log(LogLevel::warn, "cannot bind " + name + " in the naming service " + naming_text_ +
                                ": " + failure +
                                "; the channels work, trying again in the background");
      }
      changed_.wait_for(lock, pause, [this] { return stopped_; });
      pause = std::min(pause * 2, kLastPause);
      continue;
    }
    pause = kFirstPause;
    if (std::exchange(failing, false))
      log(LogLevel::warn, "the naming service can be reached again; names are bound");
    if (is_nil(object)) {
      bound_.erase(name);
    } else {
      bound_.insert_or_assign(name, object);
    }
    open_.pop_front();
    changed_.notify_all();
  }
}

Naming NamingRegistrar::naming() {
  return Naming(with(orb_.object(naming_text_), {.deadline = kCallDeadline}));
}

std::string NamingRegistrar::try_to_apply(const std::string& name, const Object& object) {
  try {
    if (!is_nil(object)) {
      naming().rebind(name, object);
      return {};
    }
    naming().unbind(name);
    return {};
  } catch (const UserException& exception) {
    // A name that is not bound needs no unbinding; one that cannot be bound will not be by trying
    // again.
    if (!is_nil(object)) {
      log(LogLevel::error, "the naming service refuses the name " + name + ": " + exception.what());
    }
    return {};
  } catch (const std::exception& exception) {
    return exception.what();
  }
}

}  // namespace corbel::event_service
