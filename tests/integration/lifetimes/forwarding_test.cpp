#include "tests/integration/calls/target_servant.hpp"
#include "tests/integration/calls/world.hpp"
#include "tests/integration/lifetimes/forwarding_server.hpp"

#include <gtest/gtest.h>

namespace corbel::test {

/// A real target behind a server that only forwards.
class Forwarding : public testing::Test {
 protected:
  World world{Way::tcp, ThreadPerConnection{}};
  calls::Target target = world.serve<calls::Target>(std::make_shared<TargetServant>());
};

TEST_F(Forwarding, IsFollowedAndRemembered) {
  ForwardingServer forwarder([&] { return reference(target); });
  const auto proxy = world.client().object<calls::Target>(forwarder.reference());

  for (int i = 0; i < 5; ++i) EXPECT_EQ(proxy.add(i, i), 2 * i);

  EXPECT_EQ(forwarder.requests(), 1);
  // The proxy is still the reference that it was made from.
  EXPECT_EQ(reference(proxy), forwarder.reference());
}

TEST_F(Forwarding, IsFollowedByAsynchronousCalls) {
  ForwardingServer forwarder([&] { return reference(target); });
  const auto proxy = world.client().object<calls::Target>(forwarder.reference());

  EXPECT_EQ(proxy.async_add(1, 2).get(), 3);
  EXPECT_EQ(proxy.async_join({"a", "b"}).get(), "ab");

  EXPECT_EQ(forwarder.requests(), 1);
}

TEST_F(Forwarding, CarriesTextToAServerOfOtherCodeSets) {
  ForwardingServer forwarder([&] { return reference(target); });
  const auto address = forwarder.reference().endpoints().front().to_string();
  const auto old =
      world.client().object<calls::Target>("corbaloc:iiop:1.0@" + address + "/anything");

  EXPECT_EQ(old.async_join({"Zürich", "-", "Genève"}).get(), "Zürich-Genève");
  EXPECT_EQ(old.join({"Zürich", "-", "Genève"}), "Zürich-Genève");
}

TEST_F(Forwarding, IsSharedByCopiesOfTheProxy) {
  ForwardingServer forwarder([&] { return reference(target); });
  const auto proxy = world.client().object<calls::Target>(forwarder.reference());
  const auto copy = with(proxy, {.deadline = std::chrono::seconds(30)});

  EXPECT_EQ(proxy.add(1, 1), 2);
  EXPECT_EQ(copy.add(1, 1), 2);

  EXPECT_EQ(forwarder.requests(), 1);
}

TEST_F(Forwarding, IsFollowedOverSeveralServers) {
  ForwardingServer last([&] { return reference(target); });
  ForwardingServer middle([&] { return last.reference(); });
  ForwardingServer first([&] { return middle.reference(); }, true);

  EXPECT_EQ(world.client().object<calls::Target>(first.reference()).add(1, 1), 2);
}

TEST_F(Forwarding, ThatGoesInCirclesEnds) {
  ForwardingServer* other = nullptr;
  ForwardingServer one([&] { return other->reference(); });
  ForwardingServer two([&] { return one.reference(); });
  other = &two;
  const auto proxy = world.client().object<calls::Target>(one.reference());

  EXPECT_EQ(failure_of([&] { proxy.add(1, 1); }), "TRANSIENT COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { proxy.async_add(1, 1).get(); }), "TRANSIENT COMPLETED_NO");

  EXPECT_LT(one.requests() + two.requests(), 200);
}

TEST_F(Forwarding, ToOneselfEnds) {
  std::function<ObjectRef()> where;
  ForwardingServer one([&] { return where(); });
  where = [&] { return one.reference(); };
  const auto proxy = world.client().object<calls::Target>(one.reference());

  EXPECT_EQ(failure_of([&] { proxy.add(1, 1); }), "TRANSIENT COMPLETED_NO");
}

TEST_F(Forwarding, FallsBackToTheOriginalWhenTheNewPlaceIsGone) {
  auto moving = std::make_unique<World>(Way::tcp, ThreadPerConnection{});
  auto where = reference(moving->serve<calls::Target>(std::make_shared<TargetServant>()));
  ForwardingServer forwarder([&] { return where; });
  const auto proxy = world.client().object<calls::Target>(forwarder.reference());
  ASSERT_EQ(proxy.add(1, 1), 2);
  where = reference(target);

  moving.reset();

  EXPECT_EQ(proxy.add(2, 2), 4);
  EXPECT_EQ(forwarder.requests(), 2);
}

TEST_F(Forwarding, FallsBackAsynchronouslyToo) {
  auto moving = std::make_unique<World>(Way::tcp, ThreadPerConnection{});
  auto where = reference(moving->serve<calls::Target>(std::make_shared<TargetServant>()));
  ForwardingServer forwarder([&] { return where; });
  const auto proxy = world.client().object<calls::Target>(forwarder.reference());
  ASSERT_EQ(proxy.async_add(1, 1).get(), 2);
  where = reference(target);

  moving.reset();

  EXPECT_EQ(proxy.async_add(2, 2).get(), 4);
}

TEST_F(Forwarding, FallsBackWhenTheObjectIsGone) {
  const auto first = world.serve<calls::Target>(std::make_shared<TargetServant>());
  auto where = reference(first);
  ForwardingServer forwarder([&] { return where; });
  const auto proxy = world.client().object<calls::Target>(forwarder.reference());
  ASSERT_EQ(proxy.add(1, 1), 2);
  where = reference(target);

  world.adapter().deactivate(first);

  EXPECT_EQ(proxy.add(2, 2), 4);
}

TEST_F(Forwarding, ToNilIsAnError) {
  ForwardingServer forwarder([] { return ObjectRef(); });
  const auto proxy = world.client().object<calls::Target>(forwarder.reference());

  EXPECT_NE(failure_of([&] { proxy.add(1, 1); }), "");
}

}  // namespace corbel::test
