#include "tests/integration/failures/counter_servant.hpp"
#include "tests/support/giop_peer.hpp"
#include "tests/support/memory.hpp"

#include <orb/giop/locate.hpp>
#include <orb/transport/reactor.hpp>
#include <orb/transport/tcp_transport.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <random>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

/// A live server, a normal client and a connection of raw octets.
class HostileClient : public testing::Test {
 protected:
  HostileClient() {
    auto adapter = server.create_adapter("counter");
    adapter.activate_well_known<failures::Counter>("counter",
                                                   std::make_shared<CounterServant>(executions));
    adapter.activate_requests();
    endpoint = server.endpoints().front();
    counter =
        client.object<failures::Counter>("corbaloc:iiop:1.2@" + endpoint.to_string() + "/counter");
  }

  GiopPeer connect() {
    auto result = transport.connect(endpoint, Deadline::after(30s));
    if (!result.stream) throw std::runtime_error(result.error);
    return GiopPeer(std::move(result.stream));
  }
  void expect_serving() { EXPECT_NO_THROW(counter.add(1)); }

  static Octets add_request(std::uint32_t id, GiopVersion version = giop::kHighestVersion) {
    return request_octets(
        id, "counter", "add", [](cdr::Encoder& body) { body.write(std::int32_t{1}); },
        giop::ResponseKind::target, version);
  }
  static Octets join_request(std::uint32_t id) {
    return request_octets(id, "counter", "join", [](cdr::Encoder& body) {
      body.write(std::uint32_t{2});
      body.write_string("one");
      body.write_string("two");
      body.write(std::uint32_t{3});  // any: a long
      body.write(std::int32_t{7});
    });
  }
  static void set_word(Octets& message, std::size_t at, std::uint32_t word) {
    std::memcpy(&message[at], &word, sizeof word);
  }
  /// Sends it on a connection of its own, which is then ended; reads what little is answered.
  void throw_at(const Octets& octets, std::chrono::milliseconds patience) {
    auto peer = connect();
    peer.send(octets);
    peer.receive(patience);
  }

  std::atomic<int> executions{0};
  Orb server;
  Orb client;
  Endpoint endpoint;
  failures::Counter counter;
  transport::Reactor reactor{"hostile"};
  transport::TcpTransport transport{reactor};
};

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST_F(HostileClient, MessagesCutAnywhereHarmNobody) {
  const auto whole = join_request(1);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    auto peer = connect();
    peer.send({whole.begin(), whole.begin() + static_cast<long>(size)});
    peer.end();
  }
  EXPECT_EQ(executions, 0);
  expect_serving();
}

TEST_F(HostileClient, BrokenFramingIsAnsweredMessageErrorInOurHighestVersionAndClosed) {
  const std::vector<std::pair<std::size_t, int>> changes{
      {0, 'X'}, {4, 2}, {5, 3}, {7, 99}, {11, 0x7f}};
  for (const auto& [position, value] : changes) {
    SCOPED_TRACE("octet " + std::to_string(position));
    auto octets = add_request(1);
    octets[position] = static_cast<std::byte>(value);
    auto peer = connect();
    peer.send(octets);

    const auto answer = peer.receive();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header.type, giop::MessageType::message_error);
    EXPECT_EQ(answer->header.version, giop::kHighestVersion);
    EXPECT_TRUE(peer.is_ended());
  }
  expect_serving();
}

TEST_F(HostileClient, WildCountsInArgumentsGetMarshal) {
  const auto honest = join_request(1);
  for (const std::uint32_t wild : {3u, 0x10000u, 0x7fffffffu, 0xffffffffu}) {
    auto octets = honest;
    const auto body = (honest.size() - 36) & ~std::size_t{7};
    set_word(octets, body, wild);
    auto peer = connect();
    peer.send(octets);

    const auto answer = peer.receive();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header.type, giop::MessageType::reply);
  }
  expect_serving();
}

