#include <gtest/gtest.h>

#include <orb/ior/code_sets.hpp>

namespace corbel::ior {
namespace {

using cdr::CodeSet;

constexpr auto kAscii = static_cast<CodeSet>(0x00010020);
constexpr auto kLatin9 = static_cast<CodeSet>(0x0001000f);
constexpr auto kUnregistered = static_cast<CodeSet>(0xdead0001);

CodeSet chosen_chars(const CodeSetComponent& server) {
  const auto chosen = negotiate_code_sets({server, {CodeSet::utf16, {}}});
  return chosen ? chosen->chars : CodeSet::none;
}

TEST(CodeSets, EqualNativeSetsNeedNoConversion) {
  EXPECT_EQ(negotiate_code_sets(own_code_sets()),
            (TransmissionCodeSets{CodeSet::utf8, CodeSet::utf16}));
}

TEST(CodeSets, TheClientConvertsToTheServersNativeSetIfItCan) {
  EXPECT_EQ(chosen_chars({CodeSet::iso8859_1, {CodeSet::utf8}}), CodeSet::iso8859_1);
}

TEST(CodeSets, TheServerConvertsWhenOnlyItCan) {
  EXPECT_EQ(chosen_chars({kLatin9, {kAscii, CodeSet::utf8}}), CodeSet::utf8);
}

TEST(CodeSets, BothConvertToASetInCommon) {
  EXPECT_EQ(chosen_chars({kLatin9, {kAscii, CodeSet::iso8859_1}}), CodeSet::iso8859_1);
}

TEST(CodeSets, CompatibleSetsFallBackToUnicode) {
  EXPECT_EQ(chosen_chars({kAscii, {}}), CodeSet::utf8);
  EXPECT_EQ(negotiate_code_sets({{CodeSet::utf8, {}}, {CodeSet::ucs2, {}}})->wchars,
            CodeSet::utf16);
}

TEST(CodeSets, UnknownSetsAreIncompatible) {
  EXPECT_FALSE(negotiate_code_sets({{kUnregistered, {}}, {CodeSet::utf16, {}}}));
  EXPECT_FALSE(negotiate_code_sets({{CodeSet::utf8, {}}, {kUnregistered, {}}}));
}

TEST(CodeSets, AServerWithoutWideSetGetsNone) {
  EXPECT_EQ(negotiate_code_sets({{CodeSet::utf8, {}}, {}}),
            (TransmissionCodeSets{CodeSet::utf8, CodeSet::none}));
}

TEST(CodeSets, OnlyWhatWeCanConvertMayBeTransmitted) {
  EXPECT_TRUE(can_transmit({}));
  EXPECT_TRUE(can_transmit({CodeSet::utf8, CodeSet::utf16}));
  EXPECT_FALSE(can_transmit({kLatin9, CodeSet::utf16}));
  EXPECT_FALSE(can_transmit({CodeSet::utf8, CodeSet::utf8}));
}

TEST(CodeSets, PrintTheirNamesAndNumbers) {
  EXPECT_EQ(to_string(CodeSet::utf8), "UTF-8 (0x05010001)");
  EXPECT_EQ(to_string(kAscii), "0x00010020");
}

}  // namespace
}  // namespace corbel::ior
