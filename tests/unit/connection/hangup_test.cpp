#include <orb/connection/connection_pool.hpp>
#include <orb/transport/hangup_watch.hpp>
#include <orb/transport/memory_transport.hpp>
#include <orb/transport/tcp_transport.hpp>

#include "tests/support/fake_server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace corbel::connection {

using namespace std::chrono_literals;

namespace {

template <class Condition>
bool becomes(Condition condition) {
  const auto patience = SteadyClock::now() + 60s;
  while (!condition() && SteadyClock::now() < patience) std::this_thread::yield();
  return condition();
}

}  // namespace

TEST(HangupWatches, TellOnceAndNotOfWhatThePeerSends) {
  transport::Reactor reactor("test");
  const auto watch = std::make_shared<transport::HangupWatch>(reactor);
  auto [ours, theirs] = transport::make_memory_pair();
  std::atomic<int> told = 0;
  const auto id = watch->add(ours->native_handle(), [&] { ++told; });
  ASSERT_NE(id, 0U);

  char octet = 'x';
  iovec piece{&octet, 1};
  theirs->send({&piece, 1}, Deadline::never());
  std::atomic<bool> passed = false;
  reactor.post([&] { passed = true; });
  EXPECT_TRUE(becomes([&] { return passed.load(); }));
  EXPECT_EQ(told, 0);

  theirs->shutdown();
  EXPECT_TRUE(becomes([&] { return told == 1; }));
  watch->remove(id, ours->native_handle());
}

TEST(HangupWatches, OneThatIsRemovedIsNotToldAnyMore) {
  transport::Reactor reactor("test");
  const auto watch = std::make_shared<transport::HangupWatch>(reactor);
  auto [ours, theirs] = transport::make_memory_pair();
  auto [other, gone] = transport::make_memory_pair();
  std::atomic<bool> removed_told = false;
  std::atomic<bool> other_told = false;
  const auto id = watch->add(ours->native_handle(), [&] { removed_told = true; });
  watch->add(other->native_handle(), [&] { other_told = true; });

  watch->remove(id, ours->native_handle());
  theirs->shutdown();
  gone->shutdown();

  EXPECT_TRUE(becomes([&] { return other_told.load(); }));
  EXPECT_FALSE(removed_told);
}

TEST(HangupWatches, AnIdleConnectionThatThePeerClosesGoesByItself) {
  transport::Reactor reactor("test");
  transport::TcpTransport transport(reactor);
  test::FakeServer server([](test::GiopPeer& peer, int) { peer.receive_request(); });
  ConnectionPool pool(transport, reactor, {}, 4);
  const auto endpoint = ObjectRef::parse(server.reference()).endpoints().front();
  transport::ConnectResult failure;
  {
    const auto lease = pool.acquire(endpoint, {}, Use::wait, Deadline::after(60s), failure);
    ASSERT_TRUE(lease) << failure.error;
    cdr::Encoder oneway;
    giop::begin_message(oneway, giop::MessageType::request);
    giop::write_request_header(oneway, 0, giop::ResponseKind::none, "key", "work");
    giop::finish_message(oneway);
    // The server ends the connection when it has this; nobody here reads.
    ASSERT_EQ(lease->send(oneway, Deadline::after(60s)).status, CallStatus::replied);
  }

  EXPECT_TRUE(becomes([&] { return pool.size() == 0; }));

  EXPECT_TRUE(pool.acquire(endpoint, {}, Use::wait, Deadline::after(60s), failure));
  EXPECT_TRUE(becomes([&] { return server.connections() == 2; }));
}

TEST(HangupWatches, WhatThePeerSentBeforeItClosedIsStillDelivered) {
  transport::Reactor reactor("test");
  transport::TcpTransport transport(reactor);
  test::FakeServer server([](test::GiopPeer& peer, int) {
    const auto request = peer.receive_request();
    if (!request) return;
    peer.send(test::reply_octets(request->request_id));
    peer.send(test::octets_of(giop::close_connection_message(giop::kHighestVersion)));
  });
  ConnectionPool pool(transport, reactor, {}, 4);
  const auto endpoint = ObjectRef::parse(server.reference()).endpoints().front();

  for (int i = 0; i < 200; ++i) {
    transport::ConnectResult failure;
    const auto lease = pool.acquire(endpoint, {}, Use::wait, Deadline::after(60s), failure);
    ASSERT_TRUE(lease) << failure.error;
    cdr::Encoder request;
    const auto id = lease->next_request_id();
    giop::begin_message(request, giop::MessageType::request);
    giop::write_request_header(request, id, giop::ResponseKind::target, "key", "work");
    giop::finish_message(request);

    const auto outcome = lease->call(request, id, Deadline::after(60s));

    // On a connection that was already closing, a call surely did not run.
    EXPECT_TRUE(outcome.status == CallStatus::replied ||
                outcome.status == CallStatus::not_processed ||
                outcome.status == CallStatus::not_sent)
        << outcome.reason;
  }
}

}  // namespace corbel::connection
