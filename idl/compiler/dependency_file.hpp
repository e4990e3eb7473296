#pragma once

#include <set>
#include <string>
#include <vector>

#include "idl/compiler/emit/emit.hpp"

namespace corbel::idl {

/// What make and ninja read to know when the output must be made again: "outputs: inputs", all
/// paths absolute.
std::string dependency_rule(const std::string& directory, const std::vector<OutputFile>& output,
                            const std::set<std::string>& inputs);

}  // namespace corbel::idl
