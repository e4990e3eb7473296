#pragma once

#include "types_checks.hpp"

#include <types.hh>

#include <string>

/// What types_corbel_checks.hpp has for Corbel's client.
struct OmniClient {
  CORBA::ORB_ptr orb;
  interop::Types_ptr types;
  interop::Callback_ptr callback;  ///< the client's own object
  std::string version;             ///< GIOP version
  bool utf8;                       ///< the native code set; else it is Latin-1
  Checks checks{};

  /// Runs a check and tells CORBA's exceptions, which are no std::exception.
  template <class Check>
  void run(const std::string& name, const Check& check) {
    checks.run(name, [&] {
      try {
        check();
      } catch (const CORBA::SystemException& error) {
        throw std::runtime_error(std::string(error._name()) + " minor " +
                                 std::to_string(error.minor()) + " " + error.NP_minorString());
      } catch (const CORBA::Exception& error) {
        throw std::runtime_error(error._name());
      }
    });
  }
};

void check_values(OmniClient& client);
void check_texts(OmniClient& client);
void check_calls(OmniClient& client);
void check_failures(OmniClient& client);
void check_large_values(OmniClient& client);
/// The server closes idle connections.
void check_idle(OmniClient& client);
