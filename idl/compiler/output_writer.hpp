#pragma once

#include <string>
#include <vector>

#include "idl/compiler/emit/emit.hpp"

namespace corbel::idl {

/// Writes all files, whose names are paths here; folders are created if need be. First everything
/// is written under temporary names, then each file takes its name in one step. A file that already
/// has the wanted content is left alone, so that nothing is rebuilt without need. On failure
/// removes what it made (a file that it has replaced already keeps the new content), and `problem`
/// says why.
bool write_files(const std::vector<OutputFile>& files, std::string& problem);

}  // namespace corbel::idl
