#include <gtest/gtest.h>
#include <orb/base/mutex.hpp>

#include <thread>

namespace corbel {
namespace {

class Mailbox {
 public:
  void put(int value) {
    MutexLock lock(mutex_);
    value_ = value;
    full_ = true;
    changed_.notify_all();
  }
  int take() {
    MutexLock lock(mutex_);
    while (!full_) changed_.wait(lock);
    full_ = false;
    return value_;
  }
  bool has_mail_until(std::chrono::steady_clock::time_point until) {
    MutexLock lock(mutex_);
    while (!full_) {
      if (!changed_.wait_until(lock, until)) return full_;
    }
    return true;
  }

 private:
  Mutex mutex_;
  Condition changed_;
  int value_ CORBEL_GUARDED_BY(mutex_) = 0;
  bool full_ CORBEL_GUARDED_BY(mutex_) = false;
};

TEST(Condition, WakesAWaiterOfAnotherThread) {
  Mailbox mailbox;
  std::thread sender([&] { mailbox.put(42); });

  EXPECT_EQ(mailbox.take(), 42);

  sender.join();
}

TEST(Condition, WaitUntilEndsAtItsMoment) {
  Mailbox mailbox;

  EXPECT_FALSE(mailbox.has_mail_until(std::chrono::steady_clock::now()));
}

TEST(Condition, WaitUntilTheEndOfTimeDoesNotOverflow) {
  Mailbox mailbox;
  std::thread sender([&] { mailbox.put(1); });

  EXPECT_TRUE(mailbox.has_mail_until(std::chrono::steady_clock::time_point::max()));

  sender.join();
}

TEST(MutexLock, CanLetGoInBetween) {
  Mutex mutex;
  MutexLock lock(mutex);

  lock.unlock();
  const bool was_free = mutex.try_lock();
  if (was_free) mutex.unlock();
  lock.lock();

  EXPECT_TRUE(was_free);
}

}  // namespace
}  // namespace corbel
