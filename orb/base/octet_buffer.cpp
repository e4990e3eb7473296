#include <orb/base/octet_buffer.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace corbel {

OctetBuffer::~OctetBuffer() { std::free(data_); }

void OctetBuffer::grow(std::size_t capacity) {
  if (capacity <= capacity_) return;
  void* bigger = std::realloc(data_, capacity);
  if (bigger == nullptr) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(bigger);
  capacity_ = capacity;
}

void OctetBuffer::append(std::span<const std::byte> octets) {
  if (octets.empty()) return;
  if (octets.size() > capacity_ - size_) grow(std::max(size_ + octets.size(), 2 * capacity_));
  std::memcpy(data_ + size_, octets.data(), octets.size());
  size_ += octets.size();
}

}  // namespace corbel
