#include "app/logging.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "support/fakes.hpp"

namespace gridexit::app {
namespace {

using ports::LogLevel;

class Logging : public ::testing::Test {
 protected:
  std::string lines(LogStyle style, LogLevel least, const ports::LogEvent& event) {
    std::ostringstream stream;
    make_log(stream, clock_, style, least)->event(event);
    return stream.str();
  }

  testing::FakeClock clock_{*parse_utc("2026-02-02T14:00:05Z")};
};

TEST_F(Logging, WritesOneJsonObjectALine) {
  EXPECT_EQ(
      lines(LogStyle::json, LogLevel::info,
            {LogLevel::warning,
             "push.failed",
             {{"symbol", "ETH-USDT"}, {"duration_ms", "12.5"}, {"code", "a\nb"}}}),
      "{\"ts\": \"2026-02-02T14:00:05Z\", \"level\": \"warning\", \"event\": \"push.failed\", "
      "\"symbol\": \"ETH-USDT\", \"duration_ms\": 12.5, \"code\": \"a\\nb\"}\n");
}

TEST_F(Logging, KeepsIdsThatLookLikeNumbersAsText) {
  EXPECT_NE(lines(LogStyle::json, LogLevel::info, {LogLevel::info, "x", {{"commit", "12e5"}}})
                .find("\"12e5\""),
            std::string::npos);
}

TEST_F(Logging, WritesTextForPeople) {
  EXPECT_EQ(lines(LogStyle::text, LogLevel::info,
                  {LogLevel::info, "push.done", {{"commits", "2"}, {"message", "all well"}}}),
            "2026-02-02T14:00:05Z info    push.done commits=2 message=\"all well\"\n");
}

TEST_F(Logging, DropsWhatIsBelowTheLevel) {
  EXPECT_EQ(lines(LogStyle::json, LogLevel::warning, {LogLevel::info, "chatter", {}}), "");
}

}  // namespace
}  // namespace gridexit::app
