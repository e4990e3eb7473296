#include "tests/integration/wire/raw_peer.hpp"
#include "tests/support/fake_server.hpp"

#include <orb/ior/profile.hpp>
#include <orb/ior/reference_data.hpp>

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

Endpoint endpoint_of(const std::string& reference) {
  return ObjectRef::parse(reference).endpoints().front();
}

/// Nobody listens there any more.
Endpoint dead_endpoint() {
  const FakeServer gone([](GiopPeer&, int) {});
  return endpoint_of(gone.reference());
}

bool has_ipv6_loopback() {
  const int descriptor = ::socket(AF_INET6, SOCK_STREAM, 0);
  if (descriptor < 0) return false;
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  const bool bound =
      ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(descriptor);
  return bound;
}

/// Answers with its own number.
std::unique_ptr<FakeServer> serve(std::int32_t number) {
  return std::make_unique<FakeServer>([number](GiopPeer& peer, int) {
    while (const auto request = peer.receive_request()) {
      peer.send(
          reply_octets(request->request_id, [number](cdr::Encoder& body) { body.write(number); }));
    }
  });
}

class Addresses : public testing::TestWithParam<ior::MoreAddresses> {
 protected:
  failures::Counter counter_at(const std::vector<Endpoint>& endpoints) {
    return orb.object<failures::Counter>(
        ior::make_reference("IDL:failures/Counter:1.0", endpoints, "fake", {1, 2}, GetParam()));
  }
  Orb orb;
};
INSTANTIATE_TEST_SUITE_P(Kinds, Addresses,
                         testing::Values(ior::MoreAddresses::alternates,
                                         ior::MoreAddresses::profiles));

}  // namespace

TEST_P(Addresses, AreTriedInOrder) {
  const auto one = serve(1);
  const auto two = serve(2);
  const auto first = endpoint_of(one->reference());
  const auto second = endpoint_of(two->reference());

  EXPECT_EQ(counter_at({first, second}).add(0), 1);
  EXPECT_EQ(counter_at({second, first}).add(0), 2);
  EXPECT_EQ(counter_at({dead_endpoint(), second, first}).add(0), 2);
  EXPECT_EQ(counter_at({dead_endpoint(), dead_endpoint(), first}).async_add(0).get(), 1);
}

TEST_P(Addresses, TheOneThatAnsweredIsKeptAndLeftWhenItIsGone) {
  auto one = serve(1);
  const auto two = serve(2);
  const auto counter = counter_at({endpoint_of(one->reference()), endpoint_of(two->reference())});
  EXPECT_EQ(counter.add(0), 1);

  one.reset();

  const auto idempotent = with(counter, {.idempotent = true});
  EXPECT_EQ(idempotent.add(0), 2);
  EXPECT_EQ(counter.add(0), 2);
}

TEST_P(Addresses, ThatAllRefuseFailAtOnceWithEachOfThemNamed) {
  const auto first = dead_endpoint();
  const auto second = dead_endpoint();
  const auto counter = counter_at({first, second});
  const auto begin = SteadyClock::now();

  try {
    counter.add(0);
    FAIL() << "somebody answered";
  } catch (const Transient& failure) {
    EXPECT_EQ(failure.completed(), Completion::no);
    EXPECT_NE(failure.message().find(first.to_string()), std::string_view::npos) << failure.what();
    EXPECT_NE(failure.message().find(second.to_string()), std::string_view::npos) << failure.what();
  }
  EXPECT_LT(SteadyClock::now() - begin, 10s);
}

TEST(ReferencesOnTheWire, ForwardedPermanentlyTheOriginalIsAskedAgainOnlyWhenTheNewPlaceIsGone) {
  auto moved = serve(7);
  std::atomic<int> asked{0};
  std::string there = moved->reference();
  FakeServer original([&](GiopPeer& peer, int) {
    while (const auto request = peer.receive_request()) {
      cdr::Encoder reply;
      giop::write_forward_reply(reply, giop::kHighestVersion, request->request_id,
                                ObjectRef::parse(there), true);
      // Before, so that the next test line sees it.
      ++asked;
      peer.send(octets_of(reply));
    }
  });
  Orb orb;
  const auto counter = orb.object<failures::Counter>(original.reference());
  EXPECT_EQ(counter.add(0), 7);
  EXPECT_EQ(counter.add(0), 7);
  EXPECT_EQ(asked, 1);
  const auto elsewhere = serve(8);
  there = elsewhere->reference();

  moved.reset();

  EXPECT_EQ(with(counter, {.idempotent = true}).add(0), 8);
  EXPECT_EQ(asked, 2);
}

class Ipv6 : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_ipv6_loopback()) GTEST_SKIP() << "this machine has no ::1";
  }
  static OrbOptions listening_on(std::string host, std::string advertise = "") {
    OrbOptions options;
    options.host = std::move(host);
    options.advertise = std::move(advertise);
    options.collocation = false;
    return options;
  }
};

TEST_F(Ipv6, AServerListensThereAndItsReferencesAndCorbalocReachIt) {
  for (const auto* const host : {"::1", "[::1]"}) {
    LiveCounter server(listening_on(host));
    EXPECT_EQ(server.endpoint().host, "::1");
    const auto reference = server.reference("1.2");
    EXPECT_NE(reference.find("@[::1]:"), std::string::npos) << reference;
    Orb client;

    EXPECT_EQ(client.object<failures::Counter>(reference).add(5), 5);

    const auto ior = ObjectRef::parse(reference).to_string();
    EXPECT_EQ(client.object<failures::Counter>(ior).add(1), 6);
    const auto unversioned =
        "corbaloc::[::1]:" + std::to_string(server.endpoint().port) + "/counter";
    EXPECT_EQ(client.object<failures::Counter>(unversioned).async_add(1).get(), 7);
  }
}

TEST_F(Ipv6, AnAdvertisedAddressIsPublished) {
  const Orb probe;
  Orb server(listening_on("::1", "[::1]:4711,example.org:4712"));
  auto adapter = server.create_adapter("adapter");
  std::atomic<int> executions{0};
  const auto object =
      adapter.activate<failures::Counter>(std::make_shared<CounterServant>(executions));

  const auto published = ObjectRef::parse(to_string(object)).endpoints();

  EXPECT_EQ(published, (std::vector<Endpoint>{{"::1", 4711}, {"example.org", 4712}}));
}

}  // namespace corbel::test
