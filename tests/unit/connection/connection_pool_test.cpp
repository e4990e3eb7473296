#include <orb/connection/connection_pool.hpp>
#include <orb/transport/memory_transport.hpp>

#include "tests/support/giop_peer.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <thread>

namespace corbel::connection {

using namespace std::chrono_literals;

namespace {

class ConnectionPools : public testing::Test {
 protected:
  ConnectionPools() { listen(); }

  void listen() {
    listener = transport.listen({"server", 7});
    listener->start([this](std::unique_ptr<transport::Stream> stream) {
      const std::lock_guard lock(mutex);
      accepted.push_back(std::make_unique<test::GiopPeer>(std::move(stream)));
    });
  }
  std::unique_ptr<ConnectionPool> make_pool(std::size_t maximum,
                                            std::chrono::nanoseconds idle = 180s) {
    Limits limits;
    limits.idle_timeout = idle;
    return std::make_unique<ConnectionPool>(transport, reactor, limits, maximum);
  }
  ConnectionPool::Lease acquire(ConnectionPool& pool, Deadline deadline = Deadline::after(60s)) {
    return pool.acquire({"server", 7}, {}, Use::wait, deadline, failure);
  }

  transport::Reactor reactor{"test"};
  transport::MemoryTransport transport;
  transport::ConnectResult failure;
  std::mutex mutex;
  std::vector<std::unique_ptr<test::GiopPeer>> accepted;
  std::unique_ptr<transport::Listener> listener;
};

}  // namespace

TEST_F(ConnectionPools, AConnectionThatIsReturnedIsUsedAgain) {
  const auto pool = make_pool(4);
  const auto* first = &*acquire(*pool);

  EXPECT_EQ(&*acquire(*pool), first);
  EXPECT_EQ(pool->size(), 1U);
}

TEST_F(ConnectionPools, ConcurrentUsersGetTheirOwnUpToTheMaximumThenShare) {
  const auto pool = make_pool(2);
  const auto first = acquire(*pool);
  const auto second = acquire(*pool);

  const auto third = acquire(*pool);

  EXPECT_NE(&*first, &*second);
  EXPECT_TRUE(&*third == &*first || &*third == &*second);
  EXPECT_EQ(pool->size(), 2U);
}

TEST_F(ConnectionPools, AConnectionThatThePeerClosedIsReplaced) {
  const auto pool = make_pool(2);
  acquire(*pool);
  accepted.front()->end();
  // A connection used within the last millisecond is not looked at.
  const auto enough = SteadyClock::now() + 2ms;
  while (SteadyClock::now() < enough) std::this_thread::yield();

  const auto lease = acquire(*pool);

  ASSERT_TRUE(lease) << failure.error;
  EXPECT_EQ(accepted.size(), 2U);
  EXPECT_EQ(pool->size(), 1U);
}

TEST_F(ConnectionPools, AConnectionThatOwesAnAnswerIsAvoided) {
  const auto pool = make_pool(1);
  {
    const auto lease = acquire(*pool);
    cdr::Encoder request;
    giop::begin_message(request, giop::MessageType::request);
    giop::write_request_header(request, 0, giop::ResponseKind::target, "key", "work");
    giop::finish_message(request);
    ASSERT_EQ(lease->call(request, 0, Deadline::after(10ms)).status, CallStatus::timed_out);
  }

  ASSERT_TRUE(acquire(*pool));

  EXPECT_EQ(accepted.size(), 2U);
}

TEST_F(ConnectionPools, AnIdleConnectionIsClosedAndAUsedOneKept) {
  const auto pool = make_pool(2, 100ms);
  auto used = acquire(*pool);
  { const auto idle = acquire(*pool); }
  ASSERT_EQ(pool->size(), 2U);

  EXPECT_TRUE(accepted[1]->is_ended());

  EXPECT_EQ(pool->size(), 1U);
  EXPECT_FALSE(used->is_closed());
}

TEST_F(ConnectionPools, AHotConnectionIsOneThatWasInUseAMomentAgoAndWaitsForNobody) {
  const auto pool = make_pool(4);
  const auto place = pool->place_for({"server", 7}, {});
  const auto hot = [&](SteadyClock::time_point now) {
    return ConnectionPool::acquire_hot(*place, Use::wait, now);
  };
  EXPECT_FALSE(hot(SteadyClock::now())) << "there is none yet";
  auto lease = acquire(*pool);
  auto& connection = *lease;
  const auto used = connection.last_used();

  EXPECT_FALSE(hot(used)) << "it is on loan";
  lease = {};
  EXPECT_FALSE(hot(used + 1ms)) << "the peer may have closed it";
  {
    const auto again = hot(used + 999us);
    ASSERT_TRUE(again);
    EXPECT_EQ(&*again, &connection);
    EXPECT_FALSE(hot(used));
  }
  EXPECT_TRUE(hot(used)) << "it was given back";

  connection.close("test");
  EXPECT_FALSE(hot(used));
}

TEST_F(ConnectionPools, AConnectionThatOwesAnAnswerIsNotHot) {
  const auto pool = make_pool(4);
  const auto place = pool->place_for({"server", 7}, {});
  auto lease = acquire(*pool);
  cdr::Encoder request;
  giop::begin_message(request, giop::MessageType::request);
  giop::write_request_header(request, 0, giop::ResponseKind::target, "key", "work");
  giop::finish_message(request);
  ASSERT_EQ(lease->call(request, 0, Deadline::after(10ms)).status, CallStatus::timed_out);
  const auto used = lease->last_used();
  lease = {};

  EXPECT_FALSE(ConnectionPool::acquire_hot(*place, Use::wait, used));
}

TEST_F(ConnectionPools, AClosedPoolHasNothingHot) {
  const auto pool = make_pool(4);
  const auto place = pool->place_for({"server", 7}, {});
  const auto used = acquire(*pool)->last_used();

  pool->close();

  EXPECT_FALSE(ConnectionPool::acquire_hot(*place, Use::wait, used));
  EXPECT_EQ(pool->place_for({"server", 7}, {}), nullptr);
}

TEST_F(ConnectionPools, AFailedConnectSaysWhyAndTheNextOneTriesAgain) {
  const auto pool = make_pool(1);
  listener.reset();
  EXPECT_FALSE(acquire(*pool));
  EXPECT_TRUE(failure.refused);

  listen();

  EXPECT_TRUE(acquire(*pool));
}

TEST_F(ConnectionPools, ATransportThatThrowsIsAFailureLikeAnyOther) {
  class Throwing final : public transport::Transport {
    transport::ConnectResult connect(const Endpoint&, Deadline) override {
      throw std::runtime_error("no thread");
    }
    std::unique_ptr<transport::Listener> listen(const Endpoint&) override { return nullptr; }
  } throwing;
  ConnectionPool pool(throwing, reactor, Limits{}, 1);

  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(pool.acquire({"server", 7}, {}, Use::wait, Deadline::after(60s), failure));
    EXPECT_EQ(failure.error, "no thread");
  }
}

