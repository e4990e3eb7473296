#include <tests/unit/cdr/allocation_counter.hpp>

#include <cstdlib>
#include <new>

namespace {
thread_local std::size_t allocated = 0;
}  // namespace

namespace corbel::testing {
std::size_t allocated_octets() noexcept { return allocated; }
}  // namespace corbel::testing

// The program's own, so that every allocation counts.
void* operator new(std::size_t size) {
  allocated += size;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
