#pragma once

#include "event-service/service.hpp"

#include <corbel/orb.hpp>

#include <optional>
#include <string>

namespace corbel::event_service {

/// What corbel-events was asked for.
struct CommandLine {
  OrbOptions orb;
  ServiceOptions service;
  std::string ior_file;
};

/// Reads the command line. Nothing when the program is to end now (--help, --version, a mistake,
/// which has been told); then `exit_status` says how.
std::optional<CommandLine> parse_command_line(int argc, char** argv, int& exit_status);

}  // namespace corbel::event_service
