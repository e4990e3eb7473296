#include <corbel/exceptions.hpp>

#include <orb/invocation/encoded_arguments.hpp>

#include <gtest/gtest.h>

#include <string>

namespace corbel::invocation {

using cdr::CodeSet;

namespace {

constexpr cdr::Encoding kOurs{};
constexpr cdr::Encoding kPlain{cdr::kNativeOrder, kGiop1_0, CodeSet::iso8859_1, CodeSet::none};
constexpr ior::TransmissionCodeSets kUnicode{CodeSet::utf8, CodeSet::utf16};
constexpr ior::TransmissionCodeSets kLatin1{};

/// Encodes for the first of these encodings, and counts how often.
struct Arguments {
  template <class Write>
  Arguments(const cdr::Encoding& encoding, const Write& write) {
    const auto counted = [&](cdr::Encoder& encoder) {
      ++times;
      write(encoder);
    };
    encoded.encode(counted, encoding);
    encoded.try_encode(counted, kOurs);
    encoded.try_encode(counted, kPlain);
  }
  /// The octets for a server; "none" where they would have to be encoded anew.
  std::string octets_for(GiopVersion version, const ior::TransmissionCodeSets& sets) const {
    const auto* form = encoded.find(version, sets);
    if (form == nullptr) return "none";
    const auto octets = form->octets();
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
  }

  EncodedArguments encoded;
  int times = 0;
};

template <class Write>
std::string octets_of(const cdr::Encoding& encoding, const Write& write) {
  cdr::Encoder encoder(encoding);
  write(encoder);
  const auto octets = encoder.octets();
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

}  // namespace

TEST(EncodedArguments, WithoutTextAreEncodedOnceForAllServers) {
  const auto write = [](cdr::Encoder& encoder) {
    encoder.write(std::int32_t{1});
    encoder.write_string("plain");
  };
  const Arguments arguments(kOurs, write);

  EXPECT_EQ(arguments.times, 1);
  for (const auto version : {kGiop1_0, kGiop1_1, kGiop1_2}) {
    EXPECT_EQ(arguments.octets_for(version, kUnicode), octets_of(kOurs, write));
    EXPECT_EQ(arguments.octets_for(version, kLatin1), octets_of(kOurs, write));
  }
}

TEST(EncodedArguments, OctetsThatAreNoTextSuitAllServers) {
  for (const std::size_t size : {10U, 5000U, 100'000U}) {
    const std::vector<std::uint8_t> octets(size, 0xe9);
    const Arguments arguments(kOurs, [&](cdr::Encoder& encoder) {
      encoder.write_sequence(std::span(octets));
      encoder.write(-1.5);
    });

    EXPECT_EQ(arguments.times, 2) << "it may have been text";
    EXPECT_EQ(arguments.octets_for(kGiop1_0, kLatin1), arguments.octets_for(kGiop1_2, kUnicode));
  }
}

TEST(EncodedArguments, TextThatCodeSetsWriteOtherwiseHasAFormForEach) {
  const std::string large(20'000, 'x');
  for (const auto& text : {std::string("Z\xc3\xbcrich"), "Z\xc3\xbcrich" + large}) {
    // Padding hides the octet that is missing.
    const auto write = [&](cdr::Encoder& encoder) {
      encoder.write_string(text);
      encoder.write(std::int64_t{-1});
    };
    for (const auto& first : {kOurs, kPlain}) {
      const Arguments arguments(first, write);

      EXPECT_EQ(arguments.octets_for(kGiop1_2, kUnicode), octets_of(kOurs, write));
      EXPECT_EQ(arguments.octets_for(kGiop1_0, kUnicode), octets_of(kOurs, write));
      EXPECT_EQ(arguments.octets_for(kGiop1_1, kLatin1), octets_of(kPlain, write));
    }
  }
}

TEST(EncodedArguments, TextThatACodeSetLacksHasNoFormForIt) {
  const Arguments arguments(
      kOurs, [](cdr::Encoder& encoder) { encoder.write_string("\xe6\x9d\xb1\xe4\xba\xac"); });

  EXPECT_NE(arguments.octets_for(kGiop1_0, kUnicode), "none");
  EXPECT_EQ(arguments.octets_for(kGiop1_0, kLatin1), "none");
}

TEST(EncodedArguments, WideTextIsForItsVersionOnly) {
  const auto write = [](cdr::Encoder& encoder) { encoder.write_wstring(u"wide"); };
  const Arguments arguments(kOurs, write);

  EXPECT_EQ(arguments.octets_for(kGiop1_2, kUnicode), octets_of(kOurs, write));
  EXPECT_EQ(arguments.octets_for(kGiop1_1, kUnicode), "none");
  EXPECT_EQ(arguments.octets_for(kGiop1_0, kLatin1), "none");
  EXPECT_EQ(arguments.octets_for(kGiop1_2, kLatin1), "none");
}

TEST(EncodedArguments, ThatAreWrongAreTheCallersFault) {
  EncodedArguments arguments;
  const auto wide = [](cdr::Encoder& encoder) { encoder.write_wstring(u"wide"); };
  const auto broken = [](cdr::Encoder& encoder) { encoder.write_string("\xff"); };

  EXPECT_THROW(arguments.encode(wide, kPlain), SystemException);
  EXPECT_THROW(arguments.encode(broken, kOurs), DataConversion);
}

TEST(EncodedArguments, ForOneServerAreEncodedAsTheyAre) {
  EncodedArguments arguments;
  int times = 0;
  const auto write = [&](cdr::Encoder& encoder) {
    ++times;
    EXPECT_EQ(encoder.encoding(), kOurs) << "anys are copied then";
    encoder.write_string("plain");
  };

  arguments.encode(write, kOurs, EncodedArguments::Aim::one);

  EXPECT_EQ(times, 1);
  EXPECT_NE(arguments.find(kGiop1_2, kUnicode), nullptr);
  EXPECT_EQ(arguments.find(kGiop1_0, kLatin1), nullptr);
}

TEST(EncodedArguments, ThereMayBeNone) {
  const Arguments arguments(kOurs, [](cdr::Encoder&) {});

  EXPECT_EQ(arguments.octets_for(kGiop1_0, kLatin1), "");
}

}  // namespace corbel::invocation
