#pragma once

#include "types_checks.hpp"
#include "values_omni_values.hpp"

#include <stdexcept>
#include <string>

/// omniORB's client: its checks, and the peer that they call.
class Client {
 public:
  explicit Client(vals::Values_ptr the_peer) : peer(the_peer) {}

  template <class Check>
  void run(const std::string& name, const Check& check) {
    checks.run(name, [&] {
      try {
        check();
      } catch (const CORBA::SystemException& error) {
        throw std::runtime_error(std::string(error._name()) + " minor " +
                                 std::to_string(error.minor()));
      } catch (const CORBA::Exception& error) {
        throw std::runtime_error(error._name());
      }
    });
  }

  vals::Values_ptr peer;
  Checks checks;
};

/// Holds what it is given.
inline vals::Node* node(CORBA::Long id, const std::string& text, vals::Node* left = nullptr,
                        vals::Node* right = nullptr) {
  vals::Node* made = new OBV_vals::Node;
  made->id(id);
  made->text(text.c_str());
  made->left(left);
  made->right(right);
  return made;
}

template <class Value>
Value* based(const char* name) {
  Value* made = new Value;
  made->name(name);
  return made;
}

void check_anys(Client& client);
void check_exceptions(Client& client);
void check_abstract(Client& client);
