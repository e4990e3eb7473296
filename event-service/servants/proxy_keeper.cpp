#include "event-service/servants/proxy_keeper.hpp"

namespace corbel::event_service {

void ProxyKeeper::retire(const ObjectId& id) {
  ObjectId oldest;
  {
    std::lock_guard lock(mutex_);
    retired_.push_back(id);
    if (retired_.size() <= kept_) return;
    oldest = std::move(retired_.front());
    retired_.pop_front();
  }
  adapter_.deactivate(oldest);
}

}  // namespace corbel::event_service
