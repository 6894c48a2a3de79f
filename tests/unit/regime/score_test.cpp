#include <gtest/gtest.h>

#include "gridexit/regime/classify.hpp"

namespace gridexit::regime {
namespace {

TimeframeMetrics complete() {
  TimeframeMetrics metrics;
  metrics.adx.value = 29;                  // 0.5
  metrics.efficiency_ratio.value = 0.45;   // 0
  metrics.autocorrelation.value = -0.2;    // 1
  metrics.ou_half_life.value = 14;         // 1
  metrics.normalized_slope.value = -0.13;  // 0.5
  metrics.bollinger_bandwidth.value = 0.05;
  metrics.bollinger_bandwidth.bandwidth_ratio = 1.5;  // 0.5
  return metrics;
}

TEST(Score, FallsFromOneToZeroAndStaysThere) {
  const ScoreRule rule{10, 20, 1};
  EXPECT_EQ(score(5, rule), 1.0);
  EXPECT_EQ(score(10, rule), 1.0);
  EXPECT_DOUBLE_EQ(score(12.5, rule), 0.75);
  EXPECT_EQ(score(20, rule), 0.0);
  EXPECT_EQ(score(25, rule), 0.0);
}

TEST(ScoreMetrics, ScoresTheQuantityThatTheRuleNames) {
  TimeframeMetrics metrics = complete();
  score_metrics(metrics, Timeframe::h1, ScoreRules{});
  EXPECT_DOUBLE_EQ(*metrics.adx.score, 0.5);
  EXPECT_DOUBLE_EQ(*metrics.efficiency_ratio.score, 0.0);
  EXPECT_DOUBLE_EQ(*metrics.autocorrelation.score, 1.0);
  EXPECT_DOUBLE_EQ(*metrics.ou_half_life.score, 1.0);
  EXPECT_DOUBLE_EQ(*metrics.normalized_slope.score, 0.5) << "a fall counts like a rise";
  EXPECT_DOUBLE_EQ(*metrics.bollinger_bandwidth.score, 0.5) << "by the ratio, not the bandwidth";
  EXPECT_EQ(metrics.scored(), 6);
}

TEST(ScoreMetrics, ScoresTheHalfLifeInBars) {
  TimeframeMetrics metrics = complete();
  metrics.ou_half_life.value = 188;  // 47 bars of 4 h: half way from 14 to 80
  score_metrics(metrics, Timeframe::h4, ScoreRules{});
  EXPECT_DOUBLE_EQ(*metrics.ou_half_life.score, 0.5);
}

TEST(ScoreMetrics, GivesNoScoreWithoutAValueSaveForNonStationary) {
  TimeframeMetrics metrics;
  metrics.adx.reason = FailureReason::zero_variance;
  metrics.adx.score = 1.0;
  metrics.ou_half_life.reason = FailureReason::non_stationary;
  metrics.efficiency_ratio.reason = FailureReason::insufficient_data;
  score_metrics(metrics, Timeframe::h1, ScoreRules{});
  EXPECT_FALSE(metrics.adx.score.has_value()) << "an old score does not survive";
  EXPECT_EQ(metrics.ou_half_life.score, 0.0);
  EXPECT_EQ(metrics.scored(), 1);
}

TEST(RangeScore, WeighsTheScoresThereAre) {
  TimeframeMetrics metrics = complete();
  score_metrics(metrics, Timeframe::h1, ScoreRules{});
  // 0.20·0.5 + 0.20·0 + 0.10·1 + 0.15·1 + 0.20·0.5 + 0.15·0.5
  EXPECT_NEAR(*range_score(metrics, ScoreRules{}), 0.525, 1e-12);
  metrics.efficiency_ratio.score.reset();
  EXPECT_NEAR(*range_score(metrics, ScoreRules{}), 0.525 / 0.8, 1e-12);
  EXPECT_EQ(range_score(TimeframeMetrics{}, ScoreRules{}), std::nullopt);
}

TEST(Combine, LetsOneHourStandInForAMissingFourHours) {
  const RegimeRules rules;
  EXPECT_NEAR(*combine(0.8, 0.4, rules).combined, 0.66, 1e-12);
  const RangeScores alone = combine(0.8, std::nullopt, rules);
  EXPECT_NEAR(*alone.combined, 0.8, 1e-12);
  EXPECT_FALSE(alone.h4.has_value()) << "what is missing is not made up in the record";
  EXPECT_FALSE(combine(std::nullopt, 0.4, rules).combined.has_value());
}

}  // namespace
}  // namespace gridexit::regime
