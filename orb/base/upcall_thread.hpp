#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace corbel {

class CallContext;

/// Identifies a chain of nested calls across processes.
using CallChain = std::array<std::byte, 16>;

/// Told when a thread that runs an upcall is about to wait for an answer of its own, so that the
/// dispatch policy can keep the server going meanwhile.
class WaitObserver {
 public:
  virtual ~WaitObserver() = default;
  virtual void will_wait() = 0;
  virtual void did_wait() = 0;
};

/// What is known of the upcall that this thread runs. Each nested upcall puts its own in place and
/// restores the outer one (UpcallScope).
struct UpcallThread {
  const CallContext* context = nullptr;
  WaitObserver* observer = nullptr;
  /// Travels with nested calls. Set when the request carried one or the policy needs one.
  const CallChain* chain = nullptr;
  unsigned depth = 0;
  /// Added to the message when a wait of this upcall ends at its deadline; null: nothing to add.
  const char* wait_hint = nullptr;

  static UpcallThread& current() noexcept;
};

namespace detail {
inline constinit thread_local UpcallThread upcall_thread;
}

inline UpcallThread& UpcallThread::current() noexcept { return detail::upcall_thread; }

/// Installs an upcall's state on this thread for a scope.
class UpcallScope {
 public:
  explicit UpcallScope(const CallContext* context, const CallChain* chain = nullptr) noexcept
      : thread_(UpcallThread::current()), outer_(thread_) {
    thread_.context = context;
    if (chain != nullptr) thread_.chain = chain;
    ++thread_.depth;
  }
  ~UpcallScope() { thread_ = outer_; }
  UpcallScope(const UpcallScope&) = delete;
  UpcallScope& operator=(const UpcallScope&) = delete;

 private:
  UpcallThread& thread_;
  const UpcallThread outer_;
};

/// Installs a WaitObserver for a scope.
class ObserverScope {
 public:
  explicit ObserverScope(WaitObserver& observer) noexcept
      : outer_(UpcallThread::current().observer) {
    UpcallThread::current().observer = &observer;
  }
  ~ObserverScope() { UpcallThread::current().observer = outer_; }
  ObserverScope(const ObserverScope&) = delete;
  ObserverScope& operator=(const ObserverScope&) = delete;

 private:
  WaitObserver* outer_;
};

/// Sets UpcallThread::wait_hint for a scope.
class WaitHint {
 public:
  explicit WaitHint(const char* hint) noexcept : outer_(UpcallThread::current().wait_hint) {
    UpcallThread::current().wait_hint = hint;
  }
  ~WaitHint() { UpcallThread::current().wait_hint = outer_; }
  WaitHint(const WaitHint&) = delete;
  WaitHint& operator=(const WaitHint&) = delete;

 private:
  const char* outer_;
};

/// Around anything that waits for a peer.
class WaitNotice {
 public:
  WaitNotice() : observer_(UpcallThread::current().observer) {
    if (observer_ != nullptr) observer_->will_wait();
  }
  ~WaitNotice() {
    if (observer_ != nullptr) observer_->did_wait();
  }
  WaitNotice(const WaitNotice&) = delete;
  WaitNotice& operator=(const WaitNotice&) = delete;

 private:
  WaitObserver* observer_;
};

}  // namespace corbel
