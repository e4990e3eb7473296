#include "event-service/core/scheduler.hpp"

#include "tests/unit/events/fakes.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

TEST(Scheduler, RunsTasksInTheOrderOfTheirTime) {
  Scheduler scheduler(1);
  Collected<int> ran;

  scheduler.after(20ms, [&] { ran.add(3); });
  scheduler.after(5ms, [&] { ran.add(2); });
  scheduler.post([&] { ran.add(1); });

  EXPECT_EQ(ran.wait_for(3), (std::vector<int>{1, 2, 3}));
}

TEST(Scheduler, StoppingDropsWhatWaits) {
  Scheduler scheduler(2);
  Collected<int> ran;
  scheduler.after(1h, [&] { ran.add(1); });

  scheduler.stop();
  scheduler.post([&] { ran.add(2); });

  EXPECT_TRUE(ran.now().empty());
}

TEST(Scheduler, ADelayBeyondTheClockDoesNotRunNow) {
  Scheduler scheduler(1);
  Collected<int> ran;

  scheduler.after(std::chrono::nanoseconds::max(), [&] { ran.add(1); });
  scheduler.post([&] { ran.add(2); });

  EXPECT_EQ(ran.wait_for(1), std::vector<int>{2});
}

}  // namespace
}  // namespace corbel::event_service
