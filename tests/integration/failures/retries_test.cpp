#include "tests/integration/failures/counter_servant.hpp"
#include "tests/support/fake_server.hpp"

#include <gtest/gtest.h>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

Octets answer(std::uint32_t id) {
  return reply_octets(id, [](cdr::Encoder& body) { body.write(std::int32_t{42}); });
}

Octets failure(std::uint32_t id, const SystemException& exception) {
  cdr::Encoder encoder;
  giop::write_system_exception_reply(encoder, giop::kHighestVersion, id, exception);
  return octets_of(encoder);
}

/// Plays connections that count the requests they get; `first` says what the first requests get.
class Retries : public testing::Test {
 protected:
  using Answer = std::function<void(GiopPeer& peer, std::uint32_t id)>;

  std::unique_ptr<FakeServer> serve(int times, Answer bad) {
    return std::make_unique<FakeServer>([this, times, bad](GiopPeer& peer, int) {
      while (const auto request = peer.receive_request()) {
        const auto id = request->request_id;
        if (++requests <= times) {
          bad(peer, id);
        } else {
          peer.send(answer(id));
        }
      }
    });
  }

  Orb orb;
  std::atomic<int> requests{0};
};

void end(GiopPeer& peer, std::uint32_t) { peer.end(); }

void close_in_order(GiopPeer& peer, std::uint32_t) {
  peer.send(octets_of(giop::close_connection_message(giop::kHighestVersion)));
  peer.end();
}

}  // namespace

TEST_F(Retries, ALostConnectionIsNotRepeated) {
  const auto server = serve(1, end);
  const auto counter = orb.object<failures::Counter>(server->reference());

  EXPECT_EQ(failure_of([&] { counter.add(1); }), "COMM_FAILURE COMPLETED_MAYBE");

  EXPECT_EQ(requests, 1);
  EXPECT_EQ(counter.add(1), 42);
}

TEST_F(Retries, ALostConnectionIsRepeatedWhenTheCallIsIdempotent) {
  const auto server = serve(1, end);
  const auto counter = orb.object<failures::Counter>(server->reference());

  EXPECT_EQ(with(counter, {.idempotent = true}).add(1), 42);

  EXPECT_EQ(requests, 2);
}

TEST_F(Retries, AConnectionClosedInOrderIsReplacedAndTheCallRepeated) {
  const auto server = serve(1, close_in_order);
  const auto counter = orb.object<failures::Counter>(server->reference());

  EXPECT_EQ(counter.add(1), 42);
  requests = 0;
  EXPECT_EQ(counter.async_add(1).get(), 42);

  EXPECT_EQ(server->connections(), 3);
}

TEST_F(Retries, TransientThatDidNotRunIsRepeatedAtMostThreeTimes) {
  const auto server = serve(1000, [](GiopPeer& peer, std::uint32_t id) {
    peer.send(failure(id, Transient("busy", Completion::no)));
  });
  const auto counter = orb.object<failures::Counter>(server->reference());

  EXPECT_EQ(failure_of([&] { counter.add(1); }), "TRANSIENT COMPLETED_NO");

  EXPECT_GT(requests, 1);
  EXPECT_LE(requests, 4);
}

TEST_F(Retries, WhatMayHaveRunIsNeverRepeated) {
  for (const auto completed : {Completion::maybe, Completion::yes}) {
    requests = 0;
    const auto server = serve(1, [completed](GiopPeer& peer, std::uint32_t id) {
      peer.send(failure(id, Transient("who knows", completed)));
    });
    const auto counter = orb.object<failures::Counter>(server->reference());

    EXPECT_EQ(failure_of([&] { counter.add(1); }),
              "TRANSIENT " + std::string(to_string(completed)));

    EXPECT_EQ(requests, 1);
  }
}

TEST_F(Retries, OtherFailuresAreNeverRepeated) {
  const auto server = serve(1, [](GiopPeer& peer, std::uint32_t id) {
    peer.send(failure(id, NoResources("full", Completion::no)));
  });
  const auto counter = orb.object<failures::Counter>(server->reference());

  EXPECT_EQ(failure_of([&] { counter.add(1); }), "NO_RESOURCES COMPLETED_NO");

  EXPECT_EQ(requests, 1);
}

TEST_F(Retries, ARefusedAddressFailsAtOnceAndTheNextAddressOfTheReferenceIsTried) {
  std::string nobody;
  {
    const FakeServer gone([](GiopPeer&, int) {});
    nobody = gone.reference();
  }
  const auto server = serve(0, end);
  const auto refused = orb.object<failures::Counter>(nobody);
  EXPECT_EQ(failure_of([&] { refused.add(1); }), "TRANSIENT COMPLETED_NO");

  const auto live = server->reference();
  const auto both =
      nobody.substr(0, nobody.find('/')) + "," + live.substr(std::string("corbaloc:").size());
  EXPECT_EQ(orb.object<failures::Counter>(both).add(1), 42);
}

TEST_F(Retries, AnUnknownHostObjectOrOperationIsNamedInTheMessage) {
  const auto lost =
      orb.object<failures::Counter>("corbaloc:iiop:1.2@no-such-host.invalid:2809/counter");
  try {
    with(lost, {.deadline = 20s}).add(1);
    FAIL() << "there is such a host";
  } catch (const Transient& failed) {
    EXPECT_NE(failed.message().find("no-such-host.invalid:2809"), std::string_view::npos)
        << failed.what();
  }
  Orb server;
  auto adapter = server.create_adapter("empty");
  adapter.activate_requests();
  const auto address = "corbaloc:iiop:1.2@" + server.endpoints().front().to_string();
  std::atomic<int> executions{0};
  adapter.activate_well_known<failures::Counter>("counter",
                                                 std::make_shared<CounterServant>(executions));
  server.shutdown();
  EXPECT_EQ(failure_of([&] { orb.object<failures::Counter>(address + "/counter").add(1); }),
            "TRANSIENT COMPLETED_NO");
}

}  // namespace corbel::test
