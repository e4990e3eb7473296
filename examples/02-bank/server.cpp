// Serves bank::Branch, bound in the naming service as "bank/main".
#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <bank.idl.hpp>

#include <iostream>
#include <map>
#include <string>
#include <utility>

namespace {

/// No lock: under ThreadPerObject no two calls of one account overlap.
class AccountServant final : public bank::Account::Servant {
 public:
  AccountServant(std::string owner, double deposit) : owner_(std::move(owner)), balance_(deposit) {}

  std::string owner() override { return owner_; }
  double balance() override { return balance_; }
  void deposit(double amount) override { balance_ += amount; }
  double withdraw(double amount) override {
    if (amount > balance_) throw bank::InsufficientFunds(balance_);
    return balance_ -= amount;
  }

 private:
  std::string owner_;
  double balance_;
};

class BranchServant final : public bank::Branch::Servant {
 public:
  explicit BranchServant(corbel::Adapter adapter) : adapter_(std::move(adapter)) {}

  bank::Account open(std::string_view owner, double deposit) override {
    const auto [account, is_new] = accounts_.try_emplace(std::string(owner));
    if (!is_new) throw bank::AlreadyOpen(std::string(owner));
    account->second = adapter_.activate<bank::Account>(
        std::make_shared<AccountServant>(std::string(owner), deposit));
    return account->second;
  }

 private:
  corbel::Adapter adapter_;
  std::map<std::string, bank::Account> accounts_;
};

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  orb.shutdown_on_signals();
  auto adapter = orb.create_adapter("bank", {.dispatch = corbel::ThreadPerObject{}});
  adapter.activate_requests();
  orb.naming().rebind("bank/main",
                      adapter.activate<bank::Branch>(std::make_shared<BranchServant>(adapter)));
  std::cout << "the bank is open" << std::endl;
  orb.run();
  return 0;
} catch (const std::exception& error) {
  std::cerr << "bank-server: " << error.what() << '\n';
  return 1;
}
