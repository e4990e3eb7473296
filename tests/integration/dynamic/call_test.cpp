#include <gtest/gtest.h>
#include <corbel/dynamic.hpp>
#include <corbel/dynamic_value.hpp>
#include <corbel/orb.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "bank.idl.hpp"

// Calls without generated code to servants that have it.
namespace corbel::dynamic {
namespace {

using namespace std::chrono_literals;

class BankAccount final : public bank::Account::Servant {
 public:
  std::string name() override { return "alice"; }
  std::string label() override { return label_; }
  void label(std::string_view value) override { label_ = value; }
  double withdraw(double amount) override {
    if (amount < 0) throw bank::Closed();
    // Asynchronous calls within the process overlap.
    const std::lock_guard lock(mutex_);
    if (amount > balance_) throw bank::InsufficientFunds(balance_, "too much");
    return balance_ -= amount;
  }
  bool transfer(const bank::Account& to, double& amount, std::string& receipt) override {
    amount /= 2;
    receipt = is_nil(to) ? "nobody" : "to " + to.name();
    return !is_nil(to);
  }
  bank::Entries history(std::uint32_t most, Any& summary) override {
    summary = Any(std::int32_t{7});
    return bank::Entries(most, bank::Entry{"x", 1.5, bank::Currency::USD});
  }
  bank::Node grow(const bank::Node& tree) override {
    bank::Node grown = tree;
    grown.children.push_back(tree);
    return grown;
  }
  void hint(std::string_view text) override {
    std::lock_guard lock(mutex_);
    hint_ = text;
    hinted_.notify_all();
  }
  void wait_for(std::uint32_t milliseconds) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  }
  void fail(std::string_view text) override { throw NoPermission(std::string(text)); }

  std::string wait_for_hint() {
    std::unique_lock lock(mutex_);
    hinted_.wait_for(lock, 30s, [&] { return !hint_.empty(); });
    return hint_;
  }

 private:
  double balance_ = 100;
  std::string label_;
  std::mutex mutex_;
  std::condition_variable hinted_;
  std::string hint_;
};

class DynamicCall : public ::testing::TestWithParam<bool> {
 protected:
  DynamicCall() : client_(OrbOptions{.collocation = GetParam()}), far_(OrbOptions{}) {
    // Collocated: the client's own Orb serves.
    Orb& server = GetParam() ? client_ : far_;
    auto adapter = server.create_adapter("bank");
    servant_ = std::make_shared<BankAccount>();
    const auto served = adapter.activate<bank::Account>(servant_);
    adapter.activate_requests();
    account_ = client_.object(to_string(served));
  }

  std::string refused(const std::string& operation, const std::vector<Any>& values) {
    try {
      call(account_, interface(), operation, values);
    } catch (const SystemException& failure) {
      return failure.what();
    }
    return "accepted";
  }
  static const Interface& interface() {
    static const auto description = Description::parse_file(CORBEL_TEST_IDL);
    return description.interface("bank::Account");
  }

  Orb client_;
  Orb far_;
  std::shared_ptr<BankAccount> servant_;
  Object account_;
};

INSTANTIATE_TEST_SUITE_P(, DynamicCall, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "Collocated" : "Remote"; });

TEST_P(DynamicCall, GivesResultsAndOutParameters) {
  const auto withdrawn = call(account_, interface(), "withdraw", arguments(10.0));
  const auto moved = call(account_, interface(), "transfer", arguments(account_, 8.0));
  const auto history = call(account_, interface(), "history", arguments(std::uint32_t{2}));

  EXPECT_EQ(withdrawn.value().get<double>(), 90);
  EXPECT_TRUE(withdrawn.out.empty());
  EXPECT_TRUE(moved.result.get<bool>());
  ASSERT_EQ(moved.out.size(), 2u);
  EXPECT_EQ(moved.out[0].get<double>(), 4);
  EXPECT_EQ(moved.out[1].get<std::string>(), "to alice");
  EXPECT_EQ(history.result.get<bank::Entries>(),
            bank::Entries(2, bank::Entry{"x", 1.5, bank::Currency::USD}));
  EXPECT_EQ(history.out[0].get<Any>().get<std::int32_t>(), 7);
  EXPECT_EQ(to_string(history.result),
            "[{text: \"x\", amount: 1.5, unit: USD}, {text: \"x\", amount: 1.5, unit: USD}]");
}

TEST_P(DynamicCall, ReadsAndWritesAttributes) {
  call(account_, interface(), "_set_label", arguments("savings"));

  EXPECT_EQ(call(account_, interface(), "_get_label").value().get<std::string>(), "savings");
  EXPECT_EQ(call(account_, interface(), "_get_name").value().get<std::string>(), "alice");
}

TEST_P(DynamicCall, ConvertsArgumentsThatFit) {
  EXPECT_EQ(call(account_, interface(), "withdraw", arguments(std::int32_t{10})).value(),
            Any(90.0));
  const auto tree = DynamicValue(*Description::parse_file(CORBEL_TEST_IDL).find_type("bank::Node"));
  const auto grown = call(account_, interface(), "grow", {tree.to_any()});
  EXPECT_EQ(DynamicValue(grown.result)["children"].size(), 1u);
}

