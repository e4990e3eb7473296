#include "types_omni_checks.hpp"
#include "types_omni_samples.hpp"

using namespace interop;

namespace {

void check_string(const Types_ptr types, const char* a, const char* before) {
  CORBA::String_var b = CORBA::string_dup(before);
  CORBA::String_var c;
  const CORBA::String_var result = types->use_string(a, b.inout(), c.out());
  expect(std::string(result) == a && std::string(b) == a && std::string(c) == before, "swapped");
}

void check_wide(OmniClient& client) {
  const auto types = client.types;
  client.run("wchar", [&] {
    CORBA::WChar b = L'x';
    CORBA::WChar c = 0;
    expect(types->use_wchar(L'\u20ac', b, c) == L'\u20ac' && b == L'\u20ac' && c == L'x',
           "swapped");
  });
  client.run("wstring", [&] {
    CORBA::WString_var b = CORBA::wstring_dup(L"");
    CORBA::WString_var c;
    const CORBA::WString_var result = types->use_wstring(L"h\u00e9llo \u20ac", b.inout(), c.out());
    expect(std::wstring(result) == L"h\u00e9llo \u20ac", "result");
    expect(std::wstring(b) == L"h\u00e9llo \u20ac" && std::wstring(c).empty(), "inout and out");
  });
  client.run("wide characters in a struct", [&] {
    WideTexts a;
    a.shift = 1;
    a.letter = L'\u4e2d';
    a.text = CORBA::wstring_dup(L"\u20ac uro");
    a.bounded = CORBA::wstring_dup(L"four");
    WideTexts b;
    b.shift = 2;
    b.letter = L'a';
    const WideTexts before = b;
    WideTexts_var c;
    const WideTexts_var result = types->use_wide_texts(a, b, c.out());
    expect(same(result.in(), a) && same(b, a) && same(c.in(), before), "swapped");
  });
  client.run("wide characters in an any", [&] {
    CORBA::Any a;
    a <<= CORBA::Any::from_wchar(L'\u4e2d');
    CORBA::Any b;
    b <<= L"\u20ac";
    CORBA::Any_var c;
    const CORBA::Any_var result = types->use_any(a, b, c.out());
    CORBA::WChar letter = 0;
    const CORBA::WChar* text = nullptr;
    expect((result.in() >>= CORBA::Any::to_wchar(letter)) && letter == L'\u4e2d', "wchar");
    expect((c.in() >>= text) && std::wstring(text) == L"\u20ac", "wstring");
  });
  client.run("wide text", [&] {
    for (CORBA::Long which = 0; which < 2; ++which) {
      expect(types->is_wide_text(which, sample_wide_text(which).c_str()), "ours is the server's");
      const CORBA::WString_var text = types->wide_text(which);
      expect(std::wstring(text) == sample_wide_text(which), "the server's is ours");
    }
  });
}

void check_beyond_latin(OmniClient& client) {
  const auto types = client.types;
  if (client.utf8 && client.version != "1.0") {
    client.run("text beyond Latin-1", [&] {
      expect(types->is_text(1, sample_text(1, true).c_str()), "ours is the server's");
      const CORBA::String_var text = types->text(1);
      expect(std::string(text) == sample_text(1, true), "the server's is ours");
    });
  } else {
    client.run("text beyond Latin-1 is refused", [&] {
      expect_raise<CORBA::DATA_CONVERSION>([&] { types->text(1); }, "DATA_CONVERSION");
      const CORBA::String_var text = types->text(0);
      expect(std::string(text) == sample_text(0, client.utf8), "the connection goes on");
    });
  }
}

}  // namespace

void check_texts(OmniClient& client) {
  const auto types = client.types;
  client.run("string", [&] {
    for (const char* text : {"", "a", "seven..", "plain text", "\x01\x7f\t"})
      check_string(types, text, "before");
  });
  client.run("bounded string", [&] {
    CORBA::String_var b = CORBA::string_dup("");
    CORBA::String_var c;
    const CORBA::String_var result = types->use_code("12345678", b.inout(), c.out());
    expect(std::string(result) == "12345678" && std::string(b) == "12345678" && !*c.in(),
           "swapped");
  });
  client.run("text in Latin-1", [&] {
    expect(types->is_text(0, sample_text(0, client.utf8).c_str()), "ours is the server's");
    const CORBA::String_var text = types->text(0);
    expect(std::string(text) == sample_text(0, client.utf8), "the server's is ours");
  });
  check_beyond_latin(client);
  if (client.version == "1.2") {
    check_wide(client);
  } else {
    for (const char* name : {"wchar", "wstring", "wide characters in a struct",
                             "wide characters in an any", "wide text"}) {
      client.checks.skip(name, "omniORB has no wide characters in GIOP " + client.version);
    }
  }
}
