#include "adapters/exchange/retry.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::ManualClock;

// A call that fails with `code` the first `failures` times.
struct Flaky {
  ErrorCode code = ErrorCode::exchange_unavailable;
  int failures = 0;
  std::optional<double> countdown;
  int asked = 0;

  Attempt<int> operator()() {
    if (++asked > failures) return {42, std::nullopt};
    return {Error{code, "failed", "", {}}, countdown};
  }
};

Result<int> call(Retry& retry, Flaky& flaky) {
  return retry.call<int>([&flaky] { return flaky(); });
}

TEST(Retry, TriesThreeTimesWithGrowingWaits) {
  ManualClock clock;
  Retry retry({}, clock);
  Flaky twice{.failures = 2, .countdown = {}};
  EXPECT_EQ(call(retry, twice).value(), 42);
  ASSERT_EQ(clock.waits.size(), 2U);
  EXPECT_GE(clock.waits[0], 1);
  EXPECT_LE(clock.waits[0], 1.5);
  EXPECT_GE(clock.waits[1], 2);
  EXPECT_LE(clock.waits[1], 3);

  Flaky always{.failures = 100, .countdown = {}};
  EXPECT_FALSE(call(retry, always));
  EXPECT_EQ(always.asked, 3);
}

TEST(Retry, NeverWaitsLongerThanTenSeconds) {
  ManualClock clock;
  Retry retry({.attempts = 12}, clock);
  Flaky always{.failures = 100, .countdown = {}};
  EXPECT_FALSE(call(retry, always));
  ASSERT_EQ(clock.waits.size(), 11U);
  EXPECT_EQ(clock.waits.back(), 10);
}

TEST(Retry, TheJitterFollowsTheSeed) {
  const auto waits = [](std::uint64_t seed) {
    ManualClock clock;
    Retry retry({.seed = seed}, clock);
    Flaky always{.failures = 100, .countdown = {}};
    EXPECT_FALSE(call(retry, always));
    return clock.waits;
  };
  EXPECT_EQ(waits(1), waits(1));
  EXPECT_NE(waits(1), waits(2));
}

TEST(Retry, HonoursTheGatewaysCountdown) {
  ManualClock clock;
  Retry retry({}, clock);
  Flaky limited{ErrorCode::exchange_rate_limited, 1, 12.5};
  EXPECT_TRUE(call(retry, limited));
  ASSERT_EQ(clock.waits.size(), 1U);
  EXPECT_GE(clock.waits[0], 12.5);
  EXPECT_LE(clock.waits[0], 13);

  // Longer than a pool can take to refill: the run has no such time.
  Flaky forever{ErrorCode::exchange_rate_limited, 1, 3600.0};
  EXPECT_FALSE(call(retry, forever));
  EXPECT_EQ(forever.asked, 1);
}

TEST(Retry, DoesNotRepeatWhatARetryCannotMend) {
  ManualClock clock;
  Retry retry({}, clock);
  for (const ErrorCode code : {ErrorCode::exchange_refused, ErrorCode::exchange_malformed,
                               ErrorCode::data_unavailable, ErrorCode::deadline_exceeded}) {
    Flaky flaky{code, 1, {}};
    EXPECT_EQ(call(retry, flaky).error().code, code);
    EXPECT_EQ(flaky.asked, 1);
  }
  EXPECT_TRUE(clock.waits.empty());
}

TEST(Retry, ThreeFailedCallsInARowOpenTheCircuitForGood) {
  ManualClock clock;
  Retry retry({}, clock);
  for (int i = 0; i < 2; ++i) {
    Flaky always{.failures = 100, .countdown = {}};
    EXPECT_FALSE(call(retry, always));
  }
  Flaky fine;
  EXPECT_TRUE(call(retry, fine));  // a success in between: the count starts anew
  for (int i = 0; i < 3; ++i) {
    Flaky always{.failures = 100, .countdown = {}};
    EXPECT_FALSE(call(retry, always));
  }
  Flaky unasked;
  const auto refused = call(retry, unasked);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::exchange_unavailable);
  EXPECT_EQ(unasked.asked, 0);
}

TEST(Retry, ARefusalSaysNothingAboutTheExchangesHealth) {
  ManualClock clock;
  Retry retry({}, clock);
  for (int i = 0; i < 5; ++i) {
    Flaky refused{ErrorCode::exchange_refused, 1, {}};
    EXPECT_FALSE(call(retry, refused));
  }
  Flaky fine;
  EXPECT_TRUE(call(retry, fine));
}

}  // namespace
}  // namespace gridexit::adapters
