#pragma once

#include <corbel/orb.hpp>

#include <string_view>

namespace corbel::facade {

/// Takes the Orb's own options (--corbel-...) out of the command line and reads the environment
/// (CORBEL_INIT_REF, CORBEL_FRAGMENT_SIZE). The command line wins over the environment, both over
/// `options`. Throws BadParam naming a bad option.
OrbOptions read_options(int& argc, char** argv, OrbOptions options);

/// `size` itself; throws BadParam for one that is neither 0 nor at least 2048.
std::size_t checked_fragment_size(std::size_t size);

/// "NAME=REFERENCE", several separated by commas, into `options`. A comma inside corbaloc:
/// addresses begins no new entry, since no '=' follows it before the next comma. Throws BadParam.
void add_initial_references(std::string_view text, OrbOptions& options);

}  // namespace corbel::facade
