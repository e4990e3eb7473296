#include <gtest/gtest.h>
#include <corbel/any.hpp>
#include <orb/cdr/transcoder.hpp>
#include <tests/support/wire_sample.hpp>

namespace corbel {
namespace {

using enum TCKind;

TEST(Any, IsEmptyAtFirst) {
  const Any any;

  EXPECT_TRUE(any.empty());
  EXPECT_EQ(any.type().kind(), tk_null);
  EXPECT_FALSE(any.is<std::int32_t>());
}

TEST(Any, GivesBackWhatWasPutIn) {
  EXPECT_EQ(Any(std::int32_t{42}).get<std::int32_t>(), 42);
  EXPECT_EQ(Any("text").get<std::string>(), "text");
  EXPECT_EQ(Any(std::u16string(u"\u20ac")).get<std::u16string>(), u"\u20ac");
  EXPECT_EQ(Any(true).get<bool>(), true);
  EXPECT_EQ(Any(1.5L).get<long double>(), 1.5L);
  EXPECT_EQ(Any(std::vector<double>{1, 2}).get<std::vector<double>>(), (std::vector<double>{1, 2}));
}

TEST(Any, RefusesToBeReadAsAnotherType) {
  const Any any(std::int32_t{42});

  EXPECT_EQ(any.get_if<std::uint32_t>(), std::nullopt);
  try {
    any.get<std::string>();
  } catch (const BadTypecode& exception) {
    EXPECT_EQ(exception.message(), "the any holds long, not string");
    return;
  }
  FAIL();
}

TEST(Any, LooksThroughAliases) {
  Any any;

  any.insert_as(TypeCode::alias("IDL:Price:1.0", "Price", tk_double), 76.1);

  EXPECT_EQ(any.get<double>(), 76.1);
  EXPECT_EQ(any.type().kind(), tk_alias);
}

TEST(Any, AnIdAloneDoesNotMakeATypeMatch) {
  Any any;
  any.insert_as(TypeCode::sequence(tk_octet), std::vector<std::uint8_t>{1});

  EXPECT_FALSE(any.is<std::vector<double>>());
}

TEST(Any, EqualMeansSameTypeAndValue) {
  EXPECT_EQ(Any(std::int32_t{1}), Any(std::int32_t{1}));
  EXPECT_FALSE(Any(std::int32_t{1}) == Any(std::int32_t{2}));
  EXPECT_FALSE(Any(std::int32_t{1}) == Any(std::uint32_t{1}));
}

TEST(Any, CopiesAreIndependent) {
  Any one("first");
  Any two = one;

  two.insert("second");

  EXPECT_EQ(one.get<std::string>(), "first");
}

TEST(Any, TravelsInsideOthers) {
  const std::vector<Any> values = {Any(std::int32_t{1}), Any(Any("inner").get<std::string>()),
                                   Any()};
  Any outer;
  outer.insert(values);

  const auto back = outer.get<std::vector<Any>>();

  ASSERT_EQ(back.size(), 3u);
  EXPECT_EQ(back[1].get<std::string>(), "inner");
  EXPECT_TRUE(back[2].empty());
}

TEST(Any, IsWrittenTheSameAtEveryAlignment) {
  const Any any(std::vector<double>{1.5, 2.5});
  for (unsigned offset = 0; offset < 9; ++offset) {
    cdr::Encoder encoder;
    for (unsigned i = 0; i < offset; ++i) encoder.write(std::uint8_t{0});
    any.encode(encoder);
    cdr::Decoder decoder(encoder.octets());
    decoder.skip(offset);

    EXPECT_EQ(Any::decode(decoder), any) << offset;
    EXPECT_FALSE(decoder.failed());
  }
}

TEST(Any, TextThatThePeerCannotReadIsAConversionFailure) {
  const Any euro("\u20ac");
  const Any wide(std::u16string(u"x"));
  cdr::Encoder latin1({cdr::kNativeOrder, {1, 2}, cdr::CodeSet::iso8859_1});
  cdr::Encoder old({cdr::kNativeOrder, {1, 0}});

  EXPECT_THROW(euro.encode(latin1), DataConversion);
  EXPECT_THROW(wide.encode(old), Marshal);
}

TEST(Transcode, FollowsTheAlignmentOfFragments) {
  // GIOP 1.1: the second fragment begins at octet 16; its body counts from 12, so it is padded
  // to 16.
  const auto wire = testing::octets("00000002 00000000 3ff0000000000000 00000000 4000000000000000");
  const std::vector<std::size_t> starts{16};
  cdr::Decoder decoder(wire, {cdr::ByteOrder::big, {1, 1}});
  decoder.set_fragment_starts(starts);
  cdr::Encoder encoder;

  cdr::transcode(TypeCode::sequence(tk_double), decoder, encoder);

  EXPECT_FALSE(decoder.failed()) << decoder.failure();
  cdr::Decoder back(encoder.octets());
  EXPECT_EQ(decode<std::vector<double>>(back), (std::vector<double>{1.0, 2.0}));
}

TEST(Any, ExceptionsTravelWithAndWithoutTheirId) {
  const auto type =
      TypeCode::exception("IDL:X:1.0", "X", {{"why", TypeCode::string()}, {"code", tk_double}});
  const std::string id = "0000000a 49444c3a583a312e3000 ";
  const std::string members = "00000003 6e6f00 ";
  for (const auto& value :
       {id + "0000 " + members + "00 3ff0000000000000", members + "00 3ff0000000000000"}) {
    cdr::Encoder head({cdr::ByteOrder::big});
    type.encode(head);
    head.align(8);
    head.write_octets(testing::octets(value));
    // The values are laid out for a start at a multiple of 8.
    cdr::Decoder typed(head.octets(), {cdr::ByteOrder::big});
    TypeCode::decode(typed);
    typed.align(8);
    cdr::Encoder canonical;
    cdr::transcode(type, typed, canonical);
    Any any;
    any.assign(type, canonical.copy());

    cdr::Decoder decoder = any.decoder();

    EXPECT_FALSE(typed.failed()) << typed.failure();
    EXPECT_EQ(decoder.read_string(), "no");
    EXPECT_EQ(decoder.read<double>(), 1.0);
    EXPECT_EQ(decoder.remaining(), 0u);
    EXPECT_EQ(any.octets()[4], std::byte{'I'});
  }
}

TEST(Any, DirtyPaddingOfAPeerDoesNotChangeTheValue) {
  const auto type = TypeCode::structure("", "", {{"a", tk_octet}, {"b", tk_long}});
  cdr::Encoder encoder;
  type.encode(encoder);
  encoder.write(std::uint8_t{1});
  encoder.align(4);
  const std::size_t padding = encoder.size() - 1;
  encoder.write(std::int32_t{2});
  cdr::Decoder clean(encoder.octets());
  const Any first = Any::decode(clean);
  encoder.patch_octet(padding, 0xee);
  cdr::Decoder dirty(encoder.octets());

  EXPECT_EQ(Any::decode(dirty), first);
}

}  // namespace
}  // namespace corbel
