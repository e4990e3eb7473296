// Opens an account at "bank/main" and uses it.
#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <bank.idl.hpp>

#include <chrono>
#include <iostream>

using namespace std::chrono_literals;

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  const auto bank = orb.naming().resolve<bank::Branch>("bank/main");

  const bank::Account account = bank.open("alice", 100);
  account.deposit(20);
  std::cout << account.owner() << " has " << account.balance() << '\n';
  std::cout << "after a withdrawal: " << account.withdraw(70) << '\n';
  try {
    corbel::with(account, {.deadline = 2s}).withdraw(70);
  } catch (const bank::InsufficientFunds& refused) {
    std::cout << "refused, only " << refused.balance << " left\n";
  }

  // Both calls are on their way before the first answer is awaited.
  auto owner = account.async_owner();
  auto balance = account.async_balance();
  std::cout << owner.get() << " keeps " << balance.get() << '\n';

  try {
    bank.open("alice", 1);
  } catch (const bank::AlreadyOpen& refused) {
    std::cout << refused.owner << " has an account already\n";
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "bank-client: " << error.what() << '\n';
  return 1;
}
