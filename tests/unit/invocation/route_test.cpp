#include <orb/invocation/route.hpp>

#include <gtest/gtest.h>

namespace corbel::invocation {

namespace {

ObjectRef at(std::uint16_t port) { return ObjectRef::at({{"192.0.2.1", port}}, "key"); }

class NoBinding final : public LocalBinding {
 public:
  Visit* visit(const stub::Operation&, std::span<std::byte>, Until) override { return nullptr; }
  Visit* visit_known(const stub::Operation&, std::span<std::byte>) override { return nullptr; }
};

}  // namespace

TEST(Route, GoesToItsReferenceUntilItIsForwarded) {
  Route route(at(1));
  EXPECT_EQ(route.current(), at(1));
  EXPECT_FALSE(route.is_forwarded());

  route.forward(at(2), false);

  EXPECT_EQ(route.current(), at(2));
  EXPECT_EQ(route.original(), at(1));
  EXPECT_TRUE(route.is_forwarded());
}

TEST(Route, FallsBackFromAForwardToItsReference) {
  Route route(at(1));
  route.forward(at(2), false);
  route.forward(at(3), false);

  EXPECT_TRUE(route.fall_back());

  EXPECT_EQ(route.current(), at(1));
  EXPECT_FALSE(route.is_forwarded());
  EXPECT_FALSE(route.fall_back());
}

TEST(Route, FallsBackToThePermanentForwardFirst) {
  Route route(at(1));
  route.forward(at(2), true);
  route.forward(at(3), false);

  EXPECT_TRUE(route.fall_back());
  EXPECT_EQ(route.current(), at(2));
  EXPECT_TRUE(route.fall_back());
  EXPECT_EQ(route.current(), at(1));
  EXPECT_FALSE(route.fall_back());
}

TEST(Route, RemembersTheLastWayToItsOwnReferenceWhileNotForwarded) {
  Route route(at(1));
  EXPECT_EQ(route.known_way(), nullptr);
  route.remember({0, {1, 2}, nullptr}, at(2));
  EXPECT_EQ(route.known_way(), nullptr) << "somebody else's";

  route.remember({0, {1, 2}, nullptr}, route.original());
  const auto* first = route.known_way();
  ASSERT_NE(first, nullptr);
  route.remember({1, {1, 0}, nullptr}, route.original());
  EXPECT_EQ(route.known_way()->endpoint, 1U);
  route.remember({0, {1, 2}, nullptr}, route.original());
  EXPECT_EQ(route.known_way(), first) << "one for each endpoint";

  route.forward(at(2), false);
  EXPECT_EQ(route.known_way(), nullptr);
  route.fall_back();
  EXPECT_EQ(route.known_way(), first);
  route.set_addressing(giop::AddressingDisposition::profile);
  EXPECT_EQ(route.known_way(), nullptr);
}

TEST(Route, IsSettledUntilItLeadsElsewhere) {
  Route route(at(1));
  EXPECT_FALSE(route.is_settled());
  route.settle();
  EXPECT_TRUE(route.is_settled());

  route.forward(at(2), false);
  EXPECT_FALSE(route.is_settled());
  route.settle();
  route.fall_back();
  EXPECT_FALSE(route.is_settled());
}

TEST(Route, TriesTheFirstAddressOfANewPlace) {
  Route route(at(1));
  route.set_endpoint(3);

  route.forward(at(2), false);

  EXPECT_EQ(route.endpoint(), 0U);
}

TEST(Route, LooksForALocalObjectOnceForEachPlace) {
  Route route(at(1));
  int asked = 0;
  const auto bind = [&](const ObjectRef& ref) -> std::shared_ptr<LocalBinding> {
    ++asked;
    return ref == at(2) ? std::make_shared<NoBinding>() : nullptr;
  };

  EXPECT_EQ(route.local(bind), nullptr);
  EXPECT_EQ(route.local(bind), nullptr);
  EXPECT_EQ(asked, 1);
  route.forward(at(2), false);
  EXPECT_NE(route.local(bind), nullptr);
  EXPECT_NE(route.local(bind), nullptr);
  EXPECT_EQ(asked, 2);
}

TEST(Route, OneOfManyWaitingCallsSeesToTheConnection) {
  Route route(at(1));

  EXPECT_TRUE(route.enqueue(nullptr));
  EXPECT_FALSE(route.enqueue(nullptr));
  EXPECT_TRUE(route.is_connecting());
  route.dequeue();
  route.dequeue();
  EXPECT_TRUE(route.is_connecting());
  EXPECT_EQ(route.dequeue(), nullptr);

  EXPECT_FALSE(route.is_connecting());
  EXPECT_TRUE(route.enqueue(nullptr));
}

}  // namespace corbel::invocation
