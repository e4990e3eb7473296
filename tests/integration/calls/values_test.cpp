#include "tests/integration/calls/suite.hpp"

#include <corbel/any.hpp>

#include <limits>
#include <numeric>

namespace corbel::test {

CORBEL_CALL_SUITE(Values);

TEST_P(Values, BasicTypesComeBack) {
  EXPECT_EQ(target.add(40, 2), 42);
  EXPECT_FALSE(target.flip(true));
  EXPECT_EQ(target.next_char('a'), 'b');
  EXPECT_EQ(target.big(std::numeric_limits<std::int64_t>::min()),
            std::numeric_limits<std::int64_t>::min());
}

TEST_P(Values, TextsAndOctetsComeBack) {
  EXPECT_EQ(target.join({"Zürich", "", "-", "Łódź"}), "Zürich-Łódź");
  EXPECT_EQ(target.reverse({1, 2, 3}), (calls::Octets{3, 2, 1}));
  EXPECT_TRUE(target.reverse({}).empty());
}

TEST_P(Values, AMegabyteComesBack) {
  calls::Octets octets(1 << 20);
  std::iota(octets.begin(), octets.end(), std::uint8_t{0});

  const auto reversed = target.reverse(octets);

  EXPECT_TRUE(std::equal(octets.rbegin(), octets.rend(), reversed.begin(), reversed.end()));
}

TEST_P(Values, OutAndInoutParametersComeBackBesideTheResult) {
  const calls::Record record{"apples", 2.5, calls::Colour::green, {{1, 2}, {3, 4}}};
  std::string text = "pears";
  calls::Longs numbers{9, 9, 9};
  calls::Point point{10, 20};

  const auto result = target.mix(record, text, numbers, point);

  EXPECT_EQ(result, (calls::Record{"applespears", 2.5, calls::Colour::green, {{1, 2}, {3, 4}}}));
  EXPECT_EQ(text, "was pears");
  EXPECT_EQ(numbers, (calls::Longs{2}));
  EXPECT_EQ(point, (calls::Point{20, 10}));
}

TEST_P(Values, AnAnyComesBackWithItsType) {
  const auto back = target.wrap(Any(calls::Point{3, 4}));

  EXPECT_EQ(back.get<calls::Point>(), (calls::Point{3, 4}));
}

TEST_P(Values, AttributesAreReadAndWritten) {
  EXPECT_EQ(target.count(), 0);

  target.label("blue");

  EXPECT_EQ(target.label(), "blue");
}

TEST_P(Values, AReferenceComesBackAsTheSameObject) {
  const auto other =
      world.client_adapter().activate<calls::Target>(std::make_shared<TargetServant>());

  const auto back = target.give_back(other);

  EXPECT_EQ(reference(back), reference(other));
  EXPECT_EQ(back.add(1, 2), 3);
}

TEST_P(Values, AResultThatIsAReferenceCanBeCalled) {
  const auto self = target.self();

  EXPECT_EQ(reference(self), reference(target));
  self.label("through the result");
  EXPECT_EQ(target.label(), "through the result");
}

TEST_P(Values, NilTravelsBothWays) {
  EXPECT_TRUE(is_nil(target.nobody()));
  EXPECT_TRUE(is_nil(target.give_back(nullptr)));
}

TEST_P(Values, OneWayCallsAndTheCallsThatFollowKeepTheirOrder) {
  // ThreadPerRequest and a Pool promise no order, only that all arrive.
  const bool ordered = !std::holds_alternative<ThreadPerRequest>(policy()) &&
                       !std::holds_alternative<Pool>(policy());
  calls::Longs expected(50);
  std::iota(expected.begin(), expected.end(), 0);

  for (const auto number : expected) target.note(number);
  auto noted = target.noted();
  while (!ordered && noted.size() < expected.size()) noted = target.noted();

  if (!ordered) std::sort(noted.begin(), noted.end());
  EXPECT_EQ(noted, expected);
}

TEST_P(Values, AOneWayCallReturnsWhenItsSyncScopeSays) {
  with(target, {.sync_scope = SyncScope::target}).note(1);
  EXPECT_EQ(target.noted(), (calls::Longs{1}));

  with(target, {.sync_scope = SyncScope::server}).note(2);
  with(target, {.sync_scope = SyncScope::none}).note(3);
  while (target.noted().size() < 3) {
  }
}

TEST_P(Values, TheObjectTellsItsInterfaces) {
  const auto object = world.client().object(corbel::to_string(target));

  EXPECT_TRUE(is_a(object, "IDL:calls/Target:1.0"));
  EXPECT_TRUE(is_a(object, "IDL:calls/Base:1.0"));
  EXPECT_TRUE(is_a(object, "IDL:omg.org/CORBA/Object:1.0"));
  EXPECT_FALSE(is_a(object, "IDL:calls/Hook:1.0"));
  EXPECT_EQ(narrow<calls::Base>(object).add(2, 3), 5);
  EXPECT_TRUE(is_nil(narrow<calls::Hook>(object)));
}

TEST_P(Values, AnObjectExistsUntilItIsDeactivated) {
  EXPECT_FALSE(non_existent(target));

  EXPECT_TRUE(world.adapter().deactivate(served));

  EXPECT_TRUE(non_existent(target));
  EXPECT_EQ(failure_of([&] { target.add(1, 1); }), "OBJECT_NOT_EXIST COMPLETED_NO");
}

}  // namespace corbel::test