TEST_P(DynamicCall, GivesUserExceptionsAsValues) {
  const auto results = call(account_, interface(), "withdraw", arguments(1000.0));

  ASSERT_TRUE(results.exception.has_value());
  EXPECT_EQ(results.exception_id(), "IDL:bank/InsufficientFunds:1.0");
  EXPECT_EQ(DynamicValue(*results.exception)["balance"].to_double(), 100);
  EXPECT_EQ(to_string(*results.exception),
            "bank::InsufficientFunds{balance: 100, what: \"too much\"}");
  EXPECT_EQ(results.exception->get<bank::InsufficientFunds>(),
            bank::InsufficientFunds(100, "too much"));
  EXPECT_EQ(call(account_, interface(), "withdraw", arguments(-1.0)).exception_id(),
            "IDL:bank/Closed:1.0");
  try {
    static_cast<void>(results.value());
    FAIL();
  } catch (const UserFailure& failure) {
    EXPECT_STREQ(failure.what(), "bank::InsufficientFunds");
    EXPECT_EQ(repository_id(failure), "IDL:bank/InsufficientFunds:1.0");
    EXPECT_EQ(failure.value(), *results.exception);
    EXPECT_EQ(to_string(failure), to_string(*results.exception));
  }
}

TEST_P(DynamicCall, ThrowsSystemExceptions) {
  EXPECT_THROW(call(account_, interface(), "fail", arguments("no")), NoPermission);
  EXPECT_THROW(call(Object(), interface(), "_get_name"), InvObjref);
}

TEST_P(DynamicCall, RefusesWrongArgumentsBeforeAnythingIsSent) {
  const auto sent = client_.statistics().requests_sent;

  EXPECT_EQ(refused("withdraw", {}),
            "BAD_PARAM: bank::Account::withdraw takes 1 argument (amount), got 0");
  EXPECT_EQ(refused("transfer", arguments(1.0)),
            "BAD_PARAM: bank::Account::transfer takes 2 arguments (to, amount), got 1");
  EXPECT_EQ(refused("_get_name", arguments(1.0)),
            "BAD_PARAM: bank::Named::_get_name takes 0 arguments, got 1");
  EXPECT_EQ(refused("withdraw", arguments("much")),
            "BAD_PARAM: bank::Account::withdraw: argument 1 (amount): expected double, got string "
            "\"much\"");
  EXPECT_EQ(refused("deposit", {}),
            "BAD_OPERATION: no operation deposit in bank::Account; it has _get_label, _get_name, "
            "_set_label, fail, grow, hint, history, transfer, wait_for, withdraw");
  EXPECT_EQ(client_.statistics().requests_sent, sent);
}

TEST_P(DynamicCall, OnewayCallsReturnNothing) {
  const auto results = call(account_, interface(), "hint", arguments("now"));

  EXPECT_TRUE(results.value().empty());
  EXPECT_EQ(servant_->wait_for_hint(), "now");
}

TEST_P(DynamicCall, WorksAsynchronously) {
  auto good = async_call(account_, interface(), "withdraw", arguments(10.0));
  auto raised = async_call(account_, interface(), "withdraw", arguments(1000.0));
  auto failed = async_call(account_, interface(), "fail", arguments("no"));

  EXPECT_EQ(good.get().value(), Any(90.0));
  EXPECT_EQ(raised.get().exception_id(), "IDL:bank/InsufficientFunds:1.0");
  EXPECT_THROW(failed.get(), NoPermission);
  EXPECT_THROW(static_cast<void>(async_call(account_, interface(), "withdraw")), BadParam);
  EXPECT_THROW(static_cast<void>(async_call(account_, interface(), "hint", arguments("x"))),
               BadOperation);
}

TEST_P(DynamicCall, HonoursDeadlines) {
  const Object hasty = with(account_, {.deadline = 50ms});

  EXPECT_THROW(async_call(hasty, interface(), "wait_for", arguments(std::uint32_t{500})).get(),
               Timeout);
}

TEST_P(DynamicCall, NeedsNoIdlWhenTheCallerKnowsTheTypes) {
  const Operation withdraw{"withdraw",
                           TCKind::tk_double,
                           {{"amount", TCKind::tk_double}},
                           {Type<bank::InsufficientFunds>::type_code()}};

  EXPECT_EQ(call(account_, withdraw, arguments(10.0)).value(), Any(90.0));
  EXPECT_EQ(call(account_, withdraw, arguments(1000.0)).exception_id(),
            "IDL:bank/InsufficientFunds:1.0");
  EXPECT_THROW(call(account_, withdraw, arguments(-1.0)), Unknown) << "Closed is not declared";
  EXPECT_EQ(async_call(account_, withdraw, arguments(10.0)).get().value(), Any(80.0));
}

}  // namespace
}  // namespace corbel::dynamic