TEST_F(ConnectionPools, ExistingConnectionsAreFoundWithoutConnecting) {
  const auto pool = make_pool(2);
  EXPECT_FALSE(pool->acquire_existing({"server", 7}, {}, Use::async));
  acquire(*pool);

  EXPECT_TRUE(pool->acquire_existing({"server", 7}, {}, Use::async));
  EXPECT_EQ(accepted.size(), 1U);
}

TEST_F(ConnectionPools, NothingIsToBeHadAfterTheEnd) {
  const auto pool = make_pool(2);
  auto lease = acquire(*pool);

  pool->close();

  EXPECT_TRUE(lease->is_closed());
  EXPECT_FALSE(acquire(*pool));
  EXPECT_EQ(failure.error, "the Orb is shut down");
}

TEST_F(ConnectionPools, ManyThreadsNeverExceedTheMaximum) {
  const auto pool = make_pool(3);
  std::vector<std::thread> users;
  for (int t = 0; t < 8; ++t) {
    users.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        transport::ConnectResult why;
        EXPECT_TRUE(pool->acquire({"server", 7}, {}, Use::wait, Deadline::after(60s), why))
            << why.error;
      }
    });
  }

  for (auto& user : users) user.join();

  EXPECT_LE(pool->size(), 3U);
  EXPECT_LE(accepted.size(), 3U);
}

}  // namespace corbel::connection
