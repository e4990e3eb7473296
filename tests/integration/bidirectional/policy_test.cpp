#include "tests/integration/bidirectional/parties.hpp"

#include <gtest/gtest.h>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

/// Of a call to a client that no connection leads to.
constexpr std::string_view kUnreachable = "TRANSIENT COMPLETED_NO";

}  // namespace

TEST(BidirectionalPolicy, IsOffOnBothSides) {
  EXPECT_EQ(OrbOptions().bidirectional, Bidirectional::off);
  EXPECT_FALSE(OrbOptions().trust_listen_points);
}

TEST(BidirectionalPolicy, AServerThatDoesNotAcceptConnectsInstead) {
  Orb server;
  Orb client(Parties::offering());
  auto adapter = answering_adapter(server, "server");
  const auto servant = std::make_shared<ServerServant>();
  const auto proxy = client.object<bidirectional::Server>(
      to_string(adapter.activate<bidirectional::Server>(servant)));
  auto client_adapter = answering_adapter(client, "client");
  const auto callback =
      client_adapter.activate<bidirectional::Client>(std::make_shared<ClientServant>());

  EXPECT_EQ(failure_of([&] { proxy.visit(callback, 1); }), kUnreachable);
  EXPECT_EQ(proxy.ping(1), 1);
}

TEST(BidirectionalPolicy, AClientThatDoesNotOfferIsConnectedTo) {
  Orb server(Parties::accepting());
  Orb client;
  auto adapter = answering_adapter(server, "server");
  const auto proxy = client.object<bidirectional::Server>(
      to_string(adapter.activate<bidirectional::Server>(std::make_shared<ServerServant>())));
  auto client_adapter = answering_adapter(client, "client");
  const auto callback =
      client_adapter.activate<bidirectional::Client>(std::make_shared<ClientServant>());

  EXPECT_EQ(proxy.visit(callback, 3), 3);

  EXPECT_EQ(client.statistics().server_connections, 1U);
}

TEST(BidirectionalPolicy, AClientThatListensBehindAClosedDoorIsReachedOverItsConnection) {
  // What a firewall does: the client listens, but the address in its references refuses.
  std::uint16_t closed = 0;
  {
    Orb gone;
    answering_adapter(gone, "gone");
    closed = gone.endpoints().front().port;
  }
  Orb server(Parties::accepting());
  Orb client(
      {.advertise = "127.0.0.1:" + std::to_string(closed), .bidirectional = Bidirectional::offer});
  auto adapter = answering_adapter(server, "server");
  const auto servant = std::make_shared<ServerServant>();
  const auto proxy = client.object<bidirectional::Server>(
      to_string(adapter.activate<bidirectional::Server>(servant)));
  auto client_adapter = answering_adapter(client, "client");
  const auto callback =
      client_adapter.activate<bidirectional::Client>(std::make_shared<ClientServant>());

  EXPECT_EQ(proxy.visit(callback, 3), 3);
  proxy.keep(callback);
  EXPECT_EQ(servant->kept().run(5), 5);
  // The same reference without the connection that it came over.
  const auto again = server.object<bidirectional::Client>(to_string(callback));
  EXPECT_EQ(failure_of([&] { again.run(5); }), kUnreachable);
}

TEST(BidirectionalPolicy, AnAdapterCreatedAfterTheFirstCallsIsToldWithTheNext) {
  Orb server(Parties::accepting());
  Orb client(Parties::offering());
  auto adapter = answering_adapter(server, "server");
  const auto proxy = client.object<bidirectional::Server>(
      to_string(adapter.activate<bidirectional::Server>(std::make_shared<ServerServant>())));
  EXPECT_EQ(proxy.ping(1), 1);

  auto late = answering_adapter(client, "late");
  const auto callback = late.activate<bidirectional::Client>(std::make_shared<ClientServant>());

  EXPECT_EQ(proxy.visit(callback, 3), 3);
  EXPECT_EQ(server.statistics().server_connections, 1U);
}

TEST(BidirectionalPolicy, AReferenceKeepsItsWayInsideAnAny) {
  Parties parties;
  parties.proxy.keep_wrapped(Any(parties.activate([](int number) { return number; })));

  EXPECT_EQ(parties.servant->kept().run(7), 7);
}

TEST(BidirectionalPolicy, AReferenceKeepsItsWayAsData) {
  Parties parties;
  parties.proxy.keep(parties.activate([](int number) { return number; }));

  const ObjectRef data = reference(parties.servant->kept());

  EXPECT_EQ(parties.server.object<bidirectional::Client>(data).run(7), 7);
}

TEST(BidirectionalPolicy, ATrustingServerUsesTheConnectionForReferencesFromAnywhere) {
  Parties parties(ThreadPerConnection{}, {.trust_listen_points = true});
  const auto callback = parties.activate([](int number) { return number; });
  parties.proxy.ping(1);

  const auto from_text = parties.server.object<bidirectional::Client>(to_string(callback));

  EXPECT_EQ(from_text.run(3), 3);
}

TEST(BidirectionalPolicy, AConnectionOverWhichCallsMayComeIsNotIdle) {
  Parties parties(ThreadPerRequest{}, {.idle_timeout = 200ms}, {.idle_timeout = 200ms});
  parties.proxy.keep(parties.activate([](int number) { return number; }));
  // A connection of another client falls idle meanwhile, which is how the time is told.
  Orb other;
  other.object<bidirectional::Server>(to_string(parties.servant->self)).ping(1);
  const auto patience = std::chrono::steady_clock::now() + 60s;
  while (parties.server.statistics().server_connections != 1 &&
         std::chrono::steady_clock::now() < patience)
    std::this_thread::yield();

  EXPECT_EQ(parties.servant->kept().run(1), 1);

  // Nobody wants to call any more: now it may go.
  parties.servant->keep({});
  while (parties.server.statistics().server_connections != 0 &&
         std::chrono::steady_clock::now() < patience)
    std::this_thread::yield();
  EXPECT_EQ(parties.server.statistics().server_connections, 0U);
}

TEST(BidirectionalPolicy, CallsToAClientThatHasGoneFailAndSayWhetherTheyRan) {
  Orb server(Parties::accepting());
  auto adapter = answering_adapter(server, "server");
  const auto servant = std::make_shared<ServerServant>();
  const auto served = adapter.activate<bidirectional::Server>(servant);
  {
    Orb client(Parties::offering());
    auto client_adapter = answering_adapter(client, "client");
    client.object<bidirectional::Server>(to_string(served))
        .keep(client_adapter.activate<bidirectional::Client>(std::make_shared<ClientServant>()));
    EXPECT_EQ(servant->kept().run(1), 1);
  }
  const auto patience = std::chrono::steady_clock::now() + 60s;
  while (server.statistics().server_connections != 0 && std::chrono::steady_clock::now() < patience)
    std::this_thread::yield();

  EXPECT_EQ(failure_of([&] { servant->kept().run(2); }), kUnreachable);
}

}  // namespace corbel::test
