#include <gtest/gtest.h>

#include "gridexit/regime/classify.hpp"

namespace gridexit::regime {
namespace {

/// Metrics that all have one score.
TimeframeMetrics all_scored(double value) {
  TimeframeMetrics metrics;
  for (const MetricKey key : kMetricKeys) metrics.metric(key).score = value;
  return metrics;
}

/// An old range verdict that every metric agrees with: no penalty, confidence at its cap.
struct Case {
  Regime regime;
  TimeframeMetrics h1 = all_scored(0.9);
  TimeframeMetrics h4 = all_scored(0.9);
  ConfidenceInputs inputs;

  Case() {
    regime.verdict = Verdict::range_ok;
    regime.hours_in_verdict = 36;
    regime.range_score = {0.9, 0.9, 0.9};
  }
  Confidence judge() const { return confidence(regime, h1, h4, inputs, Rules{}); }
  /// The only penalty; fails when there are more or none.
  Penalty only_penalty() const {
    const Confidence result = judge();
    EXPECT_EQ(result.penalties.size(), 1U);
    EXPECT_FALSE(result.penalties.empty() || result.penalties.front().reason.empty());
    return result.penalties.empty() ? Penalty{} : result.penalties.front();
  }
  void expect_penalty(const char* name, double amount) const {
    EXPECT_EQ(only_penalty().name, name);
    EXPECT_NEAR(only_penalty().amount, amount, 1e-12);
  }
  void expect_none() const { EXPECT_TRUE(judge().penalties.empty()); }
};

TEST(Confidence, IsCapped) {
  const Confidence result = Case{}.judge();
  EXPECT_DOUBLE_EQ(result.base, 1.0);
  EXPECT_DOUBLE_EQ(result.value, 0.95);
  EXPECT_TRUE(result.penalties.empty());
}

TEST(Confidence, CountsTheWeightOnTheVerdictsSide) {
  Case it;
  it.h1.adx.score = 0.5;  // not above 0.5: on the trending side
  EXPECT_NEAR(it.judge().base, 0.5 + 0.5 * (1.0 - 0.20 * 0.65), 1e-12);
  it.regime.verdict = Verdict::transition;
  EXPECT_NEAR(it.judge().base, 0.5 + 0.5 * 0.20 * 0.65, 1e-12);
  it.h4.autocorrelation.score = 0.1;
  EXPECT_NEAR(it.judge().base, 0.5 + 0.5 * (0.20 * 0.65 + 0.10 * 0.35), 1e-12);
}

// 1 - 0.35 - 0.05, taken off one after the other, is 0.6 less one bit.
TEST(Confidence, SumsItsPenaltiesBeforeItTakesThemOff) {
  Case it;
  it.regime.verdict = Verdict::trend;
  it.h1 = all_scored(0.1);
  it.h4 = all_scored(0.1);
  for (const MetricKey key :
       {MetricKey::adx, MetricKey::efficiency_ratio, MetricKey::autocorrelation,
        MetricKey::ou_half_life, MetricKey::normalized_slope, MetricKey::bollinger_bandwidth}) {
    it.h4.metric(key).score.reset();
  }
  it.h1.adx.score.reset();
  it.inputs.grid_running = true;
  it.inputs.grid_age_hours = 1;
  ASSERT_EQ(it.judge().penalties.size(), 2U);
  EXPECT_GE(it.judge().value, 0.60);
}

TEST(Confidence, CountsOnlyTheScoresThereAre) {
  Case it;
  it.h4 = TimeframeMetrics{};
  it.h1.adx.score = 0.1;
  it.h1.efficiency_ratio.score.reset();
  EXPECT_NEAR(it.judge().base, 0.5 + 0.5 * (0.6 / 0.8), 1e-12);
  it.h1 = TimeframeMetrics{};
  EXPECT_DOUBLE_EQ(it.judge().base, 0.5);
}

TEST(Confidence, DoubtsAYoungRangeVerdict) {
  Case it;
  it.regime.hours_in_verdict = 0;
  it.expect_penalty("young_verdict", 0.15);
  it.regime.hours_in_verdict = 9;
  it.expect_penalty("young_verdict", 0.15 * 0.75);
  it.regime.hours_in_verdict = 35;
  it.expect_penalty("young_verdict", 0.15 / 36);
  it.regime.hours_in_verdict = 0;
  it.regime.verdict = Verdict::trend;
  it.expect_none();
}

TEST(Confidence, DoubtsMissingMetrics) {
  Case it;
  it.h1.adx.score.reset();
  it.expect_penalty("missing_metrics", 0.05);
  it.h4.adx.score.reset();
  it.h4.ou_half_life.score.reset();
  it.expect_penalty("missing_metrics", 0.15);
}

TEST(Confidence, DoubtsTimeframesThatDisagree) {
  Case it;
  it.regime.range_score = {0.75, 0.40, 0.6};
  it.expect_none();
  it.regime.range_score = {0.40, 0.7501, 0.5};
  it.expect_penalty("timeframes_disagree", 0.10);
  it.regime.range_score = {0.9, std::nullopt, 0.9};
  it.expect_none();
}

TEST(Confidence, DoubtsARangeWhoseBoundIsNear) {
  Case it;
  it.inputs.break_probability = 0.4;
  it.expect_none();
  it.inputs.grid_running = true;
  it.expect_penalty("position", 0.08);
  it.inputs.break_probability.reset();
  it.expect_none();
  it.inputs.break_probability = 0.4;
  it.regime.verdict = Verdict::transition;
  it.expect_none();
}

TEST(Confidence, DoubtsAnImmatureGrid) {
  Case it;
  it.inputs.grid_running = true;
  it.inputs.grid_age_hours = 23.9;
  it.expect_penalty("immature_grid", 0.05);
  it.inputs.grid_age_hours = 24.0;
  it.expect_none();
  it.inputs.grid_age_hours = 1.0;
  it.inputs.grid_running = false;
  it.expect_none();
}

TEST(Confidence, DoubtsASpacingThatDoesNotFitVolatility) {
  Case it;
  for (const double fitting : {0.5, 1.0, 3.0}) {
    it.inputs.step_atr = fitting;
    it.expect_none();
  }
  for (const double unfit : {0.49, 3.01}) {
    it.inputs.step_atr = unfit;
    it.expect_penalty("spacing", 0.05);
  }
}

TEST(Confidence, DoubtsDataWithProblems) {
  Case it;
  it.inputs.data_problems = true;
  it.expect_penalty("data", 0.20);
  it.inputs.data_mended_only = true;
  it.expect_penalty("data", 0.05);
  it.inputs.data_problems = false;
  it.expect_none();
}

TEST(Confidence, ListsPenaltiesInOrderAndSubtractsAll) {
  Case it;
  it.regime.hours_in_verdict = 0;
  it.h4.adx.score.reset();
  it.regime.range_score = {0.9, 0.5, 0.76};
  it.inputs = {true, 0.5, 2.0, 4.0, true, false};
  const Confidence result = it.judge();
  std::vector<std::string> names;
  for (const Penalty& penalty : result.penalties) names.push_back(penalty.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"young_verdict", "missing_metrics", "timeframes_disagree",
                                      "position", "immature_grid", "spacing", "data"}));
  EXPECT_NEAR(result.value, 1.0 - 0.15 - 0.05 - 0.10 - 0.10 - 0.05 - 0.05 - 0.20, 1e-12);
}

TEST(Confidence, IsNeverNegative) {
  Case it;
  it.h1 = it.h4 = TimeframeMetrics{};
  it.regime.hours_in_verdict = 0;
  it.inputs.data_problems = true;
  EXPECT_DOUBLE_EQ(it.judge().value, 0.0);
}

}  // namespace
}  // namespace gridexit::regime
