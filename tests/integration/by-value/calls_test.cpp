#include <corbel/any.hpp>

#include <figures.idl.hpp>

#include "tests/integration/mapping/two_orbs.hpp"

// Objects by value through operations.
namespace corbel::test {
namespace {

figures::Sheet sample() {
  figures::Sheet sheet;
  sheet.title = std::string("a\0b", 3);
  sheet.wide = L"Öl";
  sheet.color = figures::Color::blue;
  sheet.glossy = true;
  sheet.initial = 'x';
  sheet.width = -5'000'000'000;
  sheet.exact = 0.1L;
  sheet.samples = {1.5, -2.25};
  sheet.holes = {true, false, true};
  sheet.lines = {"one", ""};
  sheet.counts = {{"a", 1}, {"b", -2}};
  sheet.grid[1][1] = 7;
  return sheet;
}

class OneMuseum final : public gallery::Museum::Servant {
 public:
  gallery::Sheet echo(const gallery::Sheet& value) override { return value; }
  gallery::Sheets swap(gallery::Sheet& left, gallery::Sheet& right) override {
    std::swap(left, right);
    return {left, right};
  }
  gallery::Framed frame(const gallery::Sheet& value, const Any& extra) override {
    return {extra.get<std::string>(), value};
  }
  gallery::Figure pass(const gallery::Figure& value) override { return value; }
  double area(const gallery::Figure& value, gallery::Figure& largest) override {
    largest = std::make_shared<figures::Circle>(1);
    return value ? value->area() : -1;
  }
  gallery::Sheet cover() override { return cover_; }
  void cover(const gallery::Sheet& value) override { cover_ = value; }

 private:
  gallery::Sheet cover_;
};

}  // namespace

CORBEL_BOTH_WAYS(ObjectsByValue);

TEST_P(ObjectsByValue, TravelAsArgumentsAndResults) {
  const auto museum = serve<gallery::Museum>(std::make_shared<OneMuseum>());

  EXPECT_EQ(museum.echo(sample()), sample());
  EXPECT_EQ(museum.async_echo(sample()).get(), sample());
  museum.cover(sample());
  EXPECT_EQ(museum.cover(), sample());

  figures::Sheet left = sample();
  figures::Sheet right;
  EXPECT_EQ(museum.swap(left, right).size(), 2U);
  EXPECT_EQ(right, sample());
  EXPECT_EQ(museum.frame(sample(), Any(std::string("gold"))).content, sample());
}

TEST_P(ObjectsByValue, KeepTheClassBehindAPointer) {
  const auto museum = serve<gallery::Museum>(std::make_shared<OneMuseum>());

  gallery::Figure largest;
  EXPECT_EQ(museum.area(std::make_shared<figures::Circle>(2), largest), 12);
  EXPECT_EQ(largest->name, "circle");
  EXPECT_EQ(museum.area(nullptr, largest), -1);
}

TEST_P(ObjectsByValue, KeepWhatIsSharedAndCycles) {
  const auto museum = serve<gallery::Museum>(std::make_shared<OneMuseum>());
  const auto group = std::make_shared<figures::Group>();
  const auto circle = std::make_shared<figures::Circle>(1);
  const auto inner = std::make_shared<figures::Group>();
  inner->around = group;
  group->members = {circle, inner, circle};

  const auto back = std::dynamic_pointer_cast<figures::Group>(museum.async_pass(group).get());
  ASSERT_TRUE(back);
  ASSERT_EQ(back->members.size(), 3U);
  EXPECT_EQ(back->members[0], back->members[2]);
  const auto back_inner = std::dynamic_pointer_cast<figures::Group>(back->members[1]);
  EXPECT_EQ(back_inner->around.lock(), back);
  EXPECT_EQ(back->area(), 6);
}

TEST_P(ObjectsByValue, OfClassesThatTheIdlDoesNotListAreNotSent) {
  const auto museum = serve<gallery::Museum>(std::make_shared<OneMuseum>());

  EXPECT_THROW(museum.async_pass(std::make_shared<figures::Stranger>()).get(), BadParam);
}

TEST_P(ObjectsByValue, TravelInAnys) {
  const auto museum = serve<gallery::Museum>(std::make_shared<OneMuseum>());

  const Any any{gallery::Framed{"oak", sample()}};
  EXPECT_EQ(any.get<gallery::Framed>().content, sample());
}

}  // namespace corbel::test
