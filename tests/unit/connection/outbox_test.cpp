#include <orb/connection/outbox.hpp>
#include <orb/transport/memory_transport.hpp>

#include "tests/support/giop_peer.hpp"
#include "tests/support/timing.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <map>
#include <thread>

namespace corbel::connection {

using namespace std::chrono_literals;
using test::GiopPeer;
using test::Octets;
using transport::IoStatus;

namespace {

Octets message_of(std::uint32_t id, std::size_t size) {
  return test::request_octets(id, "key", "work", [size](cdr::Encoder& encoder) {
    for (std::size_t i = 0; i < size; ++i) encoder.write(static_cast<std::uint8_t>(i));
  });
}

class Outboxes : public testing::Test {
 protected:
  Outboxes() {
    auto [near, far] = transport::make_memory_pair();
    ours = std::move(near);
    peer = std::make_unique<GiopPeer>(std::move(far));
    const int small = 4096;
    ::setsockopt(ours->native_handle(), SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    Limits limits;
    limits.message_size = 1'000'000;
    outbox = std::make_unique<Outbox>(*ours, limits, [this] { ++wanted; });
  }

  /// Reads `count` requests and returns their ids.
  std::vector<std::uint32_t> ids(std::size_t count) {
    std::vector<std::uint32_t> all;
    while (all.size() < count) {
      const auto header = peer->receive_request();
      if (!header) break;
      all.push_back(header->request_id);
    }
    return all;
  }

  std::unique_ptr<transport::Stream> ours;
  std::unique_ptr<GiopPeer> peer;
  std::unique_ptr<Outbox> outbox;
  std::atomic<int> wanted{0};
};

/// Every send ends as told.
class EndingStream : public transport::Stream {
 public:
  explicit EndingStream(transport::IoResult result) : result_(result) {}
  transport::IoResult send(std::span<iovec>, Deadline) override { return result_; }
  transport::IoResult try_send(std::span<iovec>) override { return result_; }
  transport::IoResult receive(std::span<std::byte>, Deadline, SteadyClock::time_point) override {
    return {IoStatus::closed, 0, 0};
  }
  transport::IoResult try_receive(std::span<std::byte>) override {
    return {IoStatus::closed, 0, 0};
  }
  bool is_readable() noexcept override { return false; }
  void shutdown() noexcept override {}
  int native_handle() const noexcept override { return -1; }
  const std::string& peer() const noexcept override { return name_; }
  const std::string& peer_host() const noexcept override { return name_; }

