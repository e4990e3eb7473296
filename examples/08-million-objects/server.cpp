// A million accounts, served by one servant: an account is its number in a table, nothing else.
#include <corbel/orb.hpp>

#include <accounts.idl.hpp>

#include <fstream>
#include <iostream>
#include <vector>

namespace {

constexpr int kAccounts = 1'000'000;

/// Which account is called stands in the call. No lock: under ThreadPerObject calls of one account
/// never overlap, and accounts share nothing.
class AccountServant final : public accounts::Account::Servant {
 public:
  std::int64_t deposit(std::int64_t cents) override { return called() += cents; }
  std::int64_t balance() override { return called(); }

 private:
  std::int64_t& called() {
    const corbel::ObjectId& id = corbel::CallContext::current().object_id();
    const auto number = std::strtoul(std::string(id.octets()).c_str(), nullptr, 10);
    if (number >= cents_.size()) throw corbel::ObjectNotExist("no account " + id.to_string());
    return cents_[number];
  }
  std::vector<std::int64_t> cents_ = std::vector<std::int64_t>(kAccounts);
};

class BankServant final : public accounts::Bank::Servant {
 public:
  explicit BankServant(corbel::Adapter adapter) : accounts_(std::move(adapter)) {}
  accounts::Account open(std::int32_t number) override {
    if (number < 0 || number >= kAccounts) throw accounts::NoSuchAccount(number);
    // The adapter remembers nothing of it.
    return accounts_.make_reference<accounts::Account>(corbel::ObjectId(std::to_string(number)));
  }

 private:
  corbel::Adapter accounts_;
};

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  orb.shutdown_on_signals();
  auto all = orb.create_adapter("accounts", {.dispatch = corbel::ThreadPerObject{}});
  all.set_default_servant(std::make_shared<AccountServant>());
  auto adapter = orb.create_adapter("bank");
  std::ofstream(argv[1]) << to_string(
      adapter.activate<accounts::Bank>(std::make_shared<BankServant>(all)));
  orb.run();
} catch (const std::exception& error) {
  std::cerr << "accounts-server: " << error.what() << '\n';
  return 1;
}
