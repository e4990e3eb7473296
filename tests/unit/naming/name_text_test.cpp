#include <corbel/exceptions.hpp>
#include <corbel/name.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace corbel {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Component = NameComponent;

TEST(NameText, SlashSeparatesComponentsAndDotSeparatesIdAndKind) {
  EXPECT_THAT(parse_name("a/b.kind/.k"),
              ElementsAre(Component{"a", ""}, Component{"b", "kind"}, Component{"", "k"}));
}

TEST(NameText, ALoneDotIsEmptyIdAndKind) {
  EXPECT_THAT(parse_name("."), ElementsAre(Component{"", ""}));
  EXPECT_THAT(parse_name("a/./c"),
              ElementsAre(Component{"a", ""}, Component{"", ""}, Component{"c", ""}));
}

TEST(NameText, ABackslashMakesTheSpecialCharactersOrdinary) {
  EXPECT_THAT(parse_name(R"(a\/b.c\.d\\)"), ElementsAre(Component{"a/b", R"(c.d\)"}));
  EXPECT_THAT(parse_name(R"(\.)"), ElementsAre(Component{".", ""}));
  EXPECT_THAT(parse_name(R"(a.\.)"), ElementsAre(Component{"a", "."}));
}

TEST(NameText, OtherCharactersStandForThemselves) {
  EXPECT_THAT(parse_name("a b:c?*.\xc3\xbc"), ElementsAre(Component{"a b:c?*", "\xc3\xbc"}));
}

class BadNameText : public testing::TestWithParam<const char*> {};

TEST_P(BadNameText, IsRefusedWithBadParam) { EXPECT_THROW(parse_name(GetParam()), BadParam); }

INSTANTIATE_TEST_SUITE_P(Every, BadNameText,
                         testing::Values("", "/", "a/", "/a", "a//b", "a.", "a./b", "b/a.", "a.b.c",
                                         "..", "a..", "a.b.", ".a.", R"(\)", R"(a\)", R"(a\b)",
                                         R"(a.\x)",
                                         R"(a\/)"
                                         "/"));

TEST(NameText, TheComplaintSaysWhereAndWhat) {
  try {
    parse_name("good/bad.");
    FAIL() << "accepted";
  } catch (const BadParam& complaint) {
    EXPECT_THAT(complaint.what(), HasSubstr("octet 9"));
    EXPECT_THAT(complaint.what(), HasSubstr("without a kind"));
  }
}

TEST(NameText, FormattingEscapesAndOmitsWhatIsEmpty) {
  EXPECT_EQ(format_name(Component{"id", ""}), "id");
  EXPECT_EQ(format_name(Component{"id", "kind"}), "id.kind");
  EXPECT_EQ(format_name(Component{"", "kind"}), ".kind");
  EXPECT_EQ(format_name(Component{"", ""}), ".");
  EXPECT_EQ(format_name(Component{"a/b", R"(c.\)"}), R"(a\/b.c\.\\)");
  EXPECT_EQ(format_name(std::vector<Component>{{"a", ""}, {"", ""}, {"b", "c"}}), "a/./b.c");
}

TEST(NameText, EveryNameSurvivesBeingWrittenAndRead) {
  std::mt19937 random(20240611);
  const std::string letters = R"(ab./\%# )";
  auto field = [&] {
    std::string text(random() % 4, ' ');
    for (char& letter : text) letter = letters[random() % letters.size()];
    return text;
  };
  for (int round = 0; round < 20'000; ++round) {
    std::vector<Component> name(1 + random() % 4);
    for (auto& component : name) component = {field(), field()};

    ASSERT_EQ(parse_name(format_name(name)), name) << format_name(name);
  }
}

TEST(NameText, AnAcceptedTextIsTheOnlyTextOfItsName) {
  std::mt19937 random(7);
  const std::string letters = R"(a./\)";
  int accepted = 0;
  for (int round = 0; round < 50'000; ++round) {
    std::string text(random() % 7, ' ');
    for (char& letter : text) letter = letters[random() % letters.size()];
    std::vector<Component> name;
    try {
      name = parse_name(text);
    } catch (const BadParam&) {
      continue;
    }
    ++accepted;
    ASSERT_EQ(format_name(name), text);
  }
  EXPECT_GT(accepted, 1000);
}

}  // namespace
}  // namespace corbel
