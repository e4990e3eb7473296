#include <gtest/gtest.h>
#include <corbel/dynamic.hpp>
#include <corbel/dynamic_value.hpp>
#include <corbel/orb.hpp>

#include "bank.idl.hpp"

// Objects that are one handler, called by generated proxies and by dynamic calls.
namespace corbel::dynamic {
namespace {

using namespace std::chrono_literals;

const Description& bank_description() {
  static const auto description = Description::parse_file(CORBEL_TEST_IDL);
  return description;
}

Results answer(const Request& request) {
  const auto& name = request.operation.name;
  const auto& values = request.arguments;
  if (name == "_get_name") return {Any("dynamic")};
  if (name == "interest") return {Any(0.5)};
  if (name == "grow") return {values[0]};
  if (name == "transfer") {
    const double amount = values[1].get<double>();
    return {Any(true), {Any(amount / 2), Any("receipt")}};
  }
  if (name == "withdraw") {
    if (values[0].get<double>() <= 100) return {Any(std::int32_t{7})};
    DynamicValue failure(bank_description().type("bank::InsufficientFunds"));
    failure.set("balance", 100);
    failure.set("what", "too much");
    throw UserFailure(failure.to_any());
  }
  if (name == "wait_for")
    throw UserFailure(DynamicValue(bank_description().type("bank::Closed")).to_any());
  if (name == "history") return {Any("not entries")};
  throw NoPermission(name);
}

struct Case {
  const char* name;
  DispatchPolicy policy;
  bool collocated;
};

class DynamicServant : public ::testing::TestWithParam<Case> {
 protected:
  DynamicServant()
      : client_(OrbOptions{.collocation = GetParam().collocated}), far_(OrbOptions{}) {}

  Object serve(const Interface& interface, Handler handler) {
    Orb& server = GetParam().collocated ? client_ : far_;
    auto adapter = server.create_adapter("dynamic", {.dispatch = GetParam().policy});
    const auto served = adapter.activate<AnyObject>(make_servant(interface, std::move(handler)));
    adapter.activate_requests();
    return client_.object(to_string(served));
  }
  bank::Savings savings() {
    return bank::Savings(serve(bank_description().interface("bank::Savings"), answer));
  }

  Orb client_;
  Orb far_;
};

INSTANTIATE_TEST_SUITE_P(
    , DynamicServant,
    ::testing::Values(Case{"ThreadPerConnection", ThreadPerConnection{}, false},
                      Case{"ThreadPerRequest", ThreadPerRequest{}, false},
                      Case{"ThreadPerObject", ThreadPerObject{}, false},
                      Case{"Pool", Pool{2}, false}, Case{"EventLoop", EventLoop{}, false},
                      Case{"CollocatedThreadPerConnection", ThreadPerConnection{}, true},
                      Case{"CollocatedThreadPerObject", ThreadPerObject{}, true},
                      Case{"CollocatedPool", Pool{2}, true}),
    [](const auto& each) { return each.param.name; });

TEST_P(DynamicServant, AnswersGeneratedProxies) {
  const auto object = savings();

  EXPECT_EQ(object.name(), "dynamic");
  EXPECT_EQ(object.interest(), 0.5);
  EXPECT_EQ(object.withdraw(10), 7) << "converted from long";
  double amount = 8;
  std::string receipt;
  EXPECT_TRUE(object.transfer(nullptr, amount, receipt));
  EXPECT_EQ(amount, 4);
  EXPECT_EQ(receipt, "receipt");
  const bank::Node tree{1, {{2, {}}, {3, {}}}};
  EXPECT_EQ(object.grow(tree), tree);
  EXPECT_EQ(object.async_grow(tree).get(), tree);
}

TEST_P(DynamicServant, RaisesItsExceptions) {
  const auto object = savings();

  try {
    object.withdraw(1000);
    FAIL();
  } catch (const bank::InsufficientFunds& failure) {
    EXPECT_EQ(failure, bank::InsufficientFunds(100, "too much"));
  }
  EXPECT_THROW(object.wait_for(0), Unknown) << "Closed is not in its raises clause";
  EXPECT_THROW(object.label(), NoPermission);
  try {
    Any summary;
    object.history(1, summary);
    FAIL();
  } catch (const BadParam& failure) {
    EXPECT_NE(
        std::string(failure.what())
            .find("the handler of bank::Account::history: result: expected typedef bank::Entries"),
        std::string::npos)
        << failure.what();
  }
}

TEST_P(DynamicServant, KnowsWhatItIs) {
  const auto object = savings();
  const Object plain = client_.object(ObjectRef("", reference(object).profiles()));

  EXPECT_EQ(reference(object).type_id(), "IDL:bank/Savings:1.0");
  EXPECT_FALSE(is_nil(narrow<bank::Named>(plain)));
  EXPECT_TRUE(is_a(plain, "IDL:bank/Account:1.0"));
  EXPECT_FALSE(is_a(plain, "IDL:bank/Other:1.0"));
  EXPECT_FALSE(non_existent(plain));
  EXPECT_THROW(call(plain, Operation{"nonsense"}), BadOperation);
}

TEST_P(DynamicServant, CarriesEveryKindOfType) {
  const auto description = Description::parse(R"(
    #include <orb.idl>
    enum Color { red, green };
    union U switch (Color) { case red: long a; default: wstring b; };
    valuetype Node { public string label; public Node next; public Node other; };
    valuetype Box sequence<octet>;
    struct All { U choice; fixed<9, 3> price; long double exact; any inside; Node first; Node second;
                 Box held; CORBA::TypeCode what; Object self; long grid[2][2]; };
    interface Mirror { All show(in All value, inout Node first, out Node second); };)");
  const Object echo = serve(description.interface("Mirror"), [](const Request& request) {
    return Results{request.arguments[0], {request.arguments[1], request.arguments[1]}, {}};
  });
  DynamicValue ring = DynamicValue::new_value(description.type("Node"));
  ring.set("label", "ring");
  ring.set("next", ring);
  DynamicValue all(description.type("All"));
  all.set("choice.b", "\u20ac wide");
  all.set("price", "-123.456");
  all.set("exact", 0.1);
  all.set("inside", ring);
  all.set("first", ring);
  all.set("second", ring);
  all.set("what", DynamicValue::of(description.type("All")));
  all.set("self", DynamicValue(Any(echo)));
  all.set("grid[1][1]", 4);

  const auto results =
      call(echo, description.interface("Mirror"), "show", {all.to_any(), ring.to_any()});

  const DynamicValue back(results.value());
  EXPECT_EQ(back, all) << back;
  EXPECT_TRUE(back["first"].is_same_value(back["second"]));
  EXPECT_TRUE(back.at("first.next").is_same_value(back["first"]));
  EXPECT_EQ(results.out.size(), 2u);
  EXPECT_EQ(DynamicValue(results.out[1])["label"].to_text(), "ring");
  EXPECT_EQ(back["self"].get<Object>(), echo);
}

}  // namespace
}  // namespace corbel::dynamic
