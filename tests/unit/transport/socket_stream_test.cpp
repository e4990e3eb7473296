#include <orb/transport/memory_transport.hpp>

#include "tests/support/timing.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>

#include <array>
#include <cstring>
#include <thread>
#include <vector>

namespace corbel::transport {

using namespace std::chrono_literals;

namespace {

class SocketStreams : public testing::Test {
 protected:
  SocketStreams() { std::tie(ours, theirs) = make_memory_pair(); }

  static iovec piece_of(std::vector<std::byte>& octets) { return {octets.data(), octets.size()}; }

  /// What arrives at the other end, until it is closed.
  std::vector<std::byte> drain() {
    std::vector<std::byte> all;
    std::array<std::byte, 4096> chunk;
    for (;;) {
      const auto result = theirs->receive(chunk, Deadline::after(60s));
      if (result.status != IoStatus::ok) return all;
      all.insert(all.end(), chunk.begin(), chunk.begin() + static_cast<long>(result.count));
    }
  }

  std::unique_ptr<Stream> ours;
  std::unique_ptr<Stream> theirs;
};

std::vector<std::byte> counted(std::size_t size) {
  std::vector<std::byte> octets(size);
  for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::byte>(i * 31 >> 3);
  return octets;
}

}  // namespace

TEST_F(SocketStreams, ReceiveEndsAtItsDeadlineWhetherThePollOrTheKernelKeepsIt) {
  std::array<std::byte, 16> into;

  for (const auto wanted : {100ms, 350ms, 2100ms}) {
    const auto distance = test::best_distance(wanted, [&] {
      EXPECT_EQ(ours->receive(into, Deadline::after(wanted)).status, IoStatus::timeout);
    });
    EXPECT_LE(distance, test::kOnTime);
  }
}

TEST_F(SocketStreams, ADeadlineThatHasPassedDoesNotWait) {
  std::array<std::byte, 16> into;

  EXPECT_EQ(ours->receive(into, Deadline(SteadyClock::now())).status, IoStatus::timeout);
}

TEST_F(SocketStreams, ALongDeadlineDoesNotOutliveTheShortOneThatFollows) {
  std::array<std::byte, 16> into;
  std::vector<std::byte> octet(1);
  auto piece = piece_of(octet);
  ASSERT_EQ(theirs->send({&piece, 1}, Deadline::after(60s)).status, IoStatus::ok);
  ASSERT_EQ(ours->receive(into, Deadline::after(60s)).status, IoStatus::ok);

  EXPECT_LE(test::best_distance(300ms, [&] { ours->receive(into, Deadline::after(300ms)); }),
            test::kOnTime);
}

TEST_F(SocketStreams, SendOfManyPiecesArrivesWholeThroughASmallBuffer) {
  auto octets = counted(3'000'000);
  std::vector<iovec> pieces;
  for (std::size_t at = 0; at < octets.size(); at += 1000) pieces.push_back({&octets[at], 1000});
  const int small = 4096;
  ::setsockopt(ours->native_handle(), SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
  std::vector<std::byte> arrived;
  std::thread reader([&] { arrived = drain(); });

  const auto result = ours->send(pieces, Deadline::after(60s));
  ours->shutdown();
  reader.join();

  EXPECT_EQ(result.status, IoStatus::ok);
  EXPECT_EQ(result.count, octets.size());
  EXPECT_EQ(arrived, octets);
}

TEST_F(SocketStreams, SendToOneWhoDoesNotReadEndsAtItsDeadlineAndTellsHowMuchWent) {
  auto octets = counted(8'000'000);

  const auto distance = test::best_distance(300ms, [&] {
    auto piece = piece_of(octets);
    const auto result = ours->send({&piece, 1}, Deadline::after(300ms));
    EXPECT_EQ(result.status, IoStatus::timeout);
    EXPECT_LT(result.count, octets.size());
  });

  EXPECT_LE(distance, test::kOnTime);
}

TEST_F(SocketStreams, TrySendTakesPartAndGoesOnWhereItStopped) {
  auto octets = counted(4'000'000);
  std::array<iovec, 2> pieces{iovec{octets.data(), 2'000'000},
                              iovec{&octets[2'000'000], 2'000'000}};

  auto result = ours->try_send(pieces);
  std::size_t sent = result.count;
  ASSERT_EQ(result.status, IoStatus::would_block);
  ASSERT_LT(sent, octets.size());
  std::vector<std::byte> arrived;
  std::thread reader([&] { arrived = drain(); });
  while (result.status == IoStatus::would_block) {
    result = ours->try_send(pieces);
    sent += result.count;
  }
  ours->shutdown();
  reader.join();

  EXPECT_EQ(sent, octets.size());
  EXPECT_EQ(arrived, octets);
}

TEST_F(SocketStreams, ShutdownWakesWhoReceivesAndWhoSends) {
  std::array<std::byte, 16> into;
  auto octets = counted(8'000'000);
  std::thread receiver(
      [&] { EXPECT_NE(ours->receive(into, Deadline::never()).status, IoStatus::ok); });
  std::thread sender([&] {
    auto piece = piece_of(octets);
    EXPECT_NE(ours->send({&piece, 1}, Deadline::never()).status, IoStatus::ok);
  });

  ours->shutdown();
  receiver.join();
  sender.join();
}

TEST_F(SocketStreams, ThePeersEndIsClosedAndReadable) {
  EXPECT_FALSE(ours->is_readable());
  std::array<std::byte, 16> into;
  EXPECT_EQ(ours->try_receive(into).status, IoStatus::would_block);

  theirs.reset();

  EXPECT_TRUE(ours->is_readable());
  EXPECT_EQ(ours->try_receive(into).status, IoStatus::closed);
  std::vector<std::byte> octet(1);
  auto piece = piece_of(octet);
  EXPECT_EQ(ours->try_send({&piece, 1}).status, IoStatus::closed);
}

}  // namespace corbel::transport
