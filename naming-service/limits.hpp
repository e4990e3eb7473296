#pragma once

#include <chrono>
#include <cstddef>

namespace corbel::naming_service {

/// What clients together may make the service keep. Beyond it an operation answers NO_RESOURCES
/// (the service is full) or IMP_LIMIT (the one thing is too large), naming the limit, and changes
/// nothing.
struct TreeLimits {
  std::size_t contexts = 100'000;
  std::size_t bindings = 1'000'000;  ///< in all contexts together
  std::size_t bindings_per_context = 1'000'000;
  std::size_t octets = 512u << 20;            ///< texts and references of all bindings together
  std::size_t component_octets = 64u << 10;   ///< id and kind of one component
  std::size_t reference_octets = 256u << 10;  ///< one bound reference
};

/// Iterators hold a context's bindings as they were; clients often forget to destroy them.
struct IteratorLimits {
  std::size_t iterators = 1'000;     ///< one more ends the one unused for longest
  std::size_t bindings = 2'000'000;  ///< held by all iterators together; the same rule
  std::chrono::nanoseconds idle =
      std::chrono::minutes(5);  ///< unused for so long, an iterator ends
};

}  // namespace corbel::naming_service
