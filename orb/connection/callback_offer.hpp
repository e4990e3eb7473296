#pragma once

#include <orb/base/worker_threads.hpp>
#include <orb/connection/request_handler.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

namespace corbel::connection {

/// What an Orb that takes calls over the connections it opened (bidirectional GIOP) needs for them;
/// one for all its client connections. Threads: any.
class CallbackOffer {
 public:
  /// `threads` run upcalls that need a thread of their connection's own.
  CallbackOffer(RequestHandler& handler, WorkerThreads& threads)
      : handler_(handler), threads_(threads) {}

  RequestHandler& handler() noexcept { return handler_; }
  WorkerThreads& threads() noexcept { return threads_; }
  /// Threads beyond one for each connection; at most handler().spare_threads().
  std::atomic<std::size_t>& spare_threads() noexcept { return spare_threads_; }

  /// There are objects to call from now on: the BI_DIR_IIOP context that says where they are.
  void set_listen_points(std::vector<std::byte> context) {
    points_.store(std::make_shared<const std::vector<std::byte>>(std::move(context)));
    ready_.store(true, std::memory_order_release);
  }
  /// Null before.
  std::shared_ptr<const std::vector<std::byte>> listen_points() const {
    return ready_.load(std::memory_order_acquire) ? points_.load() : nullptr;
  }

 private:
  RequestHandler& handler_;
  WorkerThreads& threads_;
  std::atomic<std::size_t> spare_threads_{0};
  std::atomic<bool> ready_{false};
  std::atomic<std::shared_ptr<const std::vector<std::byte>>> points_;
};

}  // namespace corbel::connection
