#pragma once

#include <corbel/exceptions.hpp>

#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

namespace corbel {

namespace detail {

struct Unit {};

/// Tells the dispatch policy that the upcall on this thread waits, so that others go on meanwhile.
class ReplyWait {
 public:
  ReplyWait();
  ~ReplyWait();
  ReplyWait(const ReplyWait&) = delete;
  ReplyWait& operator=(const ReplyWait&) = delete;

 private:
  void* observer_;
};

/// Runs continuations; implemented by the Orb's continuation threads.
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void execute(std::function<void()> work) = 0;
};

/// What a Reply and the call that fills it share.
template <class T>
class ReplyState {
 public:
  using Value = std::conditional_t<std::is_void_v<T>, Unit, T>;

  void set_value(Value value) {
    finish([&] { value_ = std::move(value); });
  }
  void set_exception(std::exception_ptr exception) {
    finish([&] { exception_ = std::move(exception); });
  }

  bool wait_until(std::chrono::steady_clock::time_point deadline) {
    if (is_done()) return true;
    const ReplyWait waiting;
    std::unique_lock lock(mutex_);
    return done_changed_.wait_until(lock, deadline, [this] { return done_; });
  }
  Value take() {
    if (!is_done()) {
      const ReplyWait waiting;
      std::unique_lock lock(mutex_);
      done_changed_.wait(lock, [this] { return done_; });
    }
    // Moved out: it ends with its catcher, whoever lets go of this state last.
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
    return std::move(*value_);
  }
  bool is_done() const {
    std::lock_guard lock(mutex_);
    return done_;
  }
  /// Runs `work` on `executor` once there is a result (at once if there is). One continuation only.
  void on_done(std::function<void()> work, std::shared_ptr<Executor> executor) {
    {
      std::lock_guard lock(mutex_);
      if (!done_) {
        continuation_ = std::move(work);
        executor_ = std::move(executor);
        return;
      }
    }
    executor->execute(std::move(work));
  }

  std::shared_ptr<Executor> orb_executor;  ///< runs continuations
  std::function<void()> cancel;            ///< tells the call; may be empty

 private:
  template <class Set>
  void finish(Set set) {
    std::function<void()> continuation;
    std::shared_ptr<Executor> executor;
    {
      std::lock_guard lock(mutex_);
      if (done_) return;
      set();
      done_ = true;
      continuation = std::move(continuation_);
      executor = std::move(executor_);
      done_changed_.notify_all();
    }
    if (continuation) executor->execute(std::move(continuation));
  }

  mutable std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  std::optional<Value> value_;
  std::exception_ptr exception_;
  std::function<void()> continuation_;
  std::shared_ptr<Executor> executor_;
};

}  // namespace detail

/// The result, still to come, of an asynchronous call. Move-only. Destroying it lets the call go on
/// and drops its result; it never blocks. The call ends at its deadline in any case.
/// Threads: one at a time; the result arrives from the Orb's threads.
template <class T>
class [[nodiscard]] Reply {
 public:
  using State = detail::ReplyState<T>;

  explicit Reply(std::shared_ptr<State> state) : state_(std::move(state)) {}
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&&) noexcept = default;

  /// Waits; returns the result or throws what the call threw. Once only.
  T get() {
    auto state = take_state();
    if constexpr (std::is_void_v<T>) {
      state->take();
    } else {
      return state->take();
    }
  }

  bool is_ready() const { return state_ && state_->is_done(); }

  /// False when the time is over first.
  template <class Rep, class Period>
  bool wait_for(std::chrono::duration<Rep, Period> time) const {
    return state_->wait_until(std::chrono::steady_clock::now() + time);
  }

  /// Gives the call up: get() throws Timeout-like NoResponse; the server is told (CancelRequest).
  void cancel() {
    if (state_ && state_->cancel) state_->cancel();
  }

  /// Calls `next(Reply<T>)`, with a ready reply, on a thread of the Orb's continuation pool (a
  /// blocking call inside is allowed). Returns the reply to what `next` returns or throws.
  template <class F>
  auto then(F next) -> Reply<std::invoke_result_t<F, Reply<T>>> {
    using U = std::invoke_result_t<F, Reply<T>>;
    auto state = take_state();
    auto executor = state->orb_executor;
    auto result = std::make_shared<detail::ReplyState<U>>();
    result->orb_executor = executor;
    result->cancel = state->cancel;
    auto work = [state, result, next = std::make_shared<F>(std::move(next))] {
      std::exception_ptr failure;
      try {
        if constexpr (std::is_void_v<U>) {
          (*next)(Reply<T>(state));
          return result->set_value({});
        } else {
          return result->set_value((*next)(Reply<T>(state)));
        }
      } catch (...) {
        failure = std::current_exception();
      }
      result->set_exception(std::move(failure));
    };
    state->on_done(std::move(work), std::move(executor));
    return Reply<U>(result);
  }

  /// co_await reply; resumes on a thread of the Orb's continuation pool.
  auto operator co_await() && {
    struct Awaiter {
      std::shared_ptr<State> state;
      bool await_ready() const { return state->is_done(); }
      void await_suspend(std::coroutine_handle<> handle) {
        state->on_done([handle] { handle.resume(); }, state->orb_executor);
      }
      T await_resume() {
        if constexpr (std::is_void_v<T>) {
          state->take();
        } else {
          return state->take();
        }
      }
    };
    return Awaiter{take_state()};
  }

 private:
  std::shared_ptr<State> take_state() {
    if (!state_) throw BadInvOrder("the reply was already taken");
    return std::move(state_);
  }

  std::shared_ptr<State> state_;
};

}  // namespace corbel
