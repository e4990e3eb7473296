#include "event-service/core/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace corbel::event_service {
namespace {

using testing::MatchesRegex;

TEST(EventServiceLog, HasTheFormOfTheBrokersLines) {
  ::testing::internal::CaptureStderr();
  log(LogLevel::error, "channel a\nb destroyed");
  const std::string line = ::testing::internal::GetCapturedStderr();

  EXPECT_THAT(line, MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} "
                                 "[0-9]+\\.[0-9]+ error events: channel a\\\\x0ab destroyed\n"));
}

}  // namespace
}  // namespace corbel::event_service
