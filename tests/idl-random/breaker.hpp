#pragma once

#include <string>

#include "tests/idl-random/chance.hpp"

namespace corbel::idl::random {

/// `text` with one change that may make it wrong: a name, number or keyword replaced by another, a
/// token or a statement lost, doubled or moved.
std::string broken(const std::string& text, Chance& chance);

}  // namespace corbel::idl::random
