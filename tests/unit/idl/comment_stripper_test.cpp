#include "idl/compiler/source/comment_stripper.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

std::string restored(std::string_view text) { return undisguise(strip_comments(text).text); }

TEST(CommentStripper, LeavesLiteralsAsTheyAre) {
  for (const char* text : {R"(x = "a??/" "/*" "b";)", R"(x = "what?" '?' "//";)",
                           R"(x = "\"\\" '\'' '"' "'";)", R"(R"(a\)/*")", R"(#include "a?b\c")"}) {
    EXPECT_EQ(restored(text), std::string(text) + "\n");
  }
}

TEST(CommentStripper, LeavesTextThatIsNoIdlAsItIs) {
  for (const char* text : {"#error don't", "#error what?\?/ \\ \"open", "?\?=define X", "''"}) {
    EXPECT_EQ(restored(text), std::string(text) + "\n");
  }
}

TEST(CommentStripper, FindsACommentWhoseBeginningIsContinued) {
  EXPECT_EQ(restored("a /\\\n* b */ c"), "a   \n       c\n");
  EXPECT_EQ(restored("a /\\\n/ b\nc"), "a   \n   \nc\n");
}

TEST(CommentStripper, JoinsALiteralOnSeveralLines) {
  EXPECT_EQ(restored("x = \"a\\\nb\"; y\n"), "x = \"ab\"\n  ; y\n");
  EXPECT_EQ(restored("#define X \"a\\\r\nb\" y\n"), "#define X \"ab\"\\\n   y\n");
}

TEST(CommentStripper, TellsControlCharactersInLiterals) {
  const StrippedText stripped = strip_comments("\f \"a\fb\v\" '\x01'\n");

  EXPECT_EQ(stripped.control_characters, (std::vector<std::size_t>{4, 10}));
}

// What the preprocessor must never see, whatever it is given.
void expect_harmless(const std::string& text) {
  const std::string seen = strip_comments(text).text;
  char quote = '\0';
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const char c = seen[i];
    if (c == quote) {
      quote = '\0';
    } else if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    }
    const char next = i + 1 < seen.size() ? seen[i + 1] : '\n';
    EXPECT_FALSE(c == '\n' && quote != '\0') << "an open literal in: " << text;
    EXPECT_FALSE(c == '?' && next == '?') << "a trigraph in: " << text;
    EXPECT_FALSE(c == '\\' && next != '\n') << "a backslash in: " << text;
    EXPECT_FALSE(quote == '\0' && c == '/' && (next == '/' || next == '*')) << text;
    EXPECT_FALSE(quote == '\'' && c == '\'' && next == '\'') << "an empty literal in: " << text;
  }
}

TEST(CommentStripper, HidesWhatThePreprocessorCouldMisread) {
  const char* const parts[] = {"\"",   "'",   "\\", "?",    "?\?/",   "/",    "*",    "/*",
                               "*/",   "//",  "\n", "\\\n", "\\\r\n", "\r",   "\f",   "\v",
                               "R\"(", ")\"", "L'", "#",    "a",      "\x7F", "\xFF", " "};
  std::mt19937 random(1);
  for (int i = 0; i < 5000 && !::testing::Test::HasFailure(); ++i) {
    std::string text;
    for (auto n = random() % 20; n != 0; --n) text += parts[random() % std::size(parts)];
    expect_harmless(text);
  }
}

// Each message is about a line that is there.
void expect_true_places(const std::string& text) {
  const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n') + 1);
  const Outcome outcome = compile_source(text);
  EXPECT_LT(outcome.diagnostics.all().size(), 10U) << text;
  for (const Diagnostic& found : outcome.diagnostics.all()) EXPECT_LE(found.line, lines) << text;
}

TEST(Preprocessor, NeverReadsBehindTheEnd) {
  for (const char* text :
       {"const string c = \"a?\?/\" \"/*\" \"b\";\n", "R\"(\xC3\xA9'\\\f##/*)\"",
        "R\"(\xC3\xA9'\\##/*)\"", "const string c = \"\\\\?\?/\" \"/*\" \"//\";\n", "foo \\\"/*\"",
        "''U'\"/*##/*U'/*", "\"a\\\n\" \" /* \"", "/\\\n* x", "'\\\n' \"/*\"", "\"\\q/*\"",
        "x \\"}) {
    expect_true_places(text);
  }
}

TEST(Preprocessor, KeepsTheFourCharactersOfATrigraph) {
  const Outcome outcome = compile_source(
      "#define TEXT \"a?\?/\"\n"
      "const string c = TEXT \"/*\" \"b\";\n");

  const auto* constant = find<Constant>(outcome, "c");
  ASSERT_NE(constant, nullptr) << outcome.messages();
  EXPECT_EQ(std::get<std::string>(constant->value), std::string("a?") + "?//*b");
}

TEST(Preprocessor, MakesTextOfLiterals) {
  const Outcome outcome = compile_source(
      "#define TEXT(x) #x\n"
      "const string c = TEXT(\"a\\n\\\"?\");\n");

  const auto* constant = find<Constant>(outcome, "c");
  ASSERT_NE(constant, nullptr) << outcome.messages();
  EXPECT_EQ(std::get<std::string>(constant->value), R"("a\n\"?")");
}

TEST(Preprocessor, ShowsTheWordsOfAnErrorDirective) {
  EXPECT_EQ(messages_of("#error don't?\?/ \"\\q?\"\n"),
            "test.idl:1:1: error: #error don't?\?/ \"\\q?\"\n#error don't?\?/ \"\\q?\"\n^\n");
}

TEST(Preprocessor, DoesNotDropTheRestBehindAnEmptyArgument) {
  EXPECT_EQ(messages_of("#define F(x) x\nF( ) typedef long T;\ntypedef Missing U;\n"),
            "test.idl:2:1: error: empty arguments of macros are not supported: F\n"
            "F( ) typedef long T;\n^\n");
}

TEST(Preprocessor, IncludesFilesThatMacrosName) {
  const TemporaryFolder folder;
  folder.write("body.inc", "typedef long S;\n");
  folder.write("lib/x.idl", "typedef S T;\n");
  folder.write("lib/y.idl", "typedef T Y;\n");
  folder.write("main.idl",
               "#define FILE_ \"body.inc\"\n#include FILE_ // the body\n"
               "#define F <x.idl>\n#include F\n"
               "#define TEXT(x) #x\n#include TEXT(lib/y.idl) \n"
               "typedef Y U;\ntypedef Missing V;\n");
  Options options;
  options.include_directories = {folder.path("lib")};

  const Outcome outcome = folder.compile("main.idl", options);

  EXPECT_EQ(outcome.messages(), folder.path("main.idl") +
                                    ":8:9: error: undefined name 'Missing'\n"
                                    "typedef Missing V;\n        ^\n");
}

}  // namespace
}  // namespace corbel::idl::test
