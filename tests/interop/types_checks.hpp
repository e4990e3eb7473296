#pragma once

#include <exception>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>

/// Runs named checks and prints one line for each: what both clients, Corbel's and omniORB's,
/// share. They have the same checks under the same names; the test's script compares the lists.
class Checks {
 public:
  void run(const std::string& name, const std::function<void()>& check) {
    try {
      check();
      std::cout << "ok " << name << std::endl;
    } catch (const std::exception& error) {
      ++failures_;
      std::cout << "FAILED " << name << ": " << error.what() << std::endl;
    }
  }
  void skip(const std::string& name, const std::string& reason) {
    std::cout << "skipped " << name << ": " << reason << std::endl;
  }
  bool passed() const { return failures_ == 0; }

 private:
  int failures_ = 0;
};

inline void expect(bool condition, const std::string& what) {
  if (!condition) throw std::runtime_error("not true: " + what);
}

template <class Exception, class Call>
Exception expect_raise(const Call& call, const std::string& what) {
  try {
    call();
  } catch (const Exception& raised) {
    return raised;
  }
  throw std::runtime_error(what + " was not raised");
}
