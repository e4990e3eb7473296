#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <corbel/exceptions.hpp>
#include <orb/ior/ior_text.hpp>
#include <orb/ior/reference_data.hpp>
#include <tests/support/wire_sample.hpp>

#include <algorithm>
#include <cctype>

namespace corbel::ior {
namespace {

using ::testing::HasSubstr;

std::string text_of(std::span<const std::byte> octets) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "IOR:";
  for (const std::byte octet : octets) {
    text.push_back(kDigits[std::to_integer<unsigned>(octet) >> 4]);
    text.push_back(kDigits[std::to_integer<unsigned>(octet) & 15]);
  }
  return text;
}

std::string complaint(const std::string& text) {
  try {
    ObjectRef::parse(text);
  } catch (const BadParam& exception) {
    return std::string(exception.message());
  }
  return "no complaint";
}

class EverySample : public ::testing::TestWithParam<const char*> {
 protected:
  std::string text() const { return text_of(corbel::testing::wire_sample(GetParam())); }
};
INSTANTIATE_TEST_SUITE_P(IorText, EverySample,
                         ::testing::Values("ior_10_big", "ior_10_little", "ior_11_big",
                                           "ior_11_little", "ior_12_big", "ior_12_little"));

TEST_P(EverySample, SaysWhereTheObjectIs) {
  const ObjectRef ref = ObjectRef::parse(text());

  EXPECT_FALSE(ref.is_nil());
  EXPECT_EQ(ref.type_id(), "IDL:bank/Account:1.0");
  EXPECT_EQ(ref.host(), "10.0.0.7");
  EXPECT_EQ(ref.port(), 40001);
  EXPECT_EQ(ref.object_key(), std::string_view("\0k\xff", 3));
  EXPECT_EQ(ref.timestamp(), 0u);
  EXPECT_TRUE(ref.object_id().empty());
}

TEST_P(EverySample, KeepsWhatItDoesNotUnderstand) {
  const ObjectRef ref = ObjectRef::parse(text());

  ASSERT_EQ(ref.profiles().size(), 2u);
  EXPECT_EQ(ref.profiles()[1].tag, kTagMultipleComponents);
  EXPECT_EQ(ObjectRef::parse(ref.to_string()).profiles(), ref.profiles());
}

TEST_P(EverySample, IsReadInBothCasesAndWithSpaceAround) {
  std::string upper = text();
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });

  EXPECT_EQ(ObjectRef::parse(" \t" + upper + "\r\n"), ObjectRef::parse(text()));
}

TEST_P(EverySample, IsRefusedWhenCutAnywhere) {
  const std::string whole = text();

  for (std::size_t size = 4; size < whole.size(); ++size) {
    EXPECT_THROW(ObjectRef::parse(whole.substr(0, size)), BadParam) << size;
  }
}

TEST(IorText, NamesTheCharacterThatIsNoDigit) {
  EXPECT_THAT(complaint("IOR:00x0"), HasSubstr("character 7 is \"x\""));
  EXPECT_THAT(complaint("IOR:00 0"), HasSubstr("character 7"));
}

TEST(IorText, NoticesThatADigitIsMissing) {
  EXPECT_THAT(complaint("IOR:000"), HasSubstr("3 hexadecimal digits, an even number"));
}

TEST(IorText, NeedsContent) {
  EXPECT_THAT(complaint("IOR:"), HasSubstr("nothing follows"));
  EXPECT_THAT(complaint(""), HasSubstr("begins with \"IOR:\""));
  EXPECT_THAT(complaint("http://x"), HasSubstr("this text is \"http://x\""));
}

TEST(IorText, RefusesWildLengths) {
  // A type id of 2^32-1 octets; 2^32-1 profiles; a profile of 2^31 octets.
  EXPECT_THROW(ObjectRef::parse("IOR:00000000ffffffff41"), BadParam);
  EXPECT_THROW(ObjectRef::parse("IOR:000000000000000100000000ffffffff"), BadParam);
  EXPECT_THROW(ObjectRef::parse("IOR:00000000000000010000000000000001000000008000000041"),
               BadParam);
}

TEST(IorText, RefusesAnUnknownByteOrder) {
  EXPECT_THROW(ObjectRef::parse("IOR:02000000000000010000000000000000"), BadParam);
}

TEST(IorText, TheNilReferenceHasNoProfiles) {
  EXPECT_TRUE(ObjectRef::parse("IOR:00000000000000010000000000000000").is_nil());
  EXPECT_TRUE(ObjectRef::parse("IOR:000000000000000000000000").is_nil());
  EXPECT_TRUE(ObjectRef::parse(ObjectRef().to_string()).is_nil());
}

}  // namespace
}  // namespace corbel::ior
