#include "gridexit/base/error.hpp"

#include <gtest/gtest.h>

#include <set>

namespace gridexit {
namespace {

constexpr int kCodes = static_cast<int>(ErrorCode::internal) + 1;

TEST(ErrorCode, EveryCodeHasItsOwnNameAndAnExitCodeOfTheTable) {
  std::set<std::string_view> names;
  for (int i = 0; i < kCodes; ++i) {
    const auto code = static_cast<ErrorCode>(i);
    EXPECT_TRUE(names.insert(to_text(code)).second) << to_text(code);
    EXPECT_GE(exit_code(code), 1) << to_text(code);
    EXPECT_LE(exit_code(code), 9) << to_text(code);
  }
}

TEST(ErrorCode, ExitCodesAreThoseThatScriptsRelyOn) {
  EXPECT_EQ(exit_code(ErrorCode::internal), 1);
  EXPECT_EQ(exit_code(ErrorCode::usage), 2);
  EXPECT_EQ(exit_code(ErrorCode::not_found), 2);
  EXPECT_EQ(exit_code(ErrorCode::config_invalid), 3);
  EXPECT_EQ(exit_code(ErrorCode::exchange_unreachable), 4);
  EXPECT_EQ(exit_code(ErrorCode::data_unusable), 4);
  EXPECT_EQ(exit_code(ErrorCode::metrics_insufficient), 5);
  EXPECT_EQ(exit_code(ErrorCode::store_unusable), 6);
  EXPECT_EQ(exit_code(ErrorCode::deadline_exceeded), 7);
  EXPECT_EQ(exit_code(ErrorCode::locked), 8);
  EXPECT_EQ(exit_code(ErrorCode::check_failed), 9);
}

TEST(ErrorCode, OnlyWhatMayPassByItselfIsRetried) {
  EXPECT_TRUE(is_retryable(ErrorCode::exchange_rate_limited));
  EXPECT_TRUE(is_retryable(ErrorCode::notify_unavailable));
  EXPECT_FALSE(is_retryable(ErrorCode::notify_rejected));
  EXPECT_FALSE(is_retryable(ErrorCode::exchange_refused));
}

TEST(Error, TextEndsWithTheRemedy) {
  EXPECT_EQ((Error{ErrorCode::io, "disk full", "", {}}.text()), "disk full");
  EXPECT_EQ((Error{ErrorCode::io, "disk full", "free some space", {}}.text()),
            "disk full (free some space)");
}

}  // namespace
}  // namespace gridexit
