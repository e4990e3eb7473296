#include <gtest/gtest.h>
#include <orb/base/ids.hpp>

#include <set>

namespace corbel {
namespace {

TEST(RandomId, IsAVersionFourUuid) {
  const auto id = random_id();

  EXPECT_EQ(std::to_integer<int>(id[6]) >> 4, 4);
  EXPECT_EQ(std::to_integer<int>(id[8]) >> 6, 2);
}

TEST(RandomId, DoesNotRepeat) {
  std::set<std::array<std::byte, 16>> seen;

  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random_id()).second);
}

TEST(RandomId, PrintsAsUuidText) {
  std::array<std::byte, 16> id{};
  id[0] = std::byte{0x12};
  id[15] = std::byte{0xff};

  EXPECT_EQ(to_text(id), "12000000-0000-0000-0000-0000000000ff");
}

}  // namespace
}  // namespace corbel
