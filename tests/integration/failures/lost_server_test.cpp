#include "tests/integration/failures/counter_servant.hpp"
#include "tests/integration/failures/server_process.hpp"
#include "tests/support/timing.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

class LostServer : public testing::Test {
 protected:
  ServerProcess server;
  Orb orb;
  failures::Counter counter = orb.object<failures::Counter>(server.reference());
};

}  // namespace

TEST_F(LostServer, KilledBeforeACallTheCallSaysThatItDidNotRun) {
  ASSERT_EQ(counter.add(1), 1);
  server.kill();

  EXPECT_EQ(failure_of([&] { counter.add(1); }), "TRANSIENT COMPLETED_NO");

  EXPECT_EQ(server.executions(), 1);
}

TEST_F(LostServer, KilledInACallTheCallMayHaveRunAndIsNotRepeated) {
  ASSERT_EQ(counter.add(1), 1);

  EXPECT_EQ(failure_of([&] { counter.die(); }), "COMM_FAILURE COMPLETED_MAYBE");

  server.wait();
  EXPECT_EQ(server.executions(), 2);
}

TEST_F(LostServer, KilledWhileAnAsynchronousCallIsOutItsReplyTellsSo) {
  auto reply = counter.async_never_answer();
  while (server.executions() == 0) std::this_thread::yield();

  server.kill();

  EXPECT_EQ(failure_of([&] { reply.get(); }), "COMM_FAILURE COMPLETED_MAYBE");
}

TEST_F(LostServer, AfterARestartTheNextCallReconnects) {
  ASSERT_EQ(counter.add(1), 1);
  for (int round = 0; round < 3; ++round) {
    server.kill();
    server.start();

    EXPECT_EQ(counter.add(1), 1) << "a new process counts from zero";
  }
  EXPECT_EQ(server.executions(), 4);
}

TEST_F(LostServer, OneWayAndAsynchronousCallsToAKilledServerSayThatTheyDidNotRun) {
  ASSERT_EQ(counter.add(1), 1);
  server.kill();
  EXPECT_EQ(failure_of([&] { counter.note(1); }), "TRANSIENT COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { counter.async_add(1).get(); }), "TRANSIENT COMPLETED_NO");

  server.start();

  EXPECT_EQ(counter.async_add(1).get(), 1);
}

TEST_F(LostServer, AFrozenServerCostsACallItsDeadlineAndALaterOneNothing) {
  ASSERT_EQ(counter.add(1), 1);
  server.freeze();

  EXPECT_LE(best_distance(300ms,
                          [&] {
                            EXPECT_EQ(
                                failure_of([&] { with(counter, {.deadline = 300ms}).add(1); }),
                                "TIMEOUT COMPLETED_MAYBE");
                          }),
            kOnTime);

  server.thaw();
  EXPECT_GT(counter.add(1), 1);
}

TEST_F(LostServer, ManyCallersOfAKilledServerAllHearOfIt) {
  std::vector<std::thread> callers;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      if (failure_of([&] { counter.never_answer(); }) != "COMM_FAILURE COMPLETED_MAYBE") ++wrong;
    });
  }
  while (server.executions() < 8) std::this_thread::yield();

  server.kill();
  for (auto& caller : callers) caller.join();

  EXPECT_EQ(wrong, 0);
}

}  // namespace corbel::test
