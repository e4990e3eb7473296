#pragma once

#include <string_view>

namespace corbel::idl {

/// The keyword that `word` is, whatever its case, or an empty view. IDL reserves every way to
/// capitalise a keyword, but only one of them is the keyword.
/// These are the keywords of OMG IDL 3.x; what 4.2 adds (map, bitmask, int8, ...) stays usable as
/// a name, because existing files use such names.
std::string_view find_keyword(std::string_view word);

/// True for the keywords that came with components. Older files use them as names, in this and in
/// other spellings (`EventType`), which is tolerated.
bool is_component_keyword(std::string_view keyword);

}  // namespace corbel::idl
