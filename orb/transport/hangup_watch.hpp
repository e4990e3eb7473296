#pragma once

#include <orb/base/mutex.hpp>
#include <orb/transport/reactor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

namespace corbel::transport {

/// Tells when peers hang up. What they send wakes nobody, so watching costs a connection in use no
/// system call, and one that nobody reads is not left half closed.
/// Threads: any; callbacks run on the reactor's thread.
class HangupWatch : public std::enable_shared_from_this<HangupWatch> {
 public:
  using Id = std::uint64_t;

  /// Without a descriptor to spare nothing is ever told.
  explicit HangupWatch(Reactor& reactor);
  ~HangupWatch();
  HangupWatch(const HangupWatch&) = delete;
  HangupWatch& operator=(const HangupWatch&) = delete;

  /// Calls back once, when the descriptor's peer has closed or reset. 0 when it cannot be watched.
  Id add(int descriptor, std::function<void()> on_hangup);
  /// Before the descriptor is closed; a callback may be running. Nothing for 0.
  void remove(Id id, int descriptor) noexcept;

 private:
  void look();

  Reactor& reactor_;
  const int epoll_;
  Mutex mutex_;
  std::shared_ptr<Watch> watch_ CORBEL_GUARDED_BY(mutex_);
  Id last_ CORBEL_GUARDED_BY(mutex_) = 0;
  std::unordered_map<Id, std::function<void()>> waiting_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::transport
