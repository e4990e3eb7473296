#include "tests/integration/mapping/values.hpp"
#include "tests/integration/mapping/echo_peer.hpp"
#include "tests/integration/mapping/two_orbs.hpp"

// Every type as result and as in, inout and out parameter, called in both forms.
namespace corbel::test {

CORBEL_BOTH_WAYS(Values);

TEST_P(Values, OfBasicTypesTravelInEveryDirection) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  EXPECT_ECHO(use_boolean, bool, true, false);
  EXPECT_ECHO(use_octet, std::uint8_t, 255, 1);
  EXPECT_ECHO(use_char, char, 'a', '\x7f');
  EXPECT_ECHO(use_wchar, char16_t, u'\u20ac', u'x');
  EXPECT_ECHO(use_short, std::int16_t, -32768, 7);
  EXPECT_ECHO(use_ushort, std::uint16_t, 65535, 7);
  EXPECT_ECHO(use_long, std::int32_t, std::numeric_limits<std::int32_t>::min(), 7);
  EXPECT_ECHO(use_ulong, std::uint32_t, 4294967295U, 7);
  EXPECT_ECHO(use_longlong, std::int64_t, std::numeric_limits<std::int64_t>::min(), 7);
  EXPECT_ECHO(use_ulonglong, std::uint64_t, std::numeric_limits<std::uint64_t>::max(), 7);
  EXPECT_ECHO(use_float, float, -1.5F, 0.1F);
  EXPECT_ECHO(use_double, double, 1e300, -0.1);
  EXPECT_ECHO(use_longdouble, long double, 0.1L, -1e4000L);
  EXPECT_ECHO(use_color, types::Color, types::Color::blue, types::Color::green);
}

TEST_P(Values, OfTextTypesTravelInEveryDirection) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  EXPECT_ECHO(use_string, std::string, "caf\u00e9 \u20ac", "");
  EXPECT_ECHO(use_wstring, std::u16string, u"wide \u20ac \U0001f600", u"");
  EXPECT_ECHO(use_code, types::Code, "12345678", "x");
  EXPECT_ECHO(use_wide_code, types::WideCode, u"1234", u"x");
  EXPECT_ECHO(use_texts, types::Texts, some_texts(), {});
}

TEST_P(Values, OfAnyAndReferencesTravelInEveryDirection) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  EXPECT_ECHO(use_any, Any, Any(extreme_basics()), Any());
  EXPECT_ECHO(use_any, Any, Any(std::string("text")), Any(types::Strings{"a", "b"}));
  EXPECT_ECHO(use_object, Object, peer, nullptr);
  EXPECT_ECHO(use_peer, types::Peer, peer, nullptr);
  EXPECT_ECHO(use_peers, types::Peers, (types::Peers{peer, nullptr, peer}), {});
  EXPECT_ECHO(use_anys, types::Anys, (types::Anys{Any(1.5), Any(peer)}), {});
}

TEST_P(Values, OfSequencesAndArraysTravelInEveryDirection) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  EXPECT_ECHO(use_octets, types::Octets, (types::Octets{0, 1, 255}), {});
  EXPECT_ECHO(use_doubles, types::Doubles, (types::Doubles(5000, 0.25)), {1.5});
  EXPECT_ECHO(use_three_longs, types::ThreeLongs, (types::ThreeLongs{1, 2, 3}), {});
  EXPECT_ECHO(use_two_codes, types::TwoCodes, (types::TwoCodes{"a", "b"}), {});
  EXPECT_ECHO(use_nested, types::Nested, (types::Nested{{"x"}, {}, {"12345", ""}}), {});
  EXPECT_ECHO(use_matrix, types::Matrix, (types::Matrix{{{1, 2, 3}, {4, 5, 6}}}), {});
  EXPECT_ECHO(use_four_codes, types::FourCodes, (types::FourCodes{"a", "b", "c", "d"}), {});
  EXPECT_ECHO(use_flags, types::Flags, (types::Flags{true, false, true}), {});
  EXPECT_ECHO(use_chars, types::Chars, (types::Chars{'a', 'b'}), {});
  EXPECT_ECHO(use_wide_chars, types::WideChars, (types::WideChars{u'a', u'\u20ac'}), {});
  EXPECT_ECHO(use_colors, types::Colors, (types::Colors{types::Color::blue}), {});
  EXPECT_ECHO(use_strings, types::Strings, (types::Strings{"", "text"}), {});
}

TEST_P(Values, OfStructsTravelInEveryDirection) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  EXPECT_ECHO(use_basics, types::Basics, extreme_basics(), {});
  EXPECT_ECHO(use_everything, types::Everything, some_everything(peer), {});
  EXPECT_ECHO(use_universe, types::Universe, (types::Universe{some_everything(peer), {}}), {});
}

TEST_P(Values, LentSequencesAreWrittenWithBraces) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());
  types::Octets inout{9};
  types::Octets out;

  EXPECT_EQ(peer.use_octets({1, 2}, inout, out), (types::Octets{1, 2}));
  EXPECT_EQ(peer.async_use_octets({1, 2}, {3}).get().c, types::Octets{3});
  EXPECT_EQ(peer.use_octets({}, inout, out), types::Octets{});
}

TEST_P(Values, BeyondTheirBoundAreRefusedBeforeTheyAreSent) {
  if (GetParam() == Way::collocated) GTEST_SKIP() << "nothing is encoded in a direct call";
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());
  types::Code code;
  types::Code out;
  types::ThreeLongs longs;
  types::ThreeLongs longs_out;
  types::Texts texts{.direct = "abcd"};

  EXPECT_THROW(peer.use_code("123456789", code, out), BadParam);
  EXPECT_THROW(peer.use_three_longs({1, 2, 3, 4}, longs, longs_out), BadParam);
  EXPECT_THROW(peer.code_name("123456789"), BadParam);
  EXPECT_THROW(peer.use_texts({}, texts, texts), BadParam);
}

TEST_P(Values, OfAttributesAreReadAndWritten) {
  const auto peer = serve<types::Peer>(std::make_shared<EchoPeer>());

  EXPECT_EQ(peer.name(), "nobody");
  peer.name("somebody");
  peer.code_name("code");
  peer.content({1, 2, 3});
  peer.async_enabled(true).get();

  EXPECT_EQ(peer.name(), "somebody");
  EXPECT_EQ(peer.code_name(), "code");
  EXPECT_EQ(peer.content(), (types::Octets{1, 2, 3}));
  EXPECT_EQ(peer.async_name().get(), "somebody");
  EXPECT_TRUE(peer.enabled());
}

TEST_P(Values, OfOneWayCallsArrive) {
  const auto servant = std::make_shared<EchoPeer>();
  const auto peer = serve<types::Peer>(servant);

  peer.shout("hey", {1, 2, 3});

  const auto [text, data] = servant->shouted.get_future().get();
  EXPECT_EQ(text, "hey");
  EXPECT_EQ(data, (types::Octets{1, 2, 3}));
}

TEST_P(Values, KnowTheirTypeInAnAny) {
  const Any any(some_texts());
  const TypeCode type = any.type();

  EXPECT_EQ(type.id(), "IDL:types/Texts:1.0");
  EXPECT_EQ(type.member_type(2).kind(), TCKind::tk_alias);
  EXPECT_EQ(type.member_type(2).content_type().length(), 8U);
  EXPECT_TRUE(any.get<types::Texts>() == some_texts());
  EXPECT_FALSE(any.is<types::Basics>());
  EXPECT_EQ(to_string(types::Color::green), "green");
}

}  // namespace corbel::test
