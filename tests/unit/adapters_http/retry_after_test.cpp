#include "gridexit/adapters/http/retry_after.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gridexit::adapters::http {
namespace {

constexpr const char* kDate = "Mon, 02 Feb 2026 14:00:00 GMT";

std::optional<double> seconds_for(const std::string& retry_after, const std::string& date = kDate) {
  return retry_after_seconds({429, {{"retry-after", retry_after}, {"date", date}}, ""});
}

TEST(RetryAfter, IsANumberOfSeconds) {
  EXPECT_EQ(seconds_for("0"), 0);
  EXPECT_EQ(seconds_for("120"), 120);
  EXPECT_EQ(seconds_for("120", ""), 120);
}

TEST(RetryAfter, IsADateThatCountsFromTheAnswersOwn) {
  EXPECT_EQ(seconds_for("Mon, 02 Feb 2026 14:00:30 GMT"), 30);
  EXPECT_EQ(seconds_for("Monday, 02-Feb-26 14:01:00 GMT"), 60);
  EXPECT_EQ(seconds_for("Mon, 02 Feb 2026 13:00:00 GMT"), 0) << "has passed";
}

TEST(RetryAfter, IsNothingThatCannotBeRead) {
  EXPECT_EQ(retry_after_seconds({429, {{"date", kDate}}, ""}), std::nullopt);
  EXPECT_EQ(seconds_for("soon"), std::nullopt);
  EXPECT_EQ(seconds_for("-5"), std::nullopt);
  EXPECT_EQ(seconds_for("Mon, 02 Feb 2026 14:00:30 GMT", ""), std::nullopt);
  EXPECT_EQ(seconds_for("Mon, 02 Feb 2026 14:00:30 GMT", "yesterday"), std::nullopt);
}

}  // namespace
}  // namespace gridexit::adapters::http
