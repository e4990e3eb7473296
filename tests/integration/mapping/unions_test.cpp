#include <unions.idl.hpp>

#include <corbel/exceptions.hpp>

#include <sstream>

#include "tests/integration/mapping/echo.hpp"
#include "tests/integration/mapping/two_orbs.hpp"

namespace corbel::test {

CORBEL_BOTH_WAYS(Unions);

namespace {

using unions::Json;
using unions::Kind;
using unions::Maybe;
using unions::Outer;
using unions::Shape;

class EchoDrawer : public unions::Drawer::Servant {
 public:
  CORBEL_ECHO(use_shape, const Shape&, Shape)
  CORBEL_ECHO(use_maybe, const Maybe&, Maybe)
  CORBEL_ECHO(use_truth, const unions::Truth&, unions::Truth)
  CORBEL_ECHO(use_by_wchar, const unions::ByWChar&, unions::ByWChar)
  CORBEL_ECHO(use_by_longlong, const unions::ByLongLong&, unions::ByLongLong)
  CORBEL_ECHO(use_json, const Json&, Json)
  CORBEL_ECHO(use_outer, const Outer&, Outer)
  CORBEL_ECHO(use_shapes, const unions::Drawer::Shapes&, unions::Drawer::Shapes)
  unions::Drawer::Answer draw(const Shape& what) override {
    if (what.is_data()) {
      throw unions::Drawer::Refused(what, unions::Drawer::Answer::make_any_object(nullptr));
    }
    return unions::Drawer::Answer::make_drawn(what);
  }
  Shape current() override { return current_; }
  void current(const Shape& value) override { current_ = value; }

