#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace corbel::facade {

/// The timestamp of a persistent adapter: read from the data directory, or made and kept there
/// (written to a temporary file, synchronised and renamed) the first time.
/// Throws Initialize when the directory cannot be used or the file makes no sense.
std::uint64_t persistent_timestamp(const std::filesystem::path& directory,
                                   const std::string& adapter, std::uint64_t now);

}  // namespace corbel::facade
