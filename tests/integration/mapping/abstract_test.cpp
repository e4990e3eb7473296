#include "tests/integration/mapping/two_orbs.hpp"

#include <abstract.idl.hpp>

#include <string_view>
#include <utility>

// Abstract interfaces as parameters: references and values.
namespace corbel::test {

namespace {

class NamedLabel final : public show::Label {
 public:
  NamedLabel() = default;
  explicit NamedLabel(std::string name) { text = std::move(name); }
  std::string describe(bool at_length) override {
    return (at_length ? "a label that says " : "label ") + text;
  }
};

class HeavyParcel final : public show::Parcel {
 public:
  std::string describe(bool) override { return "parcel at " + std::to_string(place_); }
  std::int32_t place() override { return place_; }
  void place(std::int32_t value) override { place_ = value; }

 private:
  std::int32_t place_ = 0;
};

class SomeRobot final : public show::Robot::Servant {
 public:
  std::string describe(bool at_length) override { return at_length ? "a busy robot" : "robot"; }
  std::int32_t place() override { return place_; }
  void place(std::int32_t value) override { place_ = value; }
  void work() override {}

 private:
  std::int32_t place_ = 5;
};

class OpenGallery final : public show::Gallery::Servant {
 public:
  show::Describable echo(const show::Describable& one) override { return one; }
  std::string describe(const show::Describable& one) override { return one.describe(true); }
  show::Describables echo_all(const show::Describables& some) override { return some; }
  show::Movable push(const show::Movable& one, std::int32_t by) override {
    one.place(one.place() + by);
    return one;
  }
  show::Shelf echo_shelf(const show::Shelf& one) override { return one; }
};

class Hall : public TwoOrbs {
 protected:
  Hall() {
    for (Orb* orb : {&server(), &client()}) {
      orb->register_value<show::Label, NamedLabel>();
      orb->register_value<show::Parcel, HeavyParcel>();
    }
  }
  show::Gallery gallery_ = serve<show::Gallery>(std::make_shared<OpenGallery>());
  show::Robot robot_ = serve<show::Robot>(std::make_shared<SomeRobot>());
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(Both, Hall, testing::Values(Way::tcp, Way::collocated), way_name);

TEST_P(Hall, TakesAnObject) {
  const show::Describable robot = gallery_.echo(robot_);

  EXPECT_EQ(corbel::value(robot), nullptr);
  EXPECT_EQ(robot.describe(false), "robot");
  EXPECT_EQ(robot.async_describe(true).get(), "a busy robot");
  EXPECT_EQ(gallery_.describe(robot_), "a busy robot");
  EXPECT_TRUE(corbel::narrow<show::Robot>(robot) == robot_);
}

TEST_P(Hall, TakesAValue) {
  const auto label = std::make_shared<NamedLabel>("hello");

  const show::Describable copy = gallery_.echo(label);

  EXPECT_TRUE(is_nil(copy));
  EXPECT_NE(corbel::value(copy), nullptr);
  EXPECT_NE(corbel::value(copy), label);
  EXPECT_EQ(copy.describe(false), "label hello");
  EXPECT_EQ(gallery_.describe(label), "a label that says hello");
}

TEST_P(Hall, TakesNothing) {
  const show::Describable nothing = gallery_.echo(nullptr);

  EXPECT_TRUE(is_nil(nothing));
  EXPECT_EQ(corbel::value(nothing), nullptr);
  EXPECT_THROW(nothing.describe(true), InvObjref);
}

TEST_P(Hall, TakesBothAtOnce) {
  const auto label = std::make_shared<NamedLabel>("shared");

  const auto all = gallery_.echo_all({label, robot_, nullptr, label});
  const auto shelf = gallery_.echo_shelf({label, label});

  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(corbel::value(all[0]), corbel::value(all[3]));
  EXPECT_EQ(all[0].describe(false), "label shared");
  EXPECT_EQ(all[1].describe(false), "robot");
  EXPECT_EQ(corbel::value(shelf.lower), corbel::value(shelf.upper));
}

TEST_P(Hall, KnowsWhatIsInherited) {
  EXPECT_EQ(gallery_.push(robot_, 2).place(), 7);
  EXPECT_EQ(robot_.place(), 7);

  const auto parcel = std::make_shared<HeavyParcel>();
  const show::Movable pushed = gallery_.push(parcel, 3);
  const show::Describable described = pushed;
  EXPECT_EQ(pushed.place(), 3 - 3);  // what is no state does not travel
  EXPECT_EQ(described.describe(false), "parcel at 0");
  EXPECT_EQ(parcel->place(), 0);
}

}  // namespace corbel::test
