#include "tests/integration/failures/counter_servant.hpp"
#include "tests/support/failing_transport.hpp"
#include "tests/support/giop_peer.hpp"

#include <orb/facade/orb_impl.hpp>
#include <orb/transport/memory_transport.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

/// Runs a scenario with the transport failing at operation 0, 1, 2, ... until nothing fails in it
/// any more: every way to fail is walked.
class FailLoop : public testing::TestWithParam<bool> {
 protected:
  using Scenario = std::function<void(const failures::Counter& counter)>;

  FailLoop() {
    auto adapter = server.create_adapter("counter");
    adapter.activate_well_known<failures::Counter>("counter",
                                                   std::make_shared<CounterServant>(executions));
    adapter.activate_requests();
    target = "corbaloc:iiop:1.2@" + server.endpoints().front().to_string() + "/counter";
    plan->half_sent = GetParam();
  }

  void walk(const std::string& reference, const Scenario& scenario) {
    int failures_seen = 0;
    for (int at = 0; at < 500; ++at) {
      SCOPED_TRACE("operation " + std::to_string(at) + " fails");
      const bool failed = run_once(reference, scenario, at);
      EXPECT_EQ(plan->living_streams, 0) << "a connection leaks";
      if (!failed) {
        EXPECT_GT(failures_seen, 1) << "the scenario has hardly any operation that could fail";
        return;
      }
      ++failures_seen;
    }
    FAIL() << "the scenario never completes";
  }

 private:
  /// True if an operation was made to fail.
  bool run_once(const std::string& reference, const Scenario& scenario, int at) {
    // What a lost connection left at the server may run after its caller has heard of the loss.
    while (server.statistics().server_connections != 0) std::this_thread::yield();
    executions = 0;
    plan->start(at);
    Orb client(facade::make_core({}, std::make_shared<FailingTransport>(memory, plan)));
    const auto counter = with(client.object<failures::Counter>(reference), {.deadline = 20s});
    try {
      scenario(counter);
    } catch (const SystemException& failure) {
      const auto name = failure.name();
      EXPECT_TRUE(name == "COMM_FAILURE" || name == "TRANSIENT") << failure.what();
      EXPECT_NE(failure.completed(), Completion::yes) << failure.what();
      if (failure.completed() == Completion::no) {
        EXPECT_EQ(executions, 0) << failure.what();
      }
    }
    EXPECT_LE(executions, 1) << "executed twice";
    return plan->has_failed();
  }

 protected:
  std::shared_ptr<transport::MemoryTransport> memory =
      std::make_shared<transport::MemoryTransport>();
  std::shared_ptr<FailurePlan> plan = std::make_shared<FailurePlan>();
  std::atomic<int> executions{0};
  Orb server{facade::make_core({}, memory)};
  std::string target;
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(, FailLoop, testing::Bool(),
                         [](const auto& test) { return test.param ? "HalfSent" : "NothingSent"; });

TEST_P(FailLoop, OfACall) {
  walk(target, [](const auto& counter) { EXPECT_GE(counter.add(1), 1); });
}

TEST_P(FailLoop, OfAOneWayCall) {
  walk(target, [](const auto& counter) { counter.note(1); });
}

TEST_P(FailLoop, OfAnAsynchronousCall) {
  walk(target, [](const auto& counter) { EXPECT_GE(counter.async_add(1).get(), 1); });
}

TEST_P(FailLoop, OfALargeCall) {
  const failures::Octets large(300'000, 7);
  walk(target, [&](const auto& counter) { EXPECT_EQ(counter.echo(large), large); });
}

TEST_P(FailLoop, OfACallThatRaises) {
  walk(target, [](const auto& counter) {
    try {
      counter.join({}, Any());
      ADD_FAILURE() << "nothing raised";
    } catch (const failures::Refused& refused) {
      EXPECT_EQ(refused.why, "nothing to join");
    }
  });
}

TEST_P(FailLoop, OfACallThatIsForwarded) {
  std::vector<std::thread> talks;
  auto listener = memory->listen({"forwarder", 1});
  listener->start([&](std::unique_ptr<transport::Stream> stream) {
    talks.emplace_back([this, peer = std::make_shared<GiopPeer>(std::move(stream))] {
      while (const auto request = peer->receive_request()) {
        cdr::Encoder encoder;
        giop::write_forward_reply(encoder, giop::kHighestVersion, request->request_id,
                                  ObjectRef::parse(target));
        peer->send(octets_of(encoder));
      }
    });
  });

  walk("corbaloc:iiop:1.2@forwarder:1/anything",
       [](const auto& counter) { EXPECT_GE(counter.add(1), 1); });

  listener->stop();
  for (auto& talk : talks) talk.join();
}

}  // namespace corbel::test
