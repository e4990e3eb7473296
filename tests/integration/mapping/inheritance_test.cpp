#include <diamond.idl.hpp>

#include <future>

#include "tests/integration/mapping/two_orbs.hpp"

namespace corbel::test {

CORBEL_BOTH_WAYS(Inheritance);

namespace {

/// Implementations combine as the interfaces do.
class TopPart : public virtual diamond::Top::Servant {
 public:
  std::string name() override { return name_; }
  void name(std::string_view value) override { name_ = value; }
  diamond::Point where() override { return place_; }
  void move(std::span<const std::int32_t> by) override {
    if (by.size() != 2) throw diamond::Stuck();
    place_ = {place_.x + by[0], place_.y + by[1]};
  }
  void nudge(std::span<const std::int32_t> by) override {
    nudged.set_value(diamond::Longs(by.begin(), by.end()));
  }
  diamond::Top::Side side_of(const diamond::Point& what, diamond::Point& nearest) override {
    nearest = what;
    return diamond::Top::Side::far_side;
  }

  std::promise<diamond::Longs> nudged;

 private:
  std::string name_ = "top";
  diamond::Point place_;
};

class LeftPart : public virtual diamond::Left::Servant {
 public:
  std::int32_t leftmost(std::string& note) override {
    note = "left of " + name();
    return -1;
  }
};

class Whole final : public diamond::OnlyBases::Servant, public TopPart, public LeftPart {
 public:
  double rightmost() override { return 1.5; }
  diamond::Top highest() override { return nullptr; }
};

}  // namespace

TEST_P(Inheritance, RepeatsTheOperationsOfAllBases) {
  const auto whole = serve<diamond::OnlyBases>(std::make_shared<Whole>());
  std::string note;

  whole.name("all");
  whole.move({1, 2});

  EXPECT_EQ(whole.name(), "all");
  EXPECT_EQ(whole.where(), (diamond::Point{1, 2}));
  EXPECT_EQ(whole.leftmost(note), -1);
  EXPECT_EQ(note, "left of all");
  EXPECT_EQ(whole.rightmost(), 1.5);
  EXPECT_TRUE(is_nil(whole.highest()));
  EXPECT_THROW(whole.move({1}), diamond::Stuck);
}

TEST_P(Inheritance, RepeatsTheAsynchronousForms) {
  const auto whole = serve<diamond::OnlyBases>(std::make_shared<Whole>());

  EXPECT_EQ(whole.async_where().get(), diamond::Point());
  EXPECT_EQ(whole.async_leftmost().get().note, "left of top");
  EXPECT_EQ(whole.async_side_of({3, 4}).get().nearest, (diamond::Point{3, 4}));
  EXPECT_THROW(whole.async_move({1}).get(), diamond::Stuck);
}

TEST_P(Inheritance, PassesOneWayCallsOn) {
  const auto servant = std::make_shared<Whole>();
  const auto whole = serve<diamond::OnlyBases>(servant);

  whole.nudge({1, 2, 3});

  EXPECT_EQ(servant->nudged.get_future().get(), (diamond::Longs{1, 2, 3}));
}

TEST_P(Inheritance, ConvertsToEveryBase) {
  const auto whole = serve<diamond::OnlyBases>(std::make_shared<Whole>());

  const diamond::Top top = whole;
  const diamond::Left left = whole;
  const diamond::Nothing nothing = whole;

  EXPECT_EQ(top.name(), "top");
  EXPECT_EQ(left.name(), "top");
  EXPECT_FALSE(is_nil(nothing));
  EXPECT_TRUE(top == left);
}

TEST_P(Inheritance, NarrowsToWhatTheObjectIs) {
  const Object object = serve<diamond::OnlyBases>(std::make_shared<Whole>());

  EXPECT_TRUE(is_a(object, "IDL:diamond/Right:1.0"));
  EXPECT_TRUE(is_a(object, "IDL:omg.org/CORBA/Object:1.0"));
  EXPECT_FALSE(is_a(object, "IDL:types/Peer:1.0"));
  EXPECT_EQ(narrow<diamond::Right>(object).rightmost(), 1.5);
}

TEST_P(Inheritance, NarrowsToNilOtherwise) {
  class JustTop : public TopPart {};
  const Object object = serve<diamond::Top>(std::make_shared<JustTop>());

  EXPECT_TRUE(is_nil(narrow<diamond::Bottom>(object)));
  EXPECT_FALSE(is_nil(narrow<diamond::Top>(object)));
}

}  // namespace corbel::test
