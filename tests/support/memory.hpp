#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CORBEL_TEST_SANITIZED_HEAP 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CORBEL_TEST_SANITIZED_HEAP 1
#endif

#ifdef CORBEL_TEST_SANITIZED_HEAP
#include <sanitizer/allocator_interface.h>
#else
#include <malloc.h>
#endif

namespace corbel::test {

/// Octets of the heap that are in use, without what a sanitizer holds back after free(). glibc also
/// counts what each thread keeps for reuse.
inline std::size_t heap_in_use() {
#ifdef CORBEL_TEST_SANITIZED_HEAP
  return __sanitizer_get_current_allocated_bytes();
#else
  const auto heap = ::mallinfo2();
  return heap.uordblks + heap.hblkhd;
#endif
}

}  // namespace corbel::test
