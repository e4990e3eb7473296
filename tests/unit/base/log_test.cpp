#include <gtest/gtest.h>
#include <orb/base/assert.hpp>
#include <orb/base/log.hpp>

namespace corbel::log {
namespace {

using namespace std::chrono_literals;

class Log : public ::testing::Test {
 protected:
  void TearDown() override { set_level(Level::warn); }
};

std::string captured(auto&& action) {
  ::testing::internal::CaptureStderr();
  action();
  return ::testing::internal::GetCapturedStderr();
}

TEST_F(Log, ShowsOnlyWhatIsAtOrAboveTheLevel) {
  set_level(Level::info);

  const std::string text = captured([] {
    debug("connection", "not this");
    info("connection", "opened ", 3, " of ", 10);
  });

  EXPECT_EQ(text.find("not this"), std::string::npos);
  EXPECT_NE(text.find("info connection: opened 3 of 10\n"), std::string::npos) << text;
}

TEST_F(Log, OffShowsNothing) {
  set_level(Level::off);

  EXPECT_EQ(captured([] { error("connection", "x"); }), "");
  EXPECT_FALSE(enabled(Level::critical));
}

TEST_F(Log, KeepsAHostileMessageOnOneLine) {
  const std::string text = captured([] { warn("giop", "key a\nERROR forged\x1b[31m{}"); });

  EXPECT_NE(text.find(" warn giop: key a\\x0aERROR forged\\x1b[31m{}\n"), std::string::npos)
      << text;
}

TEST_F(Log, ParsesLevelNames) {
  EXPECT_EQ(parse_level("trace", Level::warn), Level::trace);
  EXPECT_EQ(parse_level("off", Level::warn), Level::off);
  EXPECT_EQ(parse_level("loud", Level::warn), Level::warn);
}

TEST_F(Log, EveryHoldsBackRepetitionsAndCountsThem) {
  Every every(1min);
  const std::chrono::steady_clock::time_point start{100s};

  const std::string text = captured([&] {
    EXPECT_TRUE(every.write_at(start, Level::warn, "acceptor", "too many connections"));
    EXPECT_FALSE(every.write_at(start + 1s, Level::warn, "acceptor", "too many connections"));
    EXPECT_FALSE(every.write_at(start + 59s, Level::warn, "acceptor", "too many connections"));
    EXPECT_TRUE(every.write_at(start + 60s, Level::warn, "acceptor", "too many connections"));
  });

  EXPECT_NE(text.find("too many connections (and 2 more"), std::string::npos) << text;
}

TEST(Assert, SaysWhereAndWhyBeforeItEndsTheProcess) {
  EXPECT_DEATH(CORBEL_ASSERT(1 == 2, "numbers broke"), "log_test.cpp.*1 == 2: numbers broke");
  CORBEL_ASSERT(true, "fine");
}

}  // namespace
}  // namespace corbel::log
