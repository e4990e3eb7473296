#include <clashes.idl.hpp>
#include <constants.idl.hpp>
#include <recursion.idl.hpp>

#include <corbel/any.hpp>

#include "tests/integration/mapping/two_orbs.hpp"

// Clashing names, recursive types and constants.
namespace corbel::test {

CORBEL_BOTH_WAYS(Names);

namespace {

class Clashing : public clash::Type::Servant_ {
 public:
  std::int32_t x(std::int32_t servant, std::int32_t& result, std::int32_t& results,
                 std::string_view upcall) override {
    if (upcall == "what") throw clash::what{"it", 1, "e"};
    if (upcall == "Gone") throw clash::Type::Gone{7};
    result = servant;
    results += 1;
    return static_cast<std::int32_t>(upcall.size());
  }
  void async_x(std::int32_t responder) override { last = responder; }
  clash::to_string to_string(std::int32_t stub, std::int32_t operation) override {
    return std::to_string(stub + operation);
  }
  void not_(std::int32_t and_, std::int32_t requires_, std::int32_t co_await_) override {
    last = and_ + requires_ + co_await_;
  }
  void delete_() override { last = 1; }
  void delete__() override { last = 2; }

  std::int32_t last = 0;
};

}  // namespace

TEST_P(Names, OfTheIdlComeBeforeGeneratedOnes) {
  const auto servant = std::make_shared<Clashing>();
  const auto object = serve<clash::Type>(servant);
  std::int32_t result = 0;
  std::int32_t results = 1;

  EXPECT_EQ(object.x(5, result, results, "abc"), 3);
  EXPECT_EQ(result, 5);
  EXPECT_EQ(results, 2);
  EXPECT_EQ(object.async_x_(5, 1, "ab").get().result_, 2);
  object.async_x(9);
  EXPECT_EQ(servant->last, 9);
  EXPECT_EQ(object.to_string(1, 2), "3");
  object.not_(1, 2, 3);
  EXPECT_EQ(servant->last, 6);
}

TEST_P(Names, ThatAreKeywordsTravelWithoutUnderscore) {
  const auto servant = std::make_shared<Clashing>();
  const auto object = serve<clash::Type>(servant);

  object.delete_();
  EXPECT_EQ(servant->last, 1);
  object.delete__();
  EXPECT_EQ(servant->last, 2);
  EXPECT_EQ(clash::to_string_(clash::Kind::delete_), "delete");
}

TEST_P(Names, OfExceptionsMayBeOursToo) {
  const auto object = serve<clash::Type>(std::make_shared<Clashing>());
  std::int32_t out = 0;
  std::int32_t inout = 0;

  EXPECT_THROW(object.x(0, out, inout, "what"), clash::what);
  EXPECT_THROW(object.x(0, out, inout, "Gone"), clash::Type::Gone);
}

TEST(Recursion, SurvivesAnAny) {
  const tree::Node node{"root", {{"left", {}}, {"right", {{"deep", {}}}}}};
  const tree::Left left{1, {{"text", {{{2, {}}}}, {node}}}};

  EXPECT_EQ(Any(node).get<tree::Node>(), node);
  EXPECT_EQ(Any(left).get<tree::Left>(), left);
  EXPECT_EQ(Any(left).type().member_type(1).unaliased().content_type().id(), "IDL:tree/Right:1.0");
  EXPECT_TRUE(Type<tree::Holder>::type_code().member_type(0).equivalent(Any(left).type()));
}

TEST(Constants, HaveTheirValues) {
  EXPECT_EQ(consts::smallest_longlong, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(consts::largest, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(consts::high, '\xe9');
  EXPECT_EQ(consts::text,
            "a \"quoted\" text\twith \\ and \?\?/ and \x01"
            "2");
  EXPECT_EQ(consts::wide, u"wide \u20ac9 text");
  EXPECT_EQ(consts::tenth, 0.1F);
  EXPECT_EQ(consts::halves, 1.5);
  EXPECT_EQ(consts::Limits::usual, consts::Limits::Size::big);
  EXPECT_EQ(consts::Limits::label, "limits");
}

}  // namespace corbel::test
