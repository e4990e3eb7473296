#include "tests/integration/failures/counter_servant.hpp"
#include "tests/support/fake_server.hpp"
#include "tests/support/timing.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

/// Runs `call` with a deadline of 300 ms and expects this failure in time.
template <class Call>
void expect_late(const failures::Counter& counter, const std::string& failure, const Call& call) {
  const auto limited = with(counter, {.deadline = 300ms});
  EXPECT_LE(best_distance(300ms, [&] { EXPECT_EQ(failure_of([&] { call(limited); }), failure); }),
            kOnTime);
}

void wait_for_the_end(GiopPeer& peer) { peer.is_ended(60s); }

}  // namespace

class Deadlines : public testing::Test {
 protected:
  Orb orb;
};

TEST_F(Deadlines, AServerThatStopsAnsweringCostsTheDeadlineWhereverItStops) {
  const auto reply = reply_octets(0, [](cdr::Encoder& body) { body.write(std::int32_t{1}); });
  for (const std::size_t begun : {std::size_t{0}, std::size_t{1}, std::size_t{11}, std::size_t{12},
                                  std::size_t{20}, reply.size() - 1}) {
    SCOPED_TRACE(std::to_string(begun) + " octets of the reply come");
    FakeServer server([&](GiopPeer& peer, int) {
      peer.receive_request();
      peer.send({reply.begin(), reply.begin() + static_cast<long>(begun)});
      wait_for_the_end(peer);
    });
    const auto counter = orb.object<failures::Counter>(server.reference());

    expect_late(counter, "TIMEOUT COMPLETED_MAYBE", [](const auto& limited) { limited.add(1); });
  }
}

TEST_F(Deadlines, AReplyThatTricklesInDoesNotPutTheDeadlineOff) {
  FakeServer server([](GiopPeer& peer, int) {
    peer.receive_request();
    const auto reply = reply_octets(0, [](cdr::Encoder& body) {
      for (int i = 0; i < 5'000'000; ++i) body.write(std::uint8_t{0});
    });
    for (const auto octet : reply) {
      if (!peer.send({octet})) return;
    }
  });
  const auto counter = orb.object<failures::Counter>(server.reference());

  expect_late(counter, "TIMEOUT COMPLETED_MAYBE", [](const auto& limited) { limited.add(1); });
}

TEST_F(Deadlines, AServerThatNeverReadsTakesNoPartOfALargeRequestAsExecuted) {
  std::atomic<bool> over{false};
  FakeServer server([&](GiopPeer& peer, int) {
    while (!over && !peer.stream().is_readable()) std::this_thread::yield();
    while (!over) std::this_thread::sleep_for(5ms);
  });
  const auto counter = orb.object<failures::Counter>(server.reference());
  const failures::Octets large(16'000'000);

  expect_late(counter, "TIMEOUT COMPLETED_NO", [&](const auto& limited) { limited.echo(large); });
  // Nobody looks how much of an asynchronous request has left the queue.
  expect_late(counter, "TIMEOUT COMPLETED_MAYBE",
              [&](const auto& limited) { limited.async_echo(large).get(); });
  over = true;
}

TEST_F(Deadlines, AnAsynchronousCallEndsAtItsDeadlineToo) {
  FakeServer server([](GiopPeer& peer, int) { wait_for_the_end(peer); });
  const auto counter = orb.object<failures::Counter>(server.reference());

  expect_late(counter, "TIMEOUT COMPLETED_MAYBE",
              [](const auto& limited) { limited.async_add(1).get(); });
}

TEST_F(Deadlines, ACallWhoseDeadlineIsOverBeforeItBeginsIsNotSent) {
  FakeServer server([](GiopPeer& peer, int) { wait_for_the_end(peer); });
  const auto counter = orb.object<failures::Counter>(server.reference());
  for (const auto deadline : {0ms, -5000ms}) {
    const auto late = with(counter, {.deadline = deadline});

    EXPECT_EQ(failure_of([&] { late.add(1); }), "TIMEOUT COMPLETED_NO");
    EXPECT_EQ(failure_of([&] { late.async_add(1).get(); }), "TIMEOUT COMPLETED_NO");
  }

  EXPECT_EQ(server.connections(), 0);
}

TEST_F(Deadlines, AConnectionThatNobodyAcceptsTimesOut) {
  const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listening, 0), 0);
  ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
  std::vector<int> fillers;
  for (int i = 0; i < 8; ++i) {
    fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::connect(fillers.back(), reinterpret_cast<sockaddr*>(&address), size);
  }
  const auto counter = orb.object<failures::Counter>(
      "corbaloc:iiop:1.2@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/counter");

  expect_late(counter, "TRANSIENT COMPLETED_NO", [](const auto& limited) { limited.add(1); });

  for (const int filler : fillers) ::close(filler);
  ::close(listening);
}

TEST_F(Deadlines, OneSilentServerDoesNotHoldUpCallsToAnother) {
  FakeServer silent([](GiopPeer& peer, int) { wait_for_the_end(peer); });
  FakeServer lively([](GiopPeer& peer, int) {
    while (const auto request = peer.receive_request()) {
      peer.send(reply_octets(request->request_id,
                             [](cdr::Encoder& body) { body.write(std::int32_t{5}); }));
    }
  });
  const auto stuck = orb.object<failures::Counter>(silent.reference());
  const auto counter = orb.object<failures::Counter>(lively.reference());
  std::thread caller([&] { failure_of([&] { with(stuck, {.deadline = 1s}).add(1); }); });
  auto pending = with(stuck, {.deadline = 1s}).async_add(1);

  for (int i = 0; i < 50; ++i) EXPECT_EQ(counter.async_add(1).get(), 5);

  caller.join();
  EXPECT_EQ(failure_of([&] { pending.get(); }), "TIMEOUT COMPLETED_MAYBE");
}

}  // namespace corbel::test
