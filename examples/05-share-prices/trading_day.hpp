#pragma once

#include <corbel/any.hpp>
#include <shares.idl.hpp>

#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace shares {

/// One consumer's record of the trading day: takes every event, checks that none is missing,
/// doubled or out of order, and knows when it is over. Threads: any.
class TradingDay {
 public:
  /// `show` is called for each price change.
  explicit TradingDay(std::function<void(const PriceChange&)> show) : show_(std::move(show)) {}

  void take(const corbel::Any& event) {
    if (const auto change = event.get_if<PriceChange>()) {
      take_change(*change);
    } else if (const auto end = event.get_if<EndOfTrading>()) {
      std::lock_guard lock(mutex_);
      last_event_ = Clock::now();
      over_ = true;
      promised_ = *end;
      changed_.notify_all();
    }
  }

  void lost(std::uint64_t count) {
    std::lock_guard lock(mutex_);
    lost_ += count;
  }

  bool is_over() {
    std::lock_guard lock(mutex_);
    return over_;
  }

  /// Waits for the end; false when nothing came for so long.
  bool wait_until_over(std::chrono::seconds silence) {
    std::unique_lock lock(mutex_);
    while (!over_) {
      if (changed_.wait_until(lock, last_event_ + silence) == std::cv_status::timeout &&
          Clock::now() >= last_event_ + silence) {
        return over_;
      }
    }
    return true;
  }

  /// Empty when every event came, once and in order.
  std::string fault() {
    std::lock_guard lock(mutex_);
    if (!over_)
      return "trading did not end: got " + std::to_string(count_) + " changes and then nothing";
    if (lost_ != 0) return std::to_string(lost_) + " events were dropped";
    if (!first_disorder_.empty()) return first_disorder_;
    if (count_ != promised_.changes) {
      return "got " + std::to_string(count_) + " of " + std::to_string(promised_.changes) +
             " changes";
    }
    if (std::abs(sum_ - promised_.sum) > 1e-6 * std::abs(promised_.sum))
      return "the sum of all prices is wrong";
    return {};
  }
  std::uint32_t count() {
    std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  using Clock = std::chrono::steady_clock;

  void take_change(const PriceChange& change) {
    {
      std::lock_guard lock(mutex_);
      last_event_ = Clock::now();
      ++count_;
      sum_ += change.price;
      if (change.number != count_ && first_disorder_.empty()) {
        first_disorder_ = "change " + std::to_string(change.number) + " came where " +
                          std::to_string(count_) + " was expected";
      }
      changed_.notify_all();
    }
    show_(change);
  }

  const std::function<void(const PriceChange&)> show_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below under mutex_.
  Clock::time_point last_event_ = Clock::now();
  std::uint32_t count_ = 0;
  double sum_ = 0;
  std::uint64_t lost_ = 0;
  bool over_ = false;
  EndOfTrading promised_;
  std::string first_disorder_;
};

/// How long displays wait for the next event before they give up.
inline constexpr std::chrono::seconds kSilence{20};

/// Lets something pass now and then, for output that people can follow.
class NowAndThen {
 public:
  explicit NowAndThen(std::chrono::milliseconds interval) : interval_(interval) {}
  bool operator()() {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return false;
    next_ = now + interval_;
    return true;
  }

 private:
  std::chrono::milliseconds interval_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace shares
