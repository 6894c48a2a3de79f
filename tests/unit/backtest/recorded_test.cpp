#include "gridexit/backtest/recorded.hpp"

#include <gtest/gtest.h>

#include "gridexit/evaluation/evaluate.hpp"
#include "market.hpp"

namespace gridexit::backtest {
namespace {

void expect_same_metrics(const TimeframeMetrics& a, const TimeframeMetrics& b) {
  for (const MetricKey key : kMetricKeys) {
    EXPECT_EQ(a.metric(key).value, b.metric(key).value);
    EXPECT_EQ(a.metric(key).reason, b.metric(key).reason);
  }
  EXPECT_EQ(a.atr, b.atr);
  EXPECT_EQ(a.adx.value_3_bars_ago, b.adx.value_3_bars_ago);
  EXPECT_EQ(a.bollinger_bandwidth.value_6_bars_ago, b.bollinger_bandwidth.value_6_bars_ago);
}

// Around the outage of 5 hours: gaps to fill, hours without a fresh bar, hours without any
// evaluation.
TEST(RecomputeTrack, IsWhatTheProductWouldHaveRecorded) {
  const CandleSeries delivered = small_market();
  const UtcTime outage = kFirst + Hours{1500};
  ASSERT_EQ(delivered.between(outage, outage + Hours{5}).size(), 0U);
  const UtcTime from = outage - Hours{20};
  const DataRules rules;
  const Track recomputed = recompute_track("BTC-USDT", delivered.view(), from, rules);
  ASSERT_EQ(recomputed.size(), delivered.size() + 5);

  TrackRecorder recorder("BTC-USDT", delivered.view());
  evaluation::HourInputs inputs(*Symbol::parse("BTC-USDT"));
  int refused = 0;
  for (UtcTime at = from; at < outage + Hours{30}; at += Hours{1}) {
    inputs.at = at;
    const UtcTime reach = floor_to(at, Timeframe::h4) - rules.window * Hours{4};
    inputs.delivered_1h = delivered.between(reach, at);
    const auto outcome = evaluation::evaluate(inputs, Rules{});
    if (outcome) recorder.add(at, outcome->record.h1, outcome->record.h4);
    if (!outcome) ++refused;
  }
  const Track recorded = std::move(recorder).finish();
  EXPECT_EQ(refused, 2);
  for (UtcTime at = from; at < outage + Hours{30}; at += Hours{1}) {
    SCOPED_TRACE(format_utc(at));
    const auto bar = static_cast<std::size_t>((at - kFirst) / Hours{1}) - 1;
    ASSERT_EQ(recorded.evaluated(bar), recomputed.evaluated(bar));
    if (!recorded.evaluated(bar)) continue;
    expect_same_metrics(recorded.metrics_1h(bar), recomputed.metrics_1h(bar));
    expect_same_metrics(recorded.metrics_4h(bar), recomputed.metrics_4h(bar));
  }
}

TEST(RecomputeTrack, BeginsWhereItIsAskedTo) {
  const CandleSeries delivered = small_market();
  const Track track = recompute_track("A", delivered.view(), kFirst + Hours{1100}, DataRules{});
  EXPECT_FALSE(track.evaluated(1098));
  EXPECT_TRUE(track.evaluated(1099));
  EXPECT_TRUE(track.evaluated(track.size() - 1));
}

TEST(RecomputeTrack, WithoutGapsIsTheTrackOfTheHarness) {
  testing::Story story(kFirst, 100);
  story.range(1200, 100).drift(100, 120);
  const Track harness = make_track("A", story.bars().view(), DataRules{});
  const Track product = recompute_track("A", story.bars().view(), kFirst, DataRules{});
  for (std::size_t bar = 1056; bar < harness.size(); ++bar) {
    expect_same_metrics(harness.metrics_1h(bar), product.metrics_1h(bar));
    expect_same_metrics(harness.metrics_4h(bar), product.metrics_4h(bar));
  }
}

TEST(TrackRecorder, TakesTheFirstEvaluationOfAnHourThatHasABar) {
  const CandleSeries delivered = small_market();
  TrackRecorder recorder("A", delivered.view());
  TimeframeMetrics first;
  first.atr = 1;
  TimeframeMetrics second;
  second.atr = 2;
  recorder.add(kFirst, first, first);
  recorder.add(kFirst + Hours{1}, first, second);
  recorder.add(kFirst + Hours{1}, second, second);
  recorder.add(kFirst + Hours{1} + Seconds{1}, second, second);
  recorder.add(kFirst + Hours{90'000}, second, second);
  const Track track = std::move(recorder).finish();
  EXPECT_EQ(track.h1.size(), 1U);
  EXPECT_EQ(track.metrics_1h(0).atr, 1);
  EXPECT_EQ(track.metrics_4h(0).atr, 2);
  EXPECT_FALSE(track.evaluated(1));
}

}  // namespace
}  // namespace gridexit::backtest
