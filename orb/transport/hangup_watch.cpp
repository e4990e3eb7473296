#include <orb/transport/hangup_watch.hpp>

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <utility>
#include <vector>

namespace corbel::transport {

namespace {
constexpr int kAtOnce = 64;
}

HangupWatch::HangupWatch(Reactor& reactor)
    : reactor_(reactor), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

HangupWatch::~HangupWatch() {
  {
    MutexLock lock(mutex_);
    if (watch_) watch_->stop();
  }
  if (epoll_ >= 0) ::close(epoll_);
}

HangupWatch::Id HangupWatch::add(int descriptor, std::function<void()> on_hangup) {
  if (epoll_ < 0) return 0;
  MutexLock lock(mutex_);
  const Id id = ++last_;
  waiting_.emplace(id, std::move(on_hangup));
  // One descriptor stands for all of them in the reactor.
  epoll_event event{};
  event.events = EPOLLRDHUP | EPOLLONESHOT;
  event.data.u64 = id;
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) {
    waiting_.erase(id);
    return 0;
  }
  if (!watch_) {
    watch_ = reactor_.watch(
        epoll_,
        [self = weak_from_this()] {
          if (const auto watch = self.lock()) watch->look();
        },
        [] {});
    watch_->when_readable();
  }
  return id;
}

void HangupWatch::remove(Id id, int descriptor) noexcept {
  if (id == 0) return;
  std::function<void()> dropped;  // destroyed without the lock
  MutexLock lock(mutex_);
  const auto found = waiting_.find(id);
  if (found != waiting_.end()) {
    dropped = std::move(found->second);
    waiting_.erase(found);
  }
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
  lock.unlock();
}

void HangupWatch::look() {
  std::array<epoll_event, kAtOnce> events;
  const int count = ::epoll_wait(epoll_, events.data(), kAtOnce, 0);
  std::vector<std::function<void()>> told;
  {
    MutexLock lock(mutex_);
    for (int i = 0; i < count; ++i) {
      const std::uint64_t id = events[static_cast<std::size_t>(i)].data.u64;  // packed: a copy
      const auto found = waiting_.find(id);
      if (found == waiting_.end()) continue;
      told.push_back(std::move(found->second));
      waiting_.erase(found);
    }
    watch_->when_readable();
  }
  for (const auto& on_hangup : told) on_hangup();
}

}  // namespace corbel::transport
