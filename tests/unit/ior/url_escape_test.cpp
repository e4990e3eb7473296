#include <gtest/gtest.h>

#include <orb/ior/url_escape.hpp>

namespace corbel::ior {
namespace {

TEST(UrlEscape, LeavesWhatTheSpecificationAllowsBare) {
  const std::string bare = "azAZ09;/:?@&=+$,-_.!~*'()";

  EXPECT_EQ(escape_url(bare), bare);
}

TEST(UrlEscape, EscapesAllElse) {
  EXPECT_EQ(escape_url(std::string("\0 %#\"<\xff", 7)), "%00%20%25%23%22%3c%ff");
}

TEST(UrlEscape, EveryOctetSurvives) {
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all.push_back(static_cast<char>(octet));
  std::size_t position = 0;

  EXPECT_EQ(unescape_url(escape_url(all), position), all);
}

TEST(UrlEscape, TakesDigitsOfBothCases) {
  std::size_t position = 0;

  EXPECT_EQ(unescape_url("%2f%2F", position), "//");
}

TEST(UrlEscape, SaysWhereAnEscapeIsBroken) {
  for (const char* broken : {"ab%", "ab%4", "ab%g0", "ab%0g", "ab%%20"}) {
    std::size_t position = 0;

    EXPECT_FALSE(unescape_url(broken, position)) << broken;
    EXPECT_EQ(position, 2u) << broken;
  }
}

}  // namespace
}  // namespace corbel::ior
