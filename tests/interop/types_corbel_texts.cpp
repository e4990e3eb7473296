#include "types_corbel_checks.hpp"
#include "types_corbel_samples.hpp"

using namespace interop;

namespace {

template <class T, class Use>
void check_use(const T& a, const T& before, const Use& use) {
  T b = before;
  T c{};
  expect(use(a, b, c) == a, "result");
  expect(b == a, "inout");
  expect(c == before, "out");
}

void check_wide(CorbelClient& client) {
  const Types& types = client.types;
  client.checks.run("wchar", [&] {
    check_use(u'\u20ac', u'x', [&](auto a, auto& b, auto& c) { return types.use_wchar(a, b, c); });
  });
  client.checks.run("wstring", [&] {
    check_use(std::u16string(u"h\u00e9llo \u20ac"), std::u16string(),
              [&](auto& a, auto& b, auto& c) { return types.use_wstring(a, b, c); });
  });
  client.checks.run("wide characters in a struct", [&] {
    check_use(WideTexts{1, u'\u4e2d', u"\u20ac uro", u"four"}, WideTexts{2, u'a', u"", u""},
              [&](auto& a, auto& b, auto& c) { return types.use_wide_texts(a, b, c); });
  });
  client.checks.run("wide characters in an any", [&] {
    corbel::Any b(std::u16string(u"\u20ac"));
    corbel::Any c;
    const corbel::Any result = types.use_any(corbel::Any(u'\u4e2d'), b, c);
    expect(result.get<char16_t>() == u'\u4e2d', "wchar");
    expect(c.get<std::u16string>() == u"\u20ac", "wstring");
  });
  client.checks.run("wide text", [&] {
    for (std::int32_t which = 0; which < 2; ++which) {
      expect(types.is_wide_text(which, sample_wide_text(which)), "ours is the server's");
      expect(types.wide_text(which) == sample_wide_text(which), "the server's is ours");
    }
  });
}

}  // namespace

void check_texts(CorbelClient& client) {
  const Types& types = client.types;
  client.checks.run("string", [&] {
    for (const char* text : {"", "a", "seven..", "plain text", "\x01\x7f\t"}) {
      check_use(std::string(text), std::string("before"),
                [&](auto& a, auto& b, auto& c) { return types.use_string(a, b, c); });
    }
  });
  client.checks.run("bounded string", [&] {
    check_use(Code("12345678"), Code(""),
              [&](auto& a, auto& b, auto& c) { return types.use_code(a, b, c); });
  });
  client.checks.run("text in Latin-1", [&] {
    expect(types.is_text(0, sample_text(0)), "ours is the server's");
    expect(types.text(0) == sample_text(0), "the server's is ours");
  });
  if (client.utf8) {
    client.checks.run("text beyond Latin-1", [&] {
      expect(types.is_text(1, sample_text(1)), "ours is the server's");
      expect(types.text(1) == sample_text(1), "the server's is ours");
    });
  } else {
    client.checks.run("text beyond Latin-1 is refused", [&] {
      expect_raise<corbel::DataConversion>([&] { types.is_text(1, sample_text(1)); },
                                           "DATA_CONVERSION");
      expect(types.is_text(0, sample_text(0)), "the connection goes on");
    });
  }
  if (client.version == "1.2") {
    check_wide(client);
  } else {
    for (const char* name : {"wchar", "wstring", "wide characters in a struct",
                             "wide characters in an any", "wide text"}) {
      client.checks.skip(name, "omniORB has no wide characters in GIOP " + client.version);
    }
  }
}
