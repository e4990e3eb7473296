#pragma once

#include <corbel/reference.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace corbel::giop {

/// The data of a BI_DIR_IIOP service context (CORBA 3.3 part 2, 9.9.1): where the sender says that
/// its objects are, so that calls to them may come back over the connection which carries it.
std::vector<std::byte> encode_listen_points(std::span<const Endpoint> points);
/// The first `at_most` of them; nullopt means nonsense.
std::optional<std::vector<Endpoint>> decode_listen_points(std::span<const std::byte> data,
                                                          std::size_t at_most);

}  // namespace corbel::giop
