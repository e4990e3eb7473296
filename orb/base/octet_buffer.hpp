#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace corbel {

/// Octets on the heap that are not written before they are used, and that grow without being copied
/// where the system can move their pages (large ones).
class OctetBuffer {
 public:
  OctetBuffer() = default;
  /// Throws std::bad_alloc, as all that allocates here.
  explicit OctetBuffer(std::size_t capacity) { grow(capacity); }
  OctetBuffer(OctetBuffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  OctetBuffer& operator=(OctetBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  ~OctetBuffer();

  std::byte* data() noexcept { return data_; }
  const std::byte* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  operator std::span<const std::byte>() const noexcept { return {data_, size_}; }
  friend bool operator==(const OctetBuffer& left, std::span<const std::byte> right) noexcept {
    return std::ranges::equal(std::span<const std::byte>(left), right);
  }

  /// To `capacity` or more.
  void grow(std::size_t capacity);
  /// Capacity doubles: n octets that come one by one are moved n times at most.
  void append(std::span<const std::byte> octets);

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace corbel
