#pragma once

#include "tests/interop/types_checks.hpp"

#include <corbel/orb.hpp>

#include <tango.idl.hpp>

#include <functional>
#include <string>

/// What the checks of the client use; device_server.py has what they expect.
struct TangoClient {
  corbel::Orb& orb;
  Tango::Device_5 device;
  Checks checks{};

  /// A check whose failure says what a DevFailed says.
  void run(const std::string& name, const std::function<void()>& check);
};

/// state, status, names, info, and what the device says of commands and attributes.
void check_descriptions(TangoClient& client);
/// command_inout with each type of argument and result.
void check_commands(TangoClient& client);
/// Attributes read and written, in versions 1 to 3 of the interface, with anys.
void check_attributes(TangoClient& client);
/// What versions 4 and 5 of the interface add: unions, pipes.
void check_version_5(TangoClient& client);
/// DevFailed and MultiDevFailed.
void check_failures(TangoClient& client);

/// The one error of that reason in `errors`; throws std::runtime_error if the first is another.
const Tango::DevError& expect_reason(const Tango::DevErrorList& errors, const std::string& reason);
