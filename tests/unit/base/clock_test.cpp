#include <gtest/gtest.h>
#include <orb/base/clock.hpp>

#include <limits>

namespace corbel {
namespace {

using namespace std::chrono_literals;
const SteadyClock::time_point kNow{1000s};

TEST(Deadline, NeverWaitsWithoutLimit) {
  const Deadline never;

  EXPECT_TRUE(never.is_never());
  EXPECT_FALSE(never.has_passed());
  EXPECT_EQ(never.poll_timeout_ms(kNow), -1);
  EXPECT_EQ(never.remaining(kNow), std::chrono::nanoseconds::max());
}

TEST(Deadline, PollTimeoutRoundsUpSoThatPollNeverWakesEarly) {
  EXPECT_EQ(Deadline::after(1ns, kNow).poll_timeout_ms(kNow), 1);
  EXPECT_EQ(Deadline::after(1ms, kNow).poll_timeout_ms(kNow), 1);
  EXPECT_EQ(Deadline::after(1ms + 1ns, kNow).poll_timeout_ms(kNow), 2);
}

TEST(Deadline, ThatHasPassedLeavesNothing) {
  const Deadline deadline = Deadline::after(5ms, kNow);

  EXPECT_EQ(deadline.remaining(kNow + 6ms), 0ns);
  EXPECT_EQ(deadline.poll_timeout_ms(kNow + 6ms), 0);
  EXPECT_TRUE(Deadline::after(-1s).has_passed());
}

TEST(Deadline, BeyondTheClockIsNever) {
  EXPECT_TRUE(Deadline::after(std::chrono::nanoseconds::max(), kNow).is_never());
}

TEST(Deadline, PollTimeoutIsCappedInsteadOfOverflowing) {
  EXPECT_EQ(Deadline::after(std::chrono::hours(24 * 365), kNow).poll_timeout_ms(kNow),
            std::numeric_limits<int>::max());
}

TEST(Deadline, TheEarlierOfTwoWins) {
  const Deadline soon = Deadline::after(1s, kNow);

  EXPECT_EQ(earlier(soon, Deadline::never()), soon);
  EXPECT_EQ(earlier(Deadline::after(2s, kNow), soon), soon);
}

TEST(Clock, CalendarTimeIsAfterThisProgramWasWritten) {
  EXPECT_GT(realtime_ns_since_epoch(), 1'700'000'000ull * 1'000'000'000ull);
}

}  // namespace
}  // namespace corbel
