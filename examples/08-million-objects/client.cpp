// Pays into accounts of a million; usage: accounts-client REFERENCE
#include <corbel/orb.hpp>

#include <accounts.idl.hpp>

#include <iostream>

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  const auto bank = orb.object<accounts::Bank>(argv[1]);

  for (int number = 0; number < 1'000'000; number += 1'000) bank.open(number).deposit(number);
  std::cout << "account 999000 holds " << bank.open(999'000).balance() << " cents\n"
            << "account 999001 holds " << bank.open(999'001).balance() << " cents\n";
  try {
    bank.open(1'000'000);
  } catch (const accounts::NoSuchAccount& error) {
    std::cout << "there is no account " << error.number << '\n';
  }
} catch (const std::exception& error) {
  std::cerr << "accounts-client: " << error.what() << '\n';
  return 1;
}
