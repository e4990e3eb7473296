#pragma once

#include "naming-service/naming_service.hpp"

#include <corbel/orb.hpp>

#include <filesystem>
#include <variant>

namespace corbel::naming_service {

/// What the command line of corbel-naming asks for.
struct CommandLine {
  OrbOptions orb{};
  NamingServiceOptions service{};
  std::filesystem::path ior_file{};  ///< empty: none
};

/// The options, or the exit status after --help, --version or a mistake, which is printed.
std::variant<CommandLine, int> read_command_line(int argc, char** argv);

}  // namespace corbel::naming_service
