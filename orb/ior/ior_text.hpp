#pragma once

#include <corbel/reference.hpp>

#include <string>
#include <string_view>

namespace corbel::ior {

/// Reads "IOR:" and hexadecimal digits. Both cases of letters, white space around the text.
/// Throws BadParam saying what is wrong and where.
ObjectRef parse_ior_text(std::string_view text);

std::string to_ior_text(const ObjectRef& ref);

}  // namespace corbel::ior
