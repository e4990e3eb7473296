#include "event-service/core/push_source.hpp"

#include <utility>

namespace corbel::event_service {

ConnectResult PushSource::connect(std::shared_ptr<DisconnectTarget> target) {
  std::lock_guard lock(mutex_);
  if (disconnected_) return ConnectResult::disconnected;
  if (std::exchange(connected_, true)) return ConnectResult::already_connected;
  target_ = std::move(target);
  return ConnectResult::connected;
}

std::shared_ptr<Channel> PushSource::channel() const {
  std::lock_guard lock(mutex_);
  return disconnected_ ? nullptr : channel_.lock();
}

void PushSource::disconnect(TellPeer tell) {
  std::shared_ptr<DisconnectTarget> target;
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(disconnected_, true)) return;
    std::swap(target, target_);
  }
  if (auto channel = channel_.lock()) channel->remove_source(id_);
  end_.run();
  if (target && tell == TellPeer::yes) target->disconnect();
}

}  // namespace corbel::event_service