 private:
  const transport::IoResult result_;
  const std::string name_;
};

}  // namespace

TEST_F(Outboxes, MessagesOfManyThreadsStayWholeAndEachThreadsInOrder) {
  constexpr std::uint32_t kThreads = 8;
  constexpr std::uint32_t kMessages = 50;
  std::vector<std::thread> senders;
  for (std::uint32_t t = 0; t < kThreads; ++t) {
    senders.emplace_back([this, t] {
      for (std::uint32_t i = 0; i < kMessages; ++i) {
        const auto result = outbox->send(message_of(t * 1000 + i, i * 97), Deadline::after(60s));
        EXPECT_EQ(result.status, IoStatus::ok);
      }
    });
  }

  const auto seen = ids(kThreads * kMessages);
  for (auto& sender : senders) sender.join();

  ASSERT_EQ(seen.size(), kThreads * kMessages);
  std::map<std::uint32_t, std::uint32_t> next;
  for (const auto id : seen) EXPECT_EQ(id % 1000, next[id / 1000]++);
}

TEST_F(Outboxes, WhatDoesNotGoAtOnceIsQueuedAndFlushedInOrder) {
  for (std::uint32_t id = 0; id < 20; ++id) {
    ASSERT_EQ(outbox->send_or_queue(message_of(id, 10'000)).status, IoStatus::ok);
  }
  EXPECT_GT(outbox->queued(), 0U);
  EXPECT_GT(wanted, 0);

  std::vector<std::uint32_t> seen;
  std::thread reader([&] { seen = ids(20); });
  while (outbox->queued() != 0) ASSERT_TRUE(outbox->flush());
  reader.join();

  ASSERT_EQ(seen.size(), 20U);
  for (std::uint32_t id = 0; id < 20; ++id) EXPECT_EQ(seen[id], id);
}

TEST_F(Outboxes, AFullQueueRefusesAndKeepsWhatItHas) {
  std::uint32_t accepted = 0;
  while (outbox->send_or_queue(message_of(accepted, 50'000)).status == IoStatus::ok) ++accepted;

  EXPECT_LE(outbox->queued(), 1'000'000U);
  std::vector<std::uint32_t> seen;
  std::thread reader([&] { seen = ids(accepted); });
  while (outbox->queued() != 0) ASSERT_TRUE(outbox->flush());
  reader.join();
  EXPECT_EQ(seen.size(), accepted);
}

TEST_F(Outboxes, ASenderWhoseDeadlinePassesBehindTheQueueLosesNothingOfIt) {
  ASSERT_EQ(outbox->send_or_queue(message_of(1, 300'000)).status, IoStatus::ok);

  const auto late = outbox->send(message_of(2, 10), Deadline::after(20ms));

  EXPECT_EQ(late.status, IoStatus::timeout);
  EXPECT_EQ(late.count, 0U) << "its own message has not begun";
  std::vector<std::uint32_t> seen;
  std::thread reader([&] { seen = ids(2); });
  EXPECT_EQ(outbox->send(message_of(3, 10), Deadline::after(60s)).status, IoStatus::ok);
  reader.join();
  EXPECT_EQ(seen, (std::vector<std::uint32_t>{1, 3}));
}

TEST_F(Outboxes, SendersThatWaitForTheirTurnGiveUpAtTheirDeadline) {
  std::thread first([this] { outbox->send(message_of(1, 5'000'000), Deadline::after(60s)); });
  std::array<std::byte, 16> begun;
  ASSERT_GT(peer->stream().receive(begun, Deadline::after(60s)).count, 0U);

  const auto distance = test::best_distance(200ms, [&] {
    EXPECT_EQ(outbox->send(message_of(2, 1), Deadline::after(200ms)).status, IoStatus::timeout);
  });

  EXPECT_LE(distance, test::kOnTime);
  ours->shutdown();
  first.join();
}

TEST_F(Outboxes, TellsTheSenderBeforeItWaitsAndOnlyThen) {
  cdr::Encoder message;
  message.write_octets(message_of(1, 3'000));
  std::atomic<int> waits{0};
  std::atomic<int> sent{0};

  // Nobody reads: one of these does not fit any more.
  std::thread sender([&] {
    while (waits == 0 &&
           outbox->send(message, Deadline::after(60s), [&] { ++waits; }).status == IoStatus::ok)
      ++sent;
  });
  while (waits == 0) std::this_thread::yield();

  EXPECT_GT(sent, 0) << "what fits goes without a word";
  EXPECT_EQ(ids(1).size(), 1U);
  std::thread reader([this] { ids(1'000'000); });
  sender.join();
  ours->shutdown();
  reader.join();
}

TEST_F(Outboxes, WhenAMessageBreaksOffEverybodyWhoWaitsHearsAtOnce) {
  std::vector<std::thread> senders;
  std::atomic<int> failed{0};
  for (std::uint32_t t = 0; t < 6; ++t) {
    senders.emplace_back([&, t] {
      if (outbox->send(message_of(t, 2'000'000), Deadline::after(60s)).status != IoStatus::ok)
        ++failed;
    });
  }
  std::array<std::byte, 16> begun;
  ASSERT_GT(peer->stream().receive(begun, Deadline::after(60s)).count, 0U);

  const auto taken = test::time_of([&] {
    ours->shutdown();
    for (auto& sender : senders) sender.join();
  });

  EXPECT_EQ(failed, 6);
  EXPECT_LT(taken, 20s);
  EXPECT_FALSE(outbox->flush());
  EXPECT_NE(outbox->send_or_queue(message_of(9, 1)).status, IoStatus::ok);
}

TEST(Outbox, OnlyWhatTheStreamLosesBreaksIt) {
  struct Case {
    transport::IoResult end;
    bool breaks;
  };
  const Case cases[] = {
      {{IoStatus::failed, 0, ENOMEM}, false}, {{IoStatus::failed, 0, ENOBUFS}, false},
      {{IoStatus::failed, 7, ENOMEM}, true},  {{IoStatus::failed, 0, EPIPE}, true},
      {{IoStatus::failed, 7, EPIPE}, true},   {{IoStatus::closed, 0, 0}, true},
  };
  for (const auto& [end, breaks] : cases) {
    for (const std::size_t size : {10U, 100'000U}) {  // sent under the lock, and outside of it
      EndingStream stream(end);
      Outbox waiting(stream, Limits(), [] {});
      EXPECT_EQ(waiting.send(message_of(1, size), Deadline::after(60s)).status, end.status);
      EXPECT_EQ(waiting.is_broken(), breaks) << describe(end) << " after " << end.count;
      Outbox queueing(stream, Limits(), [] {});
      EXPECT_EQ(queueing.send_or_queue(message_of(1, size)).status, end.status);
      EXPECT_EQ(queueing.is_broken(), breaks) << describe(end) << " after " << end.count;
    }
  }
}

TEST(Outbox, ASendThatEndsAtItsDeadlineBreaksTheStreamOnlyInTheMiddleOfAMessage) {
  for (const std::size_t went : {0U, 7U}) {
    EndingStream stream({IoStatus::timeout, went, ETIMEDOUT});
    Outbox outbox(stream, Limits(), [] {});
    EXPECT_EQ(outbox.send(message_of(1, 100'000), Deadline::after(60s)).status, IoStatus::timeout);
    EXPECT_EQ(outbox.is_broken(), went != 0);
  }
}

}  // namespace corbel::connection
