#include <gtest/gtest.h>
#include <corbel/any.hpp>
#include <tests/unit/cdr/allocation_counter.hpp>
#include <tests/unit/cdr/random_value.hpp>

#include <algorithm>
#include <cstdlib>

namespace corbel {
namespace {

using cdr::ByteOrder;
using cdr::CodeSet;
using cdr::Decoder;
using cdr::Encoder;
using cdr::Encoding;
using testing::RandomValue;

Encoding encoding_of(std::uint64_t seed) {
  Encoding encoding;
  encoding.order = seed % 2 == 0 ? ByteOrder::big : ByteOrder::little;
  encoding.version.minor = static_cast<std::uint8_t>((seed / 2) % 3);
  encoding.chars = (seed / 6) % 2 == 0 ? CodeSet::utf8 : CodeSet::iso8859_1;
  return encoding;
}

RandomValue::Options options_for(const Encoding& one, const Encoding& other) {
  RandomValue::Options options;
  options.wide = one.version.minor > 0 && other.version.minor > 0;
  options.latin1 = one.chars != CodeSet::utf8 || other.chars != CodeSet::utf8;
  return options;
}

// An any as a peer would write it, after `offset` octets of something else.
std::vector<std::byte> any_on_the_wire(std::uint64_t seed, RandomValue::Options options,
                                       const Encoding& encoding, unsigned offset) {
  Encoder encoder(encoding);
  for (unsigned i = 0; i < offset; ++i) encoder.write(std::uint8_t{0xee});
  RandomValue random(seed, options);
  const TypeCode type = random.type();
  type.encode(encoder);
  random.value(type, encoder);
  return encoder.copy();
}

std::uint64_t rounds() {
  const char* wanted = std::getenv("CORBEL_PROPERTY_ROUNDS");
  return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 20'000;
}

TEST(AnyProperty, EveryValueKeepsItsMeaningBetweenAnyTwoEncodings) {
  for (std::uint64_t seed = 1; seed <= rounds(); ++seed) {
    const Encoding first = encoding_of(seed);
    const Encoding second = encoding_of(seed / 12);
    const auto options = options_for(first, second);
    const unsigned offset = static_cast<unsigned>(seed % 8);
    const auto wire = any_on_the_wire(seed, options, first, offset);
    RandomValue random(seed, options);
    const TypeCode type = random.type();
    Encoder canonical;
    random.value(type, canonical);

    Decoder decoder(wire, first);
    decoder.skip(offset);
    const Any any = Any::decode(decoder);

    ASSERT_FALSE(decoder.failed()) << "seed " << seed << " " << type.to_string() << ": "
                                   << decoder.failure() << " at " << decoder.failure_position();
    ASSERT_EQ(decoder.remaining(), 0u) << "seed " << seed;
    ASSERT_TRUE(any.type().equal(type)) << "seed " << seed << " " << type.to_string();
    ASSERT_TRUE(std::ranges::equal(any.octets(), canonical.octets()))
        << "seed " << seed << " " << type.to_string();

    Encoder again(second);
    any.encode(again);
    Decoder reader(again.octets(), second);
    const Any back = Any::decode(reader);
    ASSERT_FALSE(reader.failed()) << "seed " << seed << ": " << reader.failure();
    ASSERT_TRUE(any == back) << "seed " << seed << " " << type.to_string();
  }
}

// What decoding may take: TypeCodes cost a node for a few octets, values grow buffers by doubling.
std::size_t allowed_memory(std::size_t wire_size) { return (16u << 10) + 64 * wire_size; }

TEST(AnyProperty, EveryTruncationFailsCleanly) {
  for (std::uint64_t seed = 1; seed <= rounds() / 40; ++seed) {
    const Encoding encoding = encoding_of(seed);
    // A cut exception may look like one without its id, as omniORB writes it.
    auto options = options_for(encoding, encoding);
    options.exceptions = false;
    const auto wire = any_on_the_wire(seed, options, encoding, 0);
    for (std::size_t length = 0; length < std::min<std::size_t>(wire.size(), 1500); ++length) {
      const std::span<const std::byte> whole(wire);
      Decoder decoder(whole.first(length), encoding);
      const std::size_t before = testing::allocated_octets();

      const Any any = Any::decode(decoder);

      ASSERT_LE(testing::allocated_octets() - before, allowed_memory(length))
          << "seed " << seed << " length " << length << " of " << wire.size();
      ASSERT_TRUE(decoder.failed())
          << "seed " << seed << " length " << length << " of " << wire.size();
      ASSERT_TRUE(any.empty()) << "seed " << seed;
    }
  }
}

// GIOP 1.1: alignment starts anew in each fragment, behind a header of 12 octets. Here fragments
// begin between values, at any offset, and inside of TypeCodes, where they cut nothing but strings
// and encapsulations.
TEST(AnyProperty, FragmentsOfGiop11ChangeNothing) {
  for (std::uint64_t seed = 1; seed <= rounds() / 4; ++seed) {
    std::mt19937_64 cuts(seed);
    Encoding encoding = encoding_of(seed);
    encoding.version.minor = 1;
    Encoder encoder(encoding);
    std::vector<std::size_t> starts;
    std::vector<std::size_t> begins;
    std::vector<std::size_t> ends;
    std::vector<Any> expected;
    for (unsigned i = 0; i < 3; ++i) {
      RandomValue random(seed * 3 + i, options_for(encoding, encoding));
      RandomValue same(seed * 3 + i, options_for(encoding, encoding));
      const TypeCode type = random.type();
      begins.push_back(encoder.size());
      type.encode(encoder);
      // Alignment to 4 stays as it is, and there is nothing larger.
      for (std::size_t at = begins.back() + 1; at < encoder.size(); ++at) {
        if ((at - 12 - encoder.origin()) % 8 == 0 && cuts() % 5 == 0) starts.push_back(at);
      }
      random.value(type, encoder);
      ends.push_back(encoder.size());
      // The same as an any of this side.
      Encoder canonical;
      same.value(same.type(), canonical);
      Any any;
      any.assign(type, canonical.copy());
      expected.push_back(std::move(any));
      for (unsigned octets = cuts() % 8; octets > 0; --octets) encoder.write(std::uint8_t{1});
      starts.push_back(encoder.size());
      encoder.set_origin(encoder.size() - 12);
    }
    Decoder decoder(encoder.octets(), encoding);
    decoder.set_fragment_starts(starts);

    for (std::size_t i = 0; i < expected.size(); ++i) {
      decoder.seek(begins[i]);
      const Any any = Any::decode(decoder);

      ASSERT_FALSE(decoder.failed()) << "seed " << seed << ": " << decoder.failure();
      ASSERT_EQ(any, expected[i]) << "seed " << seed << " value " << i << " " << expected[i].type();
      ASSERT_EQ(decoder.position(), ends[i]) << "seed " << seed << " value " << i << " " << any;
    }
  }
}

TEST(AnyProperty, DamagedOctetsNeverDoMoreThanFail) {
  std::mt19937_64 random(7);
  for (std::uint64_t seed = 1; seed <= rounds() / 4; ++seed) {
    const Encoding encoding = encoding_of(seed);
    auto wire = any_on_the_wire(seed, options_for(encoding, encoding), encoding, 0);
    for (int i = 0; i < 3 && !wire.empty(); ++i) {
      wire[random() % wire.size()] = static_cast<std::byte>(random());
    }
    Decoder decoder(wire, encoding);
    const std::size_t before = testing::allocated_octets();

    const Any any = Any::decode(decoder);

    ASSERT_LE(testing::allocated_octets() - before, allowed_memory(wire.size())) << "seed " << seed;
    if (decoder.failed()) continue;
    Encoder again;
    any.encode(again);
    Decoder reader(again.octets());
    EXPECT_TRUE(Any::decode(reader) == any) << "seed " << seed;
  }
}

}  // namespace
}  // namespace corbel
