#include <modern.idl.hpp>

#include <corbel/exceptions.hpp>

#include <sstream>

#include "tests/integration/mapping/echo.hpp"
#include "tests/integration/mapping/two_orbs.hpp"

// fixed, and what IDL 4.2 adds.
namespace corbel::test {

CORBEL_BOTH_WAYS(Modern);

namespace {

using modern::Money;
using modern::Rights;

class EchoShop : public modern::Shop::Servant {
 public:
  CORBEL_ECHO(use_money, const Money&, Money)
  CORBEL_ECHO(use_amounts, const modern::Amounts&, modern::Amounts)
  CORBEL_ECHO(use_int8, std::int8_t, std::int8_t)
  CORBEL_ECHO(use_numbers, const modern::Numbers&, modern::Numbers)
  CORBEL_ECHO(use_bytes, std::span<const std::int8_t>, modern::Bytes)
  CORBEL_ECHO(use_stock, const modern::Stock&, modern::Stock)
  CORBEL_ECHO(use_words, const modern::Words&, modern::Words)
  CORBEL_ECHO(use_rights, const Rights&, Rights)
  CORBEL_ECHO(use_packed, const modern::MorePacked&, modern::MorePacked)
  CORBEL_ECHO(use_derived, const modern::Derived&, modern::Derived)
  CORBEL_ECHO(use_tree, const modern::Tree&, modern::Tree)
  CORBEL_ECHO(use_all, const modern::All&, modern::All)
  CORBEL_ECHO(use_reading, const modern::Reading&, modern::Reading)
  void pay(const Money& amount) override {
    if (amount > 10) throw modern::Broke(amount - 10, Rights::read | Rights::write);
  }
};

modern::MorePacked some_bits() {
  modern::MorePacked bits;
  bits.low = 5;
  bits.flag = true;
  bits.high = -2048;
  bits.rest = 0xfffff;
  return bits;
}

modern::Derived some_derived() {
  modern::Derived value;
  value.id = 1;
  value.name = "derived";
  value.price = Money("-1234567.89");
  value.in_stock = {{"pens", 3}, {"", -1}};
  return value;
}

modern::Tree some_tree() {
  modern::Tree tree;
  tree.name = "root";
  tree.children.resize(2);
  tree.children[1].children.resize(1);
  tree.children[1].children[0].price = 7;
  return tree;
}

modern::All some_all() {
  modern::All all;
  all.allowed = Rights::write;
  all.flags = modern::Wide::last;
  all.more_bits = some_bits();
  all.texts = {{1, {"a", "1234"}}, {-1, {}}};
  all.amounts = {Money("0.01"), Money(-3)};
  all.palette = {{modern::Color::green, some_derived()}};
  return all;
}

}  // namespace

TEST_P(Modern, TypesTravelInEveryDirection) {
  const auto peer = serve<modern::Shop>(std::make_shared<EchoShop>());

  EXPECT_ECHO(use_money, Money, Money("-1234567.89"), Money());
  EXPECT_ECHO(use_amounts, modern::Amounts, (modern::Amounts{Money("0.01"), Money(-3)}), {});
  EXPECT_ECHO(use_int8, std::int8_t, -128, 127);
  EXPECT_ECHO(use_numbers, modern::Numbers,
              (modern::Numbers{-128, 255, -32768, 65535, -1, ~0U, -1, ~0ULL}), {});
  EXPECT_ECHO(use_bytes, modern::Bytes, (modern::Bytes{-128, 0, 127}), {});
  EXPECT_ECHO(use_stock, modern::Stock, (modern::Stock{{"pens", 3}, {"", -1}}), {});
  EXPECT_ECHO(use_words, modern::Words, (modern::Words{{1, {"a", "1234"}}, {-1, {}}}), {});
  EXPECT_ECHO(use_rights, Rights, Rights::read | Rights::delete_, Rights());
  EXPECT_ECHO(use_packed, modern::MorePacked, some_bits(), {});
  EXPECT_ECHO(use_derived, modern::Derived, some_derived(), {});
  EXPECT_ECHO(use_tree, modern::Tree, some_tree(), {});
  EXPECT_ECHO(use_all, modern::All, some_all(), {});
  EXPECT_ECHO(use_reading, modern::Reading, modern::Reading::make_least(-7), {});
  EXPECT_ECHO(use_reading, modern::Reading, modern::Reading::make_text("x"), {});
}

TEST_P(Modern, TypesTravelInExceptions) {
  const auto peer = serve<modern::Shop>(std::make_shared<EchoShop>());

  try {
    peer.pay(Money("12.50"));
    FAIL() << "nothing was thrown";
  } catch (const modern::Broke& broke) {
    EXPECT_EQ(to_string(broke.missing), "2.50");
    EXPECT_EQ(broke.needed, Rights::write | Rights::read);
    std::ostringstream out;
    out << broke;
    EXPECT_NE(out.str().find("2.50"), std::string::npos) << out.str();
  }
}

TEST(ModernType, TravelsInAnAny) {
  expect_travels_in_any(Money("-0.05"));
  expect_travels_in_any(modern::Stock{{"pens", 3}, {"", -1}});
  expect_travels_in_any(Rights::write | Rights::read);
  expect_travels_in_any(some_bits());
  expect_travels_in_any(some_derived());
  expect_travels_in_any(some_tree());
  expect_travels_in_any(some_all());
  expect_travels_in_any(modern::Reading::make_least(-7));
  expect_travels_in_any(modern::Reading::make_text("x"));
  EXPECT_NE(Any(modern::Reading::make_least(5)), Any(modern::Reading::make_least(6)));
}

TEST(ModernType, HasConstantsAndDefaults) {
  const modern::Derived fresh;

  EXPECT_EQ(to_string(modern::pi), "3.14159");
  EXPECT_EQ(modern::fee, Money("-0.05"));
  EXPECT_EQ(fresh.count, 5);
  EXPECT_EQ(fresh.name, "none");
  EXPECT_EQ(fresh.shade, modern::Color::green);
}

TEST(Bitmask, IsASetOfFlags) {
  Rights rights = Rights::read;

  rights |= Rights::write;
  EXPECT_TRUE(rights & Rights::write);
  EXPECT_FALSE(rights & Rights::delete_);
  EXPECT_EQ(to_string(rights), "read|write");
  EXPECT_EQ(static_cast<std::uint8_t>(rights), 0x21);
  rights &= ~Rights::write;
  EXPECT_EQ(rights, Rights(Rights::read));
  EXPECT_EQ(to_string(Rights()), "0");
  EXPECT_EQ(to_string(Rights(0x80)), "0x80");
  EXPECT_EQ(static_cast<std::uint64_t>(modern::Widest(modern::Widest::last)), 1ULL << 63);
}

TEST(Bitmask, RefusesBitsBeyondItsBound) {
  cdr::Encoder encoder;
  encoder.write(std::uint8_t{0x20});
  const auto failure = [&](unsigned bound) {
    cdr::Decoder decoder(encoder.octets());
    Rights rights;
    stub::decode_bitmask<std::uint8_t>(decoder, rights, bound);
    return std::string(decoder.failure());
  };

  EXPECT_EQ(failure(8), "");
  EXPECT_EQ(failure(6), "");
  EXPECT_EQ(failure(5), "bitmask with a bit beyond its bound");
}

TEST(Bitset, RefusesValuesThatNeedMoreBits) {
  modern::Packed packed;
  cdr::Encoder encoder;

  packed.low = 8;
  EXPECT_THROW(encode(encoder, packed), BadParam);
  packed.low = 7;
  packed.high = 2048;
  EXPECT_THROW(encode(encoder, packed), BadParam);
  packed.high = -2049;
  EXPECT_THROW(encode(encoder, packed), BadParam);
}

TEST(Bitset, TravelsAsOneInteger) {
  modern::Packed packed;
  packed.low = 5;
  packed.flag = true;
  packed.high = -1;
  cdr::Encoder encoder;
  encode(encoder, packed);
  cdr::Decoder decoder(encoder.octets());

  EXPECT_EQ(decoder.read<std::uint32_t>(), 0xfff0dU);
  EXPECT_EQ(decoder.remaining(), 0U);
}

TEST(Map, RefusesTheSameKeyTwiceAndTooManyEntries) {
  const auto failure = [](std::initializer_list<std::int32_t> keys) {
    cdr::Encoder encoder;
    encoder.write_count(keys.size());
    for (const std::int32_t key : keys) {
      encoder.write(key);
      encoder.write_count(0);
    }
    cdr::Decoder decoder(encoder.octets());
    modern::Words words;
    stub::Map<stub::Plain<std::int32_t>, stub::Sequence<stub::BoundedString<4>>, 3>::decode(decoder,
                                                                                            words);
    return std::string(decoder.failure());
  };

  EXPECT_EQ(failure({1, 2, 3}), "");
  EXPECT_EQ(failure({1, 2, 1}), "map with the same key twice");
  EXPECT_NE(failure({1, 2, 3, 4}), "");
}

TEST(Map, IsDescribedAsASequenceOfPairs) {
  const TypeCode type = Type<modern::Stock>::type_code();

  ASSERT_EQ(type.kind(), TCKind::tk_sequence);
  EXPECT_EQ(type.content_type().member_name(0), "key");
  EXPECT_EQ(type.content_type().member_type(1).kind(), TCKind::tk_long);
}

TEST(BaseStruct, ComesFirst) {
  const TypeCode type = Type<modern::Derived>::type_code();

  ASSERT_EQ(type.member_count(), 7U);
  EXPECT_EQ(type.member_name(0), "id");
  EXPECT_EQ(type.member_name(5), "price");
  EXPECT_FALSE(some_derived() == modern::Derived());
}

}  // namespace corbel::test
