#include <gtest/gtest.h>
#include <corbel/dynamic.hpp>
#include <corbel/dynamic_value.hpp>
#include <corbel/orb.hpp>

#include "bank.idl.hpp"

// Valuetypes between generated code and a program that has none.
namespace corbel::dynamic {
namespace {

class Valuetypes : public ::testing::TestWithParam<bool> {
 protected:
  Valuetypes() : client_(OrbOptions{.collocation = GetParam()}), far_(OrbOptions{}) {}

  Adapter adapter() {
    auto made = (GetParam() ? client_ : far_).create_adapter("jewellers");
    made.activate_requests();
    return made;
  }
  const Interface& jeweller() { return description_.interface("bank::Jeweller"); }
  DynamicValue link(const std::string& label) {
    auto made = DynamicValue::new_value(description_.type("bank::Link"));
    made.set("label", label);
    return made;
  }

  Orb client_;
  Orb far_;
  Description description_ = Description::parse_file(CORBEL_TEST_IDL);
};

INSTANTIATE_TEST_SUITE_P(, Valuetypes, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "Collocated" : "Remote"; });

using LinkPointer = std::shared_ptr<bank::Link>;

class Jeweller final : public bank::Jeweller::Servant {
  LinkPointer join(const LinkPointer& first, const LinkPointer& second, bool& same) override {
    same = first == second;
    if (first && !same) first->next = second;
    return first;
  }
};

TEST_P(Valuetypes, GoToAndComeFromGeneratedServants) {
  auto server = adapter();
  const auto served = server.activate<bank::Jeweller>(std::make_shared<Jeweller>());
  const Object object = client_.object(to_string(served));
  DynamicValue ring = link("ring");
  ring.set("next", ring);

  const auto joined = call(object, jeweller(), "join", {link("a").to_any(), ring.to_any()});
  const auto none = call(object, jeweller(), "join", {Any(), Any()});

  const DynamicValue chain(joined.value());
  EXPECT_EQ(chain["label"].to_text(), "a");
  EXPECT_EQ(chain.at("next.label").to_text(), "ring");
  EXPECT_TRUE(chain.at("next.next").is_same_value(chain["next"]));
  EXPECT_FALSE(joined.out[0].get<bool>());
  EXPECT_TRUE(DynamicValue(none.value()).is_null());
}

TEST_P(Valuetypes, OfADerivedTypeArriveWhole) {
  auto server = adapter();
  const auto served = server.activate<bank::Jeweller>(std::make_shared<Jeweller>());
  auto clasp = DynamicValue::new_value(description_.type("bank::Clasp"));
  clasp.set("label", "clasp");
  clasp.set("size", 7);

  const auto joined = call(client_.object(to_string(served)), jeweller(), "join",
                           {clasp.to_any(), link("b").to_any()});

  // What comes back is a Clasp too; the result is declared as a Link, to which it is cut down.
  const DynamicValue chain(joined.value());
  EXPECT_EQ(chain["label"].to_text(), "clasp");
  EXPECT_EQ(chain.at("next.label").to_text(), "b");
}

TEST_P(Valuetypes, SharedBetweenArgumentsReachHandlers) {
  auto server = adapter();
  std::string seen;
  const auto servant = make_servant(jeweller(), [&](const Request& request) {
    seen = to_string(request.arguments[0]) + " " + to_string(request.arguments[1]);
    return Results{request.arguments[1], {Any(true)}, {}};
  });
  const auto object =
      bank::Jeweller(client_.object(to_string(server.activate<AnyObject>(servant))));
  const auto one = std::make_shared<bank::Link>();
  one->label = "one";
  bool same = false;

  const auto back = object.join(one, one, same);

  EXPECT_EQ(seen, "bank::Link{label: \"one\", next: null} bank::Link{label: \"one\", next: null}");
  EXPECT_TRUE(same);
  ASSERT_NE(back, nullptr);
  EXPECT_EQ(back->label, "one");
  EXPECT_EQ(back->next, nullptr);
}

}  // namespace
}  // namespace corbel::dynamic
