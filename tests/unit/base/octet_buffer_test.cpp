#include <orb/base/octet_buffer.hpp>

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace corbel {

namespace {

std::vector<std::byte> counted(std::size_t count) {
  std::vector<std::byte> octets(count);
  for (std::size_t i = 0; i < count; ++i) octets[i] = static_cast<std::byte>(i % 251);
  return octets;
}

}  // namespace

TEST(OctetBuffer, KeepsWhatWasAppendedHoweverOftenItGrows) {
  const auto octets = counted(3'000'000);
  const std::span<const std::byte> all(octets);
  OctetBuffer buffer;
  EXPECT_EQ(buffer, std::vector<std::byte>());
  unsigned growths = 0;
  for (std::size_t at = 0; at < all.size(); at += 1000) {
    const auto before = buffer.capacity();
    buffer.append(all.subspan(at, 1000));
    growths += buffer.capacity() != before;
  }
  EXPECT_EQ(buffer, octets);
  EXPECT_LE(growths, 13u);  // doubles
}

TEST(OctetBuffer, NeverShrinksAndMoves) {
  OctetBuffer buffer(100);
  buffer.grow(10);
  EXPECT_EQ(buffer.capacity(), 100u);
  buffer.append(counted(50));
  OctetBuffer other = std::move(buffer);
  EXPECT_EQ(other, counted(50));
  EXPECT_EQ(buffer.size(), 0u);  // NOLINT(bugprone-use-after-move): empty by contract
  buffer.append(counted(7));
  std::swap(buffer, other);
  EXPECT_EQ(buffer, counted(50));
  EXPECT_EQ(other, counted(7));
}

}  // namespace corbel