 private:
  Shape current_;
};

Json some_json() {
  Json list;
  list.list({Json::make_truth(true), Json::make_number(1.5), Json::make_text("text")});
  Json members;
  members.members({{"list", list}, {"empty", Json::make_list({})}});
  return members;
}

Outer deep_outer() {
  Outer::Deep deep;
  deep.again({3, -4});
  return Outer::make_nested(deep);
}

/// The octets of `value`, its discriminator replaced.
template <class T, class Label>
std::string decoded_with(const T& value, Label label) {
  cdr::Encoder encoder;
  encode(encoder, label);
  cdr::Encoder whole;
  encode(whole, value);
  auto octets = whole.copy();
  std::copy(encoder.octets().begin(), encoder.octets().end(), octets.begin());
  cdr::Decoder decoder(octets);
  static_cast<void>(decode<T>(decoder));
  return std::string(decoder.failure());
}

}  // namespace

TEST_P(Unions, TravelInEveryDirection) {
  const auto peer = serve<unions::Drawer>(std::make_shared<EchoDrawer>());
  Maybe none;
  none.clear(77);
  unions::ByLongLong least;
  unions::ByLongLong most = unions::ByLongLong::make_most(-0.1L);

  EXPECT_ECHO(use_shape, Shape, Shape::make_radius(2.5), Shape::make_data({1, 2}));
  EXPECT_ECHO(use_shape, Shape, Shape::make_extent({1, 2}, Kind::rectangle), Shape());
  EXPECT_ECHO(use_maybe, Maybe, none, Maybe::make_short_text("12345678", 2));
  EXPECT_ECHO(use_truth, unions::Truth, unions::Truth::make_no("no"), unions::Truth());
  EXPECT_ECHO(use_by_wchar, unions::ByWChar, unions::ByWChar::make_wide(u"\u20ac"),
              unions::ByWChar::make_one(u'y', u'\u20ac'));
  EXPECT_ECHO(use_by_longlong, unions::ByLongLong, least, most);
  EXPECT_ECHO(use_json, Json, some_json(), Json());
  EXPECT_ECHO(use_outer, Outer, deep_outer(), Outer::make_kinds({Kind::blob}));
  EXPECT_ECHO(use_shapes, unions::Drawer::Shapes,
              (unions::Drawer::Shapes{Shape::make_radius(1), Shape::make_data({})}), {});
}

TEST_P(Unions, TravelInAttributesResultsAndExceptions) {
  const auto peer = serve<unions::Drawer>(std::make_shared<EchoDrawer>());

  peer.current(Shape::make_radius(4));

  EXPECT_EQ(peer.current().radius(), 4);
  EXPECT_EQ(peer.draw(Shape::make_radius(1)).drawn().radius(), 1);
  try {
    peer.draw(Shape::make_data({9}));
    FAIL() << "nothing was thrown";
  } catch (const unions::Drawer::Refused& refused) {
    EXPECT_EQ(refused.what_it_was.data(), unions::Octets{9});
    EXPECT_TRUE(is_nil(refused.instead.any_object()));
  }
}

TEST(Union, TravelsInAnAny) {
  Maybe none;
  none.clear();

  expect_travels_in_any(Shape::make_extent({1, 2}, Kind::rectangle));
  expect_travels_in_any(Shape::make_data({1, 2, 3}, Kind::blob));
  expect_travels_in_any(Maybe::make_short_text("short", 2));
  expect_travels_in_any(none);
  expect_travels_in_any(unions::ByWChar::make_one(u'y', u'\u20ac'));
  expect_travels_in_any(unions::ByChar::make_b(7));
  expect_travels_in_any(unions::ByULongLong::make_which(Kind::blob));
  expect_travels_in_any(unions::OrElse::make_other(Any(1.5)));
  expect_travels_in_any(some_json());
  expect_travels_in_any(deep_outer());
}

TEST(Union, HoldsOneBranchAtATime) {
  Shape shape;

  EXPECT_TRUE(shape.is_radius());
  EXPECT_EQ(shape.radius(), 0);
  shape.extent({3, 4});
  shape.extent().height = 5;

  EXPECT_EQ(shape.discriminator(), Kind::square);
  EXPECT_EQ(shape.extent().height, 5);
  EXPECT_FALSE(shape.is_radius());
  EXPECT_THROW(static_cast<void>(shape.radius()), BadParam);
  EXPECT_THROW(static_cast<void>(shape.data()), BadParam);
}

TEST(Union, ChangesItsDiscriminatorWithinABranchOnly) {
  Shape shape = Shape::make_extent({1, 2});

  shape.discriminator(Kind::rectangle);

  EXPECT_EQ(shape.discriminator(), Kind::rectangle);
  EXPECT_FALSE(shape == Shape::make_extent({1, 2}));
  EXPECT_THROW(shape.discriminator(Kind::circle), BadParam);
  EXPECT_THROW(shape.extent({}, Kind::blob), BadParam);
  EXPECT_THROW(shape.data({}, Kind::square), BadParam);
  EXPECT_EQ(shape.discriminator(), Kind::rectangle);
}

TEST(Union, MayHoldNoBranch) {
  Maybe maybe = Maybe::make_text("text");

  maybe.clear();

  EXPECT_EQ(maybe.discriminator(), 3);
  maybe.discriminator(9);
  EXPECT_EQ(maybe.discriminator(), 9);
  EXPECT_THROW(maybe.discriminator(0), BadParam);
  EXPECT_THROW(maybe.clear(1), BadParam);
  EXPECT_THROW(static_cast<void>(maybe.text()), BadParam);
  EXPECT_TRUE(maybe.visit([](const auto& value) {
    return std::is_same_v<std::decay_t<decltype(value)>, std::monostate>;
  }));
}

TEST(Union, IsVisited) {
  Shape shape = Shape::make_radius(2);
  struct Area {
    double operator()(double radius) const { return 3 * radius * radius; }
    double operator()(const unions::Size& size) const { return size.width * size.height; }
    double operator()(const unions::Octets&) const { return 0; }
  };

  EXPECT_EQ(shape.visit(Area()), 12);
  shape.visit([](auto& value) { value = {}; });
  EXPECT_EQ(shape.radius(), 0);
}

TEST(Union, IsPrinted) {
  std::ostringstream out;
  out << Shape::make_extent({1, 2});

  EXPECT_EQ(out.str(), to_string(Shape::make_extent({1, 2})));
  EXPECT_NE(out.str().find("extent"), std::string::npos) << out.str();
  EXPECT_NE(to_string(some_json()).find("\"text\""), std::string::npos) << to_string(some_json());
}

TEST(Union, RefusesDiscriminatorsThatSelectNothing) {
  EXPECT_EQ(decoded_with(Shape::make_radius(1), std::uint32_t{4}), "enum value out of range");
  EXPECT_EQ(decoded_with(unions::Truth(), std::uint8_t{2}), "boolean is neither 0 nor 1");
  EXPECT_EQ(decoded_with(unions::ByLong(), std::int32_t{0}), "");
  EXPECT_EQ(decoded_with(unions::HalfTruth(), std::uint8_t{0}), "") << "no branch";
}

TEST(Union, TypeCodeHasAMemberForEachLabel) {
  const TypeCode type = Type<Shape>::type_code();

  ASSERT_EQ(type.kind(), TCKind::tk_union);
  ASSERT_EQ(type.member_count(), 4U);
  EXPECT_EQ(type.member_name(2), "extent");
  EXPECT_EQ(type.member_label(2), 2);
  EXPECT_EQ(type.default_index(), 3);
  EXPECT_EQ(type.discriminator_type(), Type<Kind>::type_code());
  EXPECT_EQ(Type<unions::ByULongLong>::type_code().member_label(0), -1);
  EXPECT_EQ(Type<unions::ByChar>::type_code().member_label(2), 255);
  EXPECT_EQ(Type<unions::Maybe>::type_code().default_index(), -1);
}

}  // namespace corbel::test