TEST_F(HostileClient, MessagesOfTheOtherDirectionAndUnknownIdsHarmNobody) {
  auto replying = connect();
  replying.send(reply_octets(1));
  EXPECT_TRUE(replying.is_ended());

  auto peer = connect();
  for (std::uint32_t id = 0; id < 1000; ++id) {
    cdr::Encoder cancel;
    giop::write_cancel_request(cancel, giop::kHighestVersion, id);
    peer.send(octets_of(cancel));
  }
  cdr::Encoder locate;
  giop::write_locate_request(locate, giop::kHighestVersion, 5, "counter");
  peer.send(octets_of(locate));
  const auto located = peer.receive();
  ASSERT_TRUE(located);
  EXPECT_EQ(located->header.type, giop::MessageType::locate_reply);
  peer.send(add_request(2000));
  const auto answer = peer.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header.type, giop::MessageType::reply);
  expect_serving();
}

TEST_F(HostileClient, SeventeenInterleavedFragmentedMessagesAreTooMany) {
  auto peer = connect();
  for (std::uint32_t id = 0; id < 17; ++id) {
    auto octets = add_request(id);
    octets[6] |= std::byte{2};
    octets.resize(octets.size() / 8 * 8);
    set_word(octets, 8, static_cast<std::uint32_t>(octets.size() - giop::kHeaderSize));
    peer.send(octets);
  }

  EXPECT_TRUE(peer.is_ended());
  expect_serving();
}

TEST_F(HostileClient, AFloodOfTinyFragmentsIsEnded) {
  auto peer = connect();
  auto octets = add_request(1);
  octets[6] |= std::byte{2};
  peer.send(octets);
  cdr::Encoder tiny;
  giop::begin_message(tiny, giop::MessageType::fragment);
  tiny.write(std::uint32_t{1});
  tiny.write(std::uint32_t{0});
  giop::finish_message(tiny);
  auto fragment = octets_of(tiny);
  fragment[6] |= std::byte{2};
  for (int i = 0; i < 2000 && peer.send(fragment); ++i) {
  }

  EXPECT_TRUE(peer.is_ended());
  expect_serving();
}

TEST_F(HostileClient, MutatedMessagesNeverKeepTheServerFromServing) {
  std::mt19937 random(20261120);
  for (int round = 0; round < 3000; ++round) {
    auto octets = round % 2 == 0 ? join_request(1)
                                 : add_request(1, {1, static_cast<std::uint8_t>(round % 3)});
    const auto changes = 1 + random() % 4;
    for (std::size_t i = 0; i < changes; ++i)
      octets[random() % octets.size()] = static_cast<std::byte>(random());
    throw_at(octets, 1ms);
    if (round % 500 == 0) expect_serving();
  }
  expect_serving();
}

TEST_F(HostileClient, MemoryAndDescriptorsStayWhereTheyAre) {
  const char* const wanted = std::getenv("CORBEL_SOAK_CALLS");
  const int calls = wanted != nullptr ? std::atoi(wanted) : 2000;
  std::mt19937 random(7);
  const auto mix = [&](int count) {
    for (int i = 0; i < count; ++i) {
      if (i % 4 != 0) {
        counter.add(1);
      } else {
        auto octets = join_request(1);
        octets[random() % octets.size()] = static_cast<std::byte>(random());
        throw_at(octets, 0ms);
      }
    }
    const auto patience = SteadyClock::now() + 60s;
    while (server.statistics().server_connections > 1 && SteadyClock::now() < patience)
      std::this_thread::yield();
  };
  // Threads, buffers and whatever is kept for reuse are there after the first of them.
  mix(std::min(calls / 4, 5000));
  const auto descriptors = open_descriptors();
  const auto memory = heap_in_use();

  mix(calls);

  EXPECT_LE(open_descriptors(), descriptors + 4);
  // What threads keep for reuse counts as in use and varies by about a megabyte; a few words kept
  // by each of 100,000 calls would show.
  EXPECT_LE(heap_in_use(), memory + 2 * 1024 * 1024);
  expect_serving();
}

}  // namespace corbel::test
