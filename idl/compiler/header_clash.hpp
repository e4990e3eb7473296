#pragma once

#include <string>
#include <vector>

#include "idl/compiler/ast/checked_file.hpp"

namespace corbel::idl {

/// An #include of a file whose generated header has the name of another one.
struct HeaderClash {
  Location where;
  std::string message;
};

/// Generated headers include each other by their file's name without its folder. Tells for which
/// includes of the main file that name would mean two headers.
std::vector<HeaderClash> header_clashes(const CheckedFile& checked);

}  // namespace corbel::idl
