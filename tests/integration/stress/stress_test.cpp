#include "tests/integration/bidirectional/parties.hpp"
#include "tests/integration/stress/cut_transport.hpp"

#include <orb/facade/orb_impl.hpp>
#include <orb/transport/reactor.hpp>
#include <orb/transport/tcp_transport.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <thread>
#include <tuple>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

constexpr auto kDeadline = 20s;

std::chrono::seconds duration() {
  const char* const wanted = std::getenv("CORBEL_STRESS_SECONDS");
  return std::chrono::seconds(wanted != nullptr ? std::atoi(wanted) : 2);
}

}  // namespace

/// Dispatch policy on both sides; whether connections are cut meanwhile.
class Stress : public testing::TestWithParam<std::tuple<DispatchPolicy, bool>> {
 protected:
  static const DispatchPolicy& policy() { return std::get<0>(GetParam()); }
  static bool is_cut() { return std::get<1>(GetParam()); }
  static bool is_event_loop() { return std::holds_alternative<EventLoop>(policy()); }

  /// EventLoop cannot nest. Under ThreadPerObject a cut leaves an upcall of the client's object
  /// behind that calls the server's, while a new chain holds that one and calls the client's: they
  /// wait for each other to the deadline (ThreadPerObjectPolicy.OpposedChainsEndAtTheirDeadline).
  static bool may_nest() {
    return !is_event_loop() && !(is_cut() && std::holds_alternative<ThreadPerObject>(policy()));
  }

  Stress() {
    auto adapter = answering_adapter(server, "server", {.dispatch = policy()});
    servant->self = adapter.activate<bidirectional::Server>(servant);
    auto client_adapter = answering_adapter(client, "client", {.dispatch = policy()});
    callback->self = client_adapter.activate<bidirectional::Client>(callback);
    proxy = with(client.object<bidirectional::Server>(to_string(servant->self)),
                 {.deadline = kDeadline});
  }
  ~Stress() override { servant->keep({}); }

  /// Repeats `work` on a thread of its own until the time is over.
  template <class Work>
  void repeat(Work work) {
    threads.emplace_back([this, work, seed = threads.size()] {
      std::mt19937 random(static_cast<unsigned>(seed));
      while (std::chrono::steady_clock::now() < end) {
        const auto began = std::chrono::steady_clock::now();
        work(random);
        EXPECT_LT(std::chrono::steady_clock::now() - began, kDeadline);
        ++done;
      }
    });
  }
  /// The outcome must be right, or a failure that a cut explains.
  template <class Call>
  void expect(const Call& call) {
    const auto failure = failure_of(call);
    if (failure.empty()) return;
    ++failed;
    const bool explained =
        is_cut() && (failure == "COMM_FAILURE COMPLETED_MAYBE" ||
                     failure == "COMM_FAILURE COMPLETED_NO" || failure == "TRANSIENT COMPLETED_NO");
    EXPECT_TRUE(explained) << failure;
  }

  void call_in_every_way();
  void call_back();

  transport::Reactor reactor{"stress"};
  std::shared_ptr<CutTransport> transport =
      std::make_shared<CutTransport>(std::make_unique<transport::TcpTransport>(reactor));
  Orb server{facade::make_core(Parties::accepting(), transport)};
  Orb client{
      facade::make_core(Parties::offering({.max_client_connections_per_endpoint = 4}), transport)};
  std::shared_ptr<ServerServant> servant = std::make_shared<ServerServant>();
  std::shared_ptr<ClientServant> callback = std::make_shared<ClientServant>();
  bidirectional::Server proxy;
  std::chrono::steady_clock::time_point end = std::chrono::steady_clock::now() + duration();
  std::vector<std::thread> threads;
  std::atomic<int> done{0};
  std::atomic<int> failed{0};
};

void Stress::call_in_every_way() {
  for (int i = 0; i < 3; ++i) {
    repeat([&](std::mt19937& random) {
      const auto number = static_cast<std::int32_t>(random());
      expect([&] { EXPECT_EQ(proxy.ping(number), number); });
    });
  }
  repeat([&](std::mt19937& random) {
    std::vector<Reply<std::int32_t>> replies;
    for (std::int32_t i = 0; i < 20; ++i) replies.push_back(proxy.async_ping(i));
    for (std::int32_t i = 0; i < 20; ++i) {
      auto& reply = replies[static_cast<std::size_t>(i)];
      switch (random() % 3) {
        case 0:
          reply.cancel();
          break;
        case 1:
          break;  // dropped
        default:
          expect([&] { EXPECT_EQ(reply.get(), i); });
      }
    }
  });
  // One that gets no answer has its connection replaced, which others may notice.
  if (!is_cut()) return;
  repeat([&](std::mt19937& random) {
    const auto hurried = with(proxy, {.deadline = std::chrono::microseconds(1 + random() % 2000)});
    const auto failure = failure_of([&] { hurried.ping(1); });
    // Another connection may not be made in that time.
    const bool late = failure.starts_with("TIMEOUT") || failure == "TRANSIENT COMPLETED_NO";
    EXPECT_TRUE(failure.empty() || late || is_cut()) << failure;
  });
}

void Stress::call_back() {
  repeat([&](std::mt19937&) { expect([&] { EXPECT_EQ(proxy.visit(callback->self, 3), 3); }); });
  if (may_nest()) {
    repeat([&](std::mt19937&) { expect([&] { EXPECT_EQ(proxy.nest(callback->self, 6), 6); }); });
  }
  repeat([&](std::mt19937&) {
    expect([&] { proxy.keep(callback->self); });
    if (const auto kept = servant->kept(); !is_nil(kept)) {
      const auto patient = with(kept, {.deadline = kDeadline});
      expect([&] { EXPECT_EQ(patient.run(5), 5); });
      expect([&] { patient.tell(1); });
    }
  });
}

TEST_P(Stress, EveryCallEndsInTimeAndRight) {
  call_in_every_way();
  call_back();
  if (is_cut()) {
    repeat([&](std::mt19937& random) {
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
      transport->cut_one(random);
    });
  }
  for (auto& thread : threads) thread.join();

  EXPECT_GT(done, 10);
  if (!is_cut()) {
    EXPECT_EQ(failed, 0);
  }
  for (int i = 0; i < 20; ++i) EXPECT_EQ(with(proxy, {.idempotent = true}).ping(i), i);
  EXPECT_EQ(client.statistics().protocol_errors + server.statistics().protocol_errors, 0U);
  RecordProperty("calls", done);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Stress,
                         testing::Combine(testing::ValuesIn(all_policies()), testing::Bool()),
                         [](const auto& tested) {
                           return std::string(name_of(std::get<0>(tested.param))) +
                                  (std::get<1>(tested.param) ? "Cut" : "");
                         });

}  // namespace corbel::test
