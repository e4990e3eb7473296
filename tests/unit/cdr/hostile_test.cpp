#include <gtest/gtest.h>
#include <corbel/any.hpp>
#include <orb/cdr/transcoder.hpp>
#include <tests/support/wire_sample.hpp>

#include <string>

/// Octets that a peer made to hurt: each must fail, soon and without taking memory.
namespace corbel {
namespace {

using cdr::Decoder;
using cdr::Encoder;
using corbel::testing::kBig;
using corbel::testing::octets;
using enum TCKind;

std::string failure_of_type(const std::vector<std::byte>& wire) {
  Decoder decoder(wire, kBig);
  const TypeCode type = TypeCode::decode(decoder);
  EXPECT_EQ(type.kind(), tk_null);
  return std::string(decoder.failure());
}
std::string failure_of_value(const TypeCode& type, const std::vector<std::byte>& wire) {
  Decoder decoder(wire, kBig);
  cdr::validate(type, decoder);
  return std::string(decoder.failure());
}

TEST(HostileTypeCode, NestedTooDeeply) {
  TypeCode type(tk_long);
  for (int i = 0; i < 40; ++i) type = TypeCode::sequence(type);
  Encoder encoder(kBig);
  type.encode(encoder);

  EXPECT_EQ(failure_of_type(encoder.copy()), "TypeCode nests too deeply");
}

TEST(HostileTypeCode, IndirectionsThatLeadNowhere) {
  const std::string nowhere = "TypeCode indirection to where no TypeCode starts";
  // struct{id "", name "", one member "" of the indirection}
  const std::string head =
      "0000000f 00000028 00 000000 00000001 00 000000 00000001 00 000000 00000001 00000001 "
      "00000000 ";

  EXPECT_EQ(failure_of_type(octets("ffffffff fffffffc")), nowhere);
  EXPECT_EQ(failure_of_type(octets("ffffffff 00000004")), nowhere);
  EXPECT_EQ(failure_of_type(octets(head + "ffffffff ffffffd6")), nowhere);
  EXPECT_EQ(failure_of_type(octets(head + "ffffffff 00000000")), nowhere);
  EXPECT_EQ(failure_of_type(octets(head + "ffffffff 80000000")), nowhere);
}

TEST(HostileTypeCode, TypesThatConsistOfThemselves) {
  EXPECT_EQ(failure_of_type(octets("00000013 00000010 00 000000 ffffffff fffffff0 00000000")),
            "TypeCode of a type that consists of itself");
  EXPECT_EQ(
      failure_of_type(octets(
          "00000015 0000001c 00 000000 00000001 00 000000 00000001 00 000000 ffffffff ffffffe0")),
      "TypeCode of a type that consists of itself");
}

TEST(HostileTypeCode, AStructInsideItselfHasNoValue) {
  const auto wire = octets(
      "0000000f 00000028 00 000000 00000001 00 000000 00000001 00 000000 00000001 00000001 00000000"
      "ffffffff ffffffd4");
  Decoder decoder(wire, kBig);

  Any::decode(decoder);

  EXPECT_EQ(decoder.failure(), "values nest too deeply");
}

TEST(HostileTypeCode, WildCountsAndKinds) {
  EXPECT_EQ(failure_of_type(octets("00000022")), "TypeCode of unknown kind");
  EXPECT_NE(failure_of_type(octets(
                "00000011 00000018 00 000000 00000001 00 000000 00000001 00 000000 7fffffff")),
            "");
  EXPECT_NE(failure_of_type(octets("0000001c 0000 0000")), "");
  EXPECT_NE(failure_of_type(octets("0000001c 0020 0000")), "");
  EXPECT_NE(failure_of_type(octets("0000000f ffffffff 00")), "");
  EXPECT_NE(failure_of_type(octets("0000000f 00000000")), "");
}

// Each sequence names the one before it: few octets, deep nesting.
TEST(HostileTypeCode, DepthByIndirectionToFinishedSiblings) {
  Encoder encoder(kBig);
  encoder.write(std::uint32_t{15});
  const auto scope = encoder.begin_encapsulation();
  encoder.write_string("");
  encoder.write_string("");
  encoder.write(std::uint32_t{1000});
  std::size_t before = 0;
  for (int i = 0; i < 1000; ++i) {
    encoder.write_string("");
    encoder.align(4);
    const std::size_t start = encoder.size();
    encoder.write(std::uint32_t{19});
    const auto inner = encoder.begin_encapsulation();
    if (i == 0) {
      encoder.write(std::uint32_t{3});
    } else {
      encoder.write(std::uint32_t{0xffffffff});
      encoder.write(static_cast<std::uint32_t>(before - encoder.size()));
    }
    encoder.write(std::uint32_t{0});
    encoder.end_encapsulation(inner);
    before = start;
  }
  encoder.end_encapsulation(scope);

  EXPECT_EQ(failure_of_type(encoder.copy()), "TypeCode nests too deeply");
}

TEST(HostileValue, SequencesOfNothing) {
  const auto nothing = TypeCode::structure("IDL:N:1.0", "N", {});

  EXPECT_EQ(failure_of_value(TypeCode::sequence(nothing), octets("ffffffff")),
            "message holds too many values");
  EXPECT_EQ(failure_of_value(TypeCode::array(TypeCode::array(nothing, 0xffffffff), 0xffffffff), {}),
            "message holds too many values");
  EXPECT_EQ(failure_of_value(TypeCode::sequence(tk_null), octets("ffffffff")),
            "message holds too many values");
  EXPECT_EQ(failure_of_value(TypeCode::array(TypeCode::array(tk_long, 0), 0xffffffff), {}),
            "message holds too many values");
}

TEST(HostileValue, CountsBeyondTheMessage) {
  EXPECT_NE(failure_of_value(TypeCode::sequence(tk_double), octets("10000000 00000000")), "");
  EXPECT_NE(failure_of_value(TypeCode::array(tk_octet, 0xffffffff), octets("00")), "");
  EXPECT_NE(failure_of_value(TypeCode::interface("", ""), octets("00000001 00 000000 40000000")),
            "");
}

TEST(HostileValue, NestedTooDeeply) {
  Encoder encoder(kBig);
  for (int i = 0; i < 100; ++i) encoder.write(std::uint32_t{11});
  encoder.write(std::uint32_t{0});

  EXPECT_EQ(failure_of_value(tk_any, encoder.copy()), "values nest too deeply");
}

TEST(HostileValue, OutOfRange) {
  const auto color = TypeCode::enumeration("IDL:C:1.0", "C", {"red", "green"});
  const auto flag = TypeCode::union_("IDL:U:1.0", "U", tk_boolean, -1, {{1, "on", tk_long}});

  EXPECT_EQ(failure_of_value(color, octets("00000002")), "enum value out of range");
  EXPECT_EQ(failure_of_value(TypeCode::array(tk_boolean, 2), octets("0102")),
            "boolean is neither 0 nor 1");
  EXPECT_EQ(failure_of_value(flag, octets("02")), "boolean is neither 0 nor 1");
  EXPECT_EQ(failure_of_value(flag, octets("00")), "");
  EXPECT_EQ(failure_of_value(TypeCode::fixed(3, 0), octets("123f")),
            "fixed with a wrong digit or sign");
  EXPECT_EQ(failure_of_value(TypeCode::fixed(2, 0), octets("112c")),
            "fixed with a wrong digit or sign");
  EXPECT_EQ(failure_of_value(TypeCode::string(2), octets("00000004 616263 00")),
            "string longer than its bound");
  EXPECT_EQ(failure_of_value(TypeCode::sequence(tk_octet, 1), octets("00000002 0000")),
            "sequence longer than its bound");
}

const TypeCode kCell = TypeCode::value(
    "IDL:C:1.0", "C", 3, TypeCode(), {{"n", tk_long}, {"next", TypeCode::recursive("IDL:C:1.0")}});
const std::string kId = "0000000a 49444c3a433a312e3000 0000 ";  // "IDL:C:1.0"

TEST(HostileValuetype, IndirectionsThatLeadNowhere) {
  for (const char* offset : {"fffffffc", "00000000", "00000004", "80000000", "ffffffe1"}) {
    const auto wire = octets("7fffff02" + kId + "00000001 ffffffff " + offset);

    EXPECT_NE(failure_of_value(kCell, wire), "") << offset;
  }
}

TEST(HostileValuetype, SharedUnderAnotherType) {
  const auto other =
      TypeCode::value("IDL:D:1.0", "D", 0, TypeCode(), {{"text", TypeCode::string()}});
  const auto both = TypeCode::structure("", "", {{"c", kCell}, {"d", other}});

  EXPECT_EQ(
      failure_of_value(both, octets("7fffff02" + kId + "00000001 00000000 ffffffff ffffffe0")),
      "value indirection to a value of another type");
}

TEST(HostileValuetype, OfATypeNobodyDescribed) {
  EXPECT_EQ(failure_of_value(
                kCell, octets("7fffff02 0000000a 49444c3a583a312e3000 0000 00000001 00000000")),
            "value of a type that its TypeCode does not describe");
}

TEST(HostileValuetype, BrokenHeaders) {
  for (const char* head :
       {"7fffff04", "7fffff10", "00000001", "80000000", "7ffffeff", "7fffff06 00000000",
        "7fffff06 7fffffff", "7fffff02 ffffffff fffffffc", "7fffff03 00000000"}) {
    EXPECT_NE(failure_of_value(kCell, octets(head)), "") << head;
  }
}

TEST(HostileValuetype, BrokenChunks) {
  const std::string head = "7fffff0a" + kId;
  for (const char* rest :
       {"00000008 00000001 00000000", "00000008 00000001 00000000 fffffffe",
        "00000008 00000001 00000000 00000001", "00000009 00000001 00000000 00 000000 ffffffff",
        "00000002 0000 0000 ffffffff", "7ffffeff 00000001", "00000004 00000001 ffffffff",
        "00000004 00000001 7fffff02", "ffffffff"}) {
    EXPECT_NE(failure_of_value(kCell, octets(head + rest)), "") << rest;
  }
  EXPECT_EQ(failure_of_value(kCell, octets(head + "00000008 00000001 00000000 ffffffff")), "");
}

TEST(HostileValuetype, DeepListsEndAtTheLimit) {
  Encoder encoder(kBig);
  for (int i = 0; i < 1000; ++i) {
    encoder.write(std::uint32_t{0x7fffff00});
    encoder.write(i);
  }
  encoder.write(std::uint32_t{0});

  EXPECT_EQ(failure_of_value(kCell, encoder.copy()), "values nest too deeply");
}

// A header's list may be long and named again and again: memory must not grow with the product.
TEST(HostileValuetype, RepeatedTypeListsCountAgainstTheBudget) {
  Encoder encoder(kBig);
  encoder.write(std::uint32_t{20000});
  encoder.write(std::uint32_t{0x7fffff0e});
  const std::size_t list = encoder.size();
  encoder.write(std::uint32_t{10001});
  encoder.write_string("IDL:C:1.0");
  for (int i = 0; i < 10000; ++i) encoder.write_string("IDL:base:1.0");
  for (int i = 0; i < 20000; ++i) {
    if (i > 0) {
      encoder.write(std::uint32_t{0x7fffff0e});
      encoder.write(std::uint32_t{0xffffffff});
      encoder.write(static_cast<std::uint32_t>(list - encoder.size()));
    }
    encoder.write(std::uint32_t{8});
    encoder.write(std::uint32_t{1});
    encoder.write(std::uint32_t{0});
    encoder.write(std::int32_t{-1});
  }

  const auto failure = failure_of_value(TypeCode::sequence(kCell), encoder.copy());

  EXPECT_TRUE(failure.find("too m") != std::string::npos) << failure;
}

}  // namespace
}  // namespace corbel
