#pragma once

#include <string>
#include <vector>

#include "idl/compiler/emit/emit.hpp"

namespace corbel::idl {

/// Writes all files into `directory`, which is created if need be: first everything under temporary
/// names, then each file takes its name in one step. A file that already has the wanted content is
/// left alone, so that nothing is rebuilt without need. On failure removes what it wrote, and
/// `problem` says why.
bool write_files(const std::string& directory, const std::vector<OutputFile>& files,
                 std::string& problem);

}  // namespace corbel::idl
