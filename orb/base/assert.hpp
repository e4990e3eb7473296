#pragma once

#include <string_view>

namespace corbel::detail {

[[noreturn]] void assertion_failed(const char* file, int line, const char* condition,
                                   std::string_view message) noexcept;

}  // namespace corbel::detail

/// Ends the process when one of our own invariants is broken: going on would corrupt somebody's
/// data. Never for input from a peer or a user, however wrong it is. Checked in every build type.
#define CORBEL_ASSERT(condition, message)                                            \
  do {                                                                               \
    if (!(condition)) [[unlikely]] {                                                 \
      ::corbel::detail::assertion_failed(__FILE__, __LINE__, #condition, (message)); \
    }                                                                                \
  } while (false)
