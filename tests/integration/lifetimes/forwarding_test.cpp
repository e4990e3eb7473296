#include "tests/integration/calls/target_servant.hpp"
#include "tests/integration/calls/world.hpp"
#include "tests/integration/lifetimes/forwarding_server.hpp"

#include <corbel/servant_manager.hpp>

#include <orb/ior/reference_data.hpp>

#include <gtest/gtest.h>

#include <mutex>

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

namespace {

/// The same object in a reference of that version, with our code sets or without any.
ObjectRef reference_of(const ObjectRef& object, GiopVersion version, bool code_sets) {
  const auto endpoints = object.endpoints();
  if (code_sets) {
    return ior::make_reference("IDL:calls/Target:1.0", endpoints, object.object_key(), version);
  }
  const ior::TypedAddress address{version, endpoints.front()};
  return ObjectRef("", ior::make_reference_data({&address, 1}, object.object_key())->profiles);
}

std::vector<ObjectRef> references_of_every_kind(const ObjectRef& object) {
  std::vector<ObjectRef> all;
  for (const auto version : {kGiop1_0, kGiop1_1, kGiop1_2}) {
    all.push_back(reference_of(object, version, false));
    if (version != kGiop1_0) all.push_back(reference_of(object, version, true));
  }
  return all;
}

/// Forwards once it has moved.
class MovingServant final : public calls::Target::Servant {
 public:
  std::int32_t add(std::int32_t a, std::int32_t b) override {
    const std::lock_guard lock(mutex_);
    if (!is_nil(there_)) throw ForwardRequest(there_);
    return a + b;
  }
  void move_to(const calls::Target& there) {
    const std::lock_guard lock(mutex_);
    there_ = there;
  }

 private:
  std::mutex mutex_;
  calls::Target there_;
};

}  // namespace

TEST_F(Forwarding, IsFollowedByAsynchronousCallsBetweenAllVersionsAndCodeSets) {
  ObjectRef there;
  ForwardingServer forwarder([&] { return there; });
  const calls::Octets many(100'000, 0xfe);
  const std::string text(5000, 'x');
  for (const auto& from : references_of_every_kind(forwarder.reference())) {
    for (const auto& to : references_of_every_kind(reference(target))) {
      SCOPED_TRACE(from.to_string() + " to " + to.to_string());
      there = to;
      // A route remembers its forward, so each call gets a proxy of its own.
      const auto proxy = [&] { return world.client().object<calls::Target>(from); };
      const auto asked = forwarder.requests();

      EXPECT_EQ(proxy().async_add(-1, 3).get(), 2);
      EXPECT_EQ(proxy().async_join({"a", text}).get(), "a" + text);
      EXPECT_EQ(proxy().async_join({"Zürich", text}).get(), "Zürich" + text);
      EXPECT_EQ(proxy().async_reverse(many).get(), many);

      EXPECT_EQ(forwarder.requests() - asked, 4);
    }
  }
}

TEST_F(Forwarding, ThatAsksForArgumentsEncodedAnewSaysSoOnceAndTheNextCallArrives) {
  ForwardingServer forwarder([&] { return reference_of(reference(target), kGiop1_1, true); });
  const auto proxy =
      world.client().object<calls::Target>(reference_of(forwarder.reference(), kGiop1_2, true));
  const Any wide(std::u16string(u"wide"));

  try {
    proxy.async_wrap(wide).get();
    FAIL() << "wide text of GIOP 1.2 was taken for that of 1.1";
  } catch (const Transient& failure) {
    EXPECT_EQ(failure.completed(), Completion::no);
    EXPECT_NE(failure.message().find("call again"), std::string_view::npos) << failure.what();
  }
  EXPECT_EQ(proxy.async_wrap(wide).get(), wide);

  EXPECT_EQ(forwarder.requests(), 1);
}

TEST_F(Forwarding, OfASettledRouteToAnotherVersionArrivesAtTheLatestWithTheNextCall) {
  // It answers the first two calls itself: the forwards come later.
  const auto servant = std::make_shared<MovingServant>();
  const auto proxy = world.serve<calls::Target>(servant);
  ASSERT_EQ(proxy.async_add(1, 1).get(), 2);
  ASSERT_EQ(proxy.async_add(1, 1).get(), 2);
  servant->move_to(
      world.client().object<calls::Target>(reference_of(reference(target), kGiop1_0, false)));

  const auto first = failure_of([&] { EXPECT_EQ(proxy.async_add(1, 2).get(), 3); });

  EXPECT_TRUE(first.empty() || first == "TRANSIENT COMPLETED_NO") << first;
  EXPECT_EQ(proxy.async_add(1, 2).get(), 3);
  EXPECT_EQ(proxy.async_add(1, 2).get(), 3);
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

  for (const bool async : {false, true}) {
    const auto asked = one.requests();
    try {
      async ? proxy.async_add(1, 1).get() : proxy.add(1, 1);
      FAIL() << "nobody is there";
    } catch (const Transient& failure) {
      EXPECT_EQ(failure.completed(), Completion::no);
      EXPECT_NE(failure.message().find("forwarded 17 times"), std::string_view::npos)
          << failure.what();
    }
    EXPECT_EQ(one.requests() - asked, 17);
  }
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

  EXPECT_EQ(failure_of([&] { proxy.add(1, 1); }), "INV_OBJREF COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { proxy.async_add(1, 1).get(); }), "INV_OBJREF COMPLETED_NO");

  EXPECT_EQ(forwarder.requests(), 2);
}

}  // namespace corbel::test
