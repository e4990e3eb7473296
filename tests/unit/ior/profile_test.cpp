#include <gtest/gtest.h>

#include <orb/ior/encapsulation.hpp>
#include <orb/ior/profile.hpp>
#include <orb/ior/reference_data.hpp>
#include <tests/support/wire_sample.hpp>

namespace corbel::ior {
namespace {

using testing::wire_sample;

/// The first profile of a sample IOR.
std::vector<std::byte> sample_profile(std::string_view name) {
  const auto octets = wire_sample(name);
  auto decoder = open_encapsulation(octets);
  return read_ior(decoder)->profiles.at(0).data;
}

class EveryByteOrder : public ::testing::TestWithParam<const char*> {
 protected:
  std::string named(std::string_view name) const { return std::string(name) + "_" + GetParam(); }
};
INSTANTIATE_TEST_SUITE_P(Profile, EveryByteOrder, ::testing::Values("big", "little"));

TEST_P(EveryByteOrder, Version10HasAnAddressAndAKey) {
  const auto profile = parse_iiop_profile(sample_profile(named("ior_10")));

  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->version, (GiopVersion{1, 0}));
  EXPECT_EQ(profile->endpoint, (Endpoint{"10.0.0.7", 40001}));
  EXPECT_EQ(profile->object_key, std::string("\0k\xff", 3));
  EXPECT_TRUE(profile->components.empty());
  EXPECT_FALSE(profile->code_sets);
}

TEST_P(EveryByteOrder, Version11SaysMoreInComponents) {
  const auto profile = parse_iiop_profile(sample_profile(named("ior_11")));

  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->version, (GiopVersion{1, 1}));
  EXPECT_EQ(profile->components.size(), 3u);
  EXPECT_EQ(profile->orb_type, 0x41545400u);
  ASSERT_TRUE(profile->code_sets);
  EXPECT_EQ(profile->code_sets->chars,
            (CodeSetComponent{cdr::CodeSet::iso8859_1, {cdr::CodeSet::utf8}}));
  EXPECT_EQ(profile->code_sets->wchars, (CodeSetComponent{cdr::CodeSet::utf16, {}}));
}

TEST_P(EveryByteOrder, Version12HasAlternateAddresses) {
  const auto profile = parse_iiop_profile(sample_profile(named("ior_12")));

  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->version, (GiopVersion{1, 2}));
  EXPECT_EQ(profile->alternates, (std::vector<Endpoint>{{"backup.example.org", 40002}}));
  EXPECT_EQ(profile->components.at(3).tag, 0x12345678u);
}

TEST_P(EveryByteOrder, AProfileCutAnywhereIsNotUsed) {
  const auto octets = sample_profile(named("ior_12"));

  for (std::size_t size = 0; size < octets.size(); ++size) {
    const std::span cut = std::span(octets).first(size);
    const auto profile = parse_iiop_profile(cut);
    // Where the list of components would begin nothing may follow: some peers leave it out.
    if (profile) {
      EXPECT_TRUE(profile->components.empty()) << size;
      EXPECT_LT(size, 40u);
    }
    view_profile_key(cut);
  }
}

TEST_P(EveryByteOrder, OctetsAfterTheProfileAreIgnored) {
  for (const char* name : {"ior_10", "ior_11", "ior_12"}) {
    auto octets = sample_profile(named(name));
    octets.insert(octets.end(), 9, std::byte{0xee});

    EXPECT_TRUE(parse_iiop_profile(octets)) << name;
  }
}

TEST_P(EveryByteOrder, TheKeyIsFoundInPlace) {
  const auto octets = sample_profile(named("ior_12"));

  EXPECT_EQ(view_profile_key(octets), std::string_view("\0k\xff", 3));
}

TEST(Profile, WhatWeBuildParses) {
  for (std::uint8_t minor = 0; minor <= 2; ++minor) {
    IiopProfile built;
    built.version = {1, minor};
    built.endpoint = {"::1", 65535};
    built.object_key = "key";
    built.components = {make_orb_type(), make_code_sets(own_code_sets()),
                        make_alternate_address({"b", 2})};

    const TaggedProfile raw = build_iiop_profile(built);
    const auto parsed = parse_iiop_profile(raw.data);

    EXPECT_EQ(raw.tag, kTagInternetIop);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->version, built.version);
    EXPECT_EQ(parsed->endpoint, built.endpoint);
    EXPECT_EQ(parsed->object_key, "key");
    EXPECT_EQ(parsed->components.size(), minor == 0 ? 0u : 3u);
    if (minor != 0) {
      EXPECT_EQ(parsed->code_sets, own_code_sets());
    }
  }
}

TEST(Profile, HigherMinorVersionsAreReadAs12) {
  IiopProfile built;
  built.version = {1, 7};
  built.endpoint = {"h", 1};

  const auto parsed = parse_iiop_profile(build_iiop_profile(built).data);

  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->version, (GiopVersion{1, 2}));
}

TEST(Profile, NonsenseIsNotUsed) {
  const auto parses = [](GiopVersion version, const char* host, std::uint16_t port) {
    IiopProfile built;
    built.version = version;
    built.endpoint = {host, port};
    return parse_iiop_profile(build_iiop_profile(built).data).has_value();
  };

  EXPECT_TRUE(parses({1, 2}, "host", 1));
  EXPECT_FALSE(parses({2, 0}, "host", 1));
  EXPECT_FALSE(parses({1, 2}, "", 1));
  EXPECT_FALSE(parses({1, 2}, "host", 0));
  EXPECT_FALSE(parses({1, 2}, "ho\nst", 1));
}

TEST(Profile, ABrokenComponentIsKeptButSaysNothing) {
  IiopProfile built;
  built.endpoint = {"h", 1};
  built.components = {{kTagCodeSets, {std::byte{1}}}, {kTagAlternateIiopAddress, {}}};

  const auto parsed = parse_iiop_profile(build_iiop_profile(built).data);

  ASSERT_TRUE(parsed);
  EXPECT_FALSE(parsed->code_sets);
  EXPECT_TRUE(parsed->alternates.empty());
  EXPECT_EQ(parsed->components, built.components);
}

TEST(Profile, APortOnlyForTlsIsKnown) {
  auto ssl = make_encapsulation();
  for (const std::uint16_t value :
       {std::uint16_t{0x66}, std::uint16_t{0x46}, std::uint16_t{4433}}) {
    ssl.write(value);
  }
  IiopProfile built;
  built.endpoint = {"h", 0};
  built.components = {{kTagSslSecTrans, ssl.copy()}};

  const auto parsed = parse_iiop_profile(build_iiop_profile(built).data);

  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->ssl, (SslComponent{0x66, 0x46, 4433}));
}

TEST(Profile, AWildNumberOfComponentsAllocatesNothing) {
  IiopProfile built;
  built.endpoint = {"h", 1};
  auto octets = build_iiop_profile(built).data;
  for (std::size_t i = 1; i <= 4; ++i) octets[octets.size() - i] = std::byte{0xff};

  EXPECT_FALSE(parse_iiop_profile(octets));
}

}  // namespace
}  // namespace corbel::ior
