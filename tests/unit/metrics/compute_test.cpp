#include "gridexit/metrics/compute.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/series.hpp"

namespace gridexit::metrics {
namespace {

using support::series_of;
using support::walk;

TimeframeMetrics of(const CandleSeries& series) {
  return compute(series.view(), Timeframe::h1);
}

CandleSeries hours(std::size_t count) {
  return series_of(walk(3, count), 0.001);
}

/// A copy with one price of one bar replaced.
CandleSeries spoiled(const CandleSeries& series, std::size_t at, double Candle::*price,
                     double value) {
  CandleSeries result;
  for (std::size_t i = 0; i < series.size(); ++i) {
    Candle bar = series.at(i);
    if (i == at) bar.*price = value;
    result.push_back(bar);
  }
  return result;
}

TEST(Compute, NeedsEachMetricsBars) {
  struct Need {
    MetricKey key;
    std::size_t bars;
  };
  for (const Need& need :
       {Need{MetricKey::adx, 100}, Need{MetricKey::efficiency_ratio, 25},
        Need{MetricKey::autocorrelation, 73}, Need{MetricKey::ou_half_life, 169},
        Need{MetricKey::normalized_slope, 100}, Need{MetricKey::bollinger_bandwidth, 139}}) {
    const TimeframeMetrics few = of(hours(need.bars - 1));
    EXPECT_EQ(few.metric(need.key).reason, FailureReason::insufficient_data) << need.bars;
    EXPECT_FALSE(few.metric(need.key).ok());
    EXPECT_NE(of(hours(need.bars)).metric(need.key).reason, FailureReason::insufficient_data)
        << need.bars;
  }
  EXPECT_FALSE(of(hours(99)).atr.has_value());
  EXPECT_TRUE(of(hours(100)).atr.has_value());
  EXPECT_FALSE(of(CandleSeries{}).adx.ok());
}

TEST(Compute, RefusesInvalidPricesWithinAMetricsReachOnly) {
  const CandleSeries sound = hours(260);
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity()}) {
    const TimeframeMetrics metrics = of(spoiled(sound, 100, &Candle::open, bad));
    EXPECT_EQ(metrics.adx.reason, FailureReason::invalid_input);
    EXPECT_EQ(metrics.normalized_slope.reason, FailureReason::invalid_input);
    EXPECT_EQ(metrics.bollinger_bandwidth.reason, FailureReason::invalid_input);
    EXPECT_EQ(metrics.ou_half_life.reason, FailureReason::invalid_input);
    EXPECT_TRUE(metrics.autocorrelation.ok());
    EXPECT_TRUE(metrics.efficiency_ratio.ok());
    EXPECT_FALSE(metrics.atr.has_value());
  }
}

TEST(Compute, LooksAtEveryPriceFromTheFirstBarOfAReachOn) {
  const CandleSeries sound = hours(260);
  for (const auto price : {&Candle::open, &Candle::high, &Candle::low, &Candle::close}) {
    EXPECT_TRUE(of(spoiled(sound, 260 - 26, price, 0.0)).efficiency_ratio.ok());
    EXPECT_EQ(of(spoiled(sound, 260 - 25, price, 0.0)).efficiency_ratio.reason,
              FailureReason::invalid_input);
    EXPECT_TRUE(of(spoiled(sound, 260 - 74, price, 0.0)).autocorrelation.ok());
    EXPECT_EQ(of(spoiled(sound, 260 - 73, price, 0.0)).autocorrelation.reason,
              FailureReason::invalid_input);
    EXPECT_NE(of(spoiled(sound, 260 - 170, price, 0.0)).ou_half_life.reason,
              FailureReason::invalid_input);
    EXPECT_EQ(of(spoiled(sound, 260 - 169, price, 0.0)).ou_half_life.reason,
              FailureReason::invalid_input);
    EXPECT_EQ(of(spoiled(sound, 0, price, 0.0)).adx.reason, FailureReason::invalid_input);
  }
}

TEST(Compute, NamesTooFewBarsBeforeInvalidOnes) {
  const TimeframeMetrics metrics = of(spoiled(hours(50), 49, &Candle::close, 0.0));
  EXPECT_EQ(metrics.adx.reason, FailureReason::insufficient_data);
  EXPECT_EQ(metrics.efficiency_ratio.reason, FailureReason::invalid_input);
}

TEST(Compute, NamesInvalidBarsBeforeMissingVariance) {
  const CandleSeries flat = series_of(std::vector<double>(260, 50.0));
  const TimeframeMetrics metrics = of(spoiled(flat, 259, &Candle::volume, 1.0));
  EXPECT_EQ(metrics.adx.reason, FailureReason::zero_variance);
  EXPECT_EQ(of(spoiled(flat, 259, &Candle::low, -1.0)).adx.reason, FailureReason::invalid_input);
}

TEST(Compute, FindsNoVarianceInAMarketThatStandsStill) {
  const TimeframeMetrics metrics = of(series_of(std::vector<double>(260, 1234.56)));
  for (const MetricKey key : {MetricKey::adx, MetricKey::autocorrelation, MetricKey::ou_half_life,
                              MetricKey::normalized_slope, MetricKey::bollinger_bandwidth}) {
    EXPECT_EQ(metrics.metric(key).reason, FailureReason::zero_variance);
  }
  EXPECT_EQ(metrics.efficiency_ratio.value, 0.0);
  EXPECT_FALSE(metrics.atr.has_value());
}

TEST(Compute, RefusesWhatOverflows) {
  const TimeframeMetrics metrics = of(support::scaled(hours(260).view(), 4e304));
  for (const MetricKey key : kMetricKeys) {
    const Metric& metric = metrics.metric(key);
    EXPECT_TRUE(std::isfinite(metric.value.value_or(0.0)));
    EXPECT_NE(metric.ok(), metric.reason.has_value());
  }
}

TEST(Adx, IsFullWhenPriceOnlyRises) {
  std::vector<double> closes;
  for (int i = 0; i < 120; ++i) closes.push_back(100.0 + i);
  const TimeframeMetrics metrics = of(series_of(closes));
  // Every bar rises by 1 and spans 1: all directional movement is up, and no true range beside it.
  EXPECT_NEAR(*metrics.adx.value, 100.0, 1e-9);
  EXPECT_NEAR(*metrics.adx.plus_di, 100.0, 1e-9);
  EXPECT_NEAR(*metrics.adx.minus_di, 0.0, 1e-9);
  EXPECT_NEAR(*metrics.atr, 1.0, 1e-9);
  EXPECT_NEAR(*metrics.normalized_slope.value, 1.0, 1e-9);
  EXPECT_NEAR(*metrics.efficiency_ratio.value, 1.0, 1e-12);
}

TEST(Adx, KnowsItsOwnPastInTheSameWindow) {
  const CandleSeries series = hours(260);
  const TimeframeMetrics now = of(series);
  const TimeframeMetrics three_ago = compute(series.view().part(0, 257), Timeframe::h1);
  const TimeframeMetrics six_ago = compute(series.view().part(0, 254), Timeframe::h1);
  EXPECT_EQ(now.adx.value_3_bars_ago, three_ago.adx.value);
  EXPECT_EQ(now.adx.value_6_bars_ago, six_ago.adx.value);
  EXPECT_NE(now.adx.value, three_ago.adx.value);
}

TEST(Adx, HasNoPastWhereNothingHadMoved) {
  std::vector<double> closes(260, 100.0);
  for (std::size_t i = 255; i < 260; ++i) closes[i] = 100.0 + static_cast<double>(i);
  const TimeframeMetrics metrics = of(series_of(closes));
  EXPECT_TRUE(metrics.adx.ok());
  EXPECT_TRUE(metrics.adx.value_3_bars_ago.has_value());
  EXPECT_FALSE(metrics.adx.value_6_bars_ago.has_value());
}

TEST(EfficiencyRatio, IsTheShareOfThePathThatRemains) {
  // Steps of +2 and -1 in turn: 12 net over a path of 36.
  std::vector<double> closes{100.0};
  for (int i = 0; i < 24; ++i) closes.push_back(closes.back() + (i % 2 == 0 ? 2.0 : -1.0));
  EXPECT_NEAR(*of(series_of(closes)).efficiency_ratio.value, 12.0 / 36.0, 1e-12);
}

TEST(Autocorrelation, IsNegativeWhenReturnsAlternate) {
  std::vector<double> closes;
  for (int i = 0; i < 73; ++i) closes.push_back(i % 2 == 0 ? 100.0 : 101.0);
  // 72 returns of one size with alternating sign, mean 0: 71 products of -1 over 72 squares.
  EXPECT_NEAR(*of(series_of(closes)).autocorrelation.value, -71.0 / 72.0, 1e-9);
}

/// Log closes of x_t = φ·x_{t-1}, each `period` bars restarted: a regression without residuals.
CandleSeries decaying(double phi, std::size_t count) {
  std::vector<double> closes;
  double x = 0.5;
  for (std::size_t i = 0; i < count; ++i, x *= phi) closes.push_back(100.0 * std::exp(x));
  return series_of(closes);
}

TEST(HalfLife, IsThatOfTheDecay) {
  const TimeframeMetrics metrics = of(decaying(0.9, 169));
  EXPECT_NEAR(*metrics.ou_half_life.phi, 0.9, 1e-9);
  EXPECT_NEAR(*metrics.ou_half_life.b, -0.1, 1e-9);
  EXPECT_NEAR(*metrics.ou_half_life.value, -std::log(2.0) / std::log(0.9), 1e-6);
  EXPECT_FALSE(metrics.ou_half_life.t_stat.has_value()) << "there are no residuals";
}

TEST(HalfLife, IsInHoursOnEveryTimeframe) {
  const CandleSeries series = decaying(0.9, 169);
  const double h1 = *compute(series.view(), Timeframe::h1).ou_half_life.value;
  EXPECT_NEAR(*compute(series.view(), Timeframe::h4).ou_half_life.value, 4.0 * h1, 1e-9);
}

TEST(HalfLife, IsZeroWhenPriceOvershootsItsMean) {
  const TimeframeMetrics metrics = of(decaying(-0.95, 169));
  EXPECT_LT(*metrics.ou_half_life.phi, 0.0);
  EXPECT_EQ(metrics.ou_half_life.value, 0.0);
}

TEST(HalfLife, FailsButKeepsTheRegressionWhenPriceRunsAway) {
  const TimeframeMetrics metrics = of(decaying(1.01, 169));
  EXPECT_FALSE(metrics.ou_half_life.ok());
  EXPECT_EQ(metrics.ou_half_life.reason, FailureReason::non_stationary);
  EXPECT_NEAR(*metrics.ou_half_life.phi, 1.01, 1e-9);
}

TEST(Bandwidth, IsFourDeviationsOverTheMean) {
  std::vector<double> closes;
  for (int i = 0; i < 139; ++i) closes.push_back(i % 2 == 0 ? 99.0 : 101.0);
  const TimeframeMetrics metrics = of(series_of(closes));
  EXPECT_NEAR(*metrics.bollinger_bandwidth.value, 0.04, 1e-12);
  EXPECT_NEAR(*metrics.bollinger_bandwidth.bandwidth_ratio, 1.0, 1e-12);
  EXPECT_NEAR(*metrics.bollinger_bandwidth.value_6_bars_ago, 0.04, 1e-12);
  // The last close, 99, is one deviation below the mean: a quarter of the way up the band.
  EXPECT_NEAR(*metrics.bollinger_bandwidth.percent_b, 0.25, 1e-12);
}

TEST(Bandwidth, TakesTheMedianOfTheLast240) {
  // Bars that swing by 1 for 130 hours, then by 3 for 130: 111 narrow bands, 19 mixed ones, 111
  // wide ones. Of the last 240 the middle two lie among the mixed ones.
  std::vector<double> closes;
  for (int i = 0; i < 260; ++i) {
    closes.push_back(1000.0 + (i % 2 == 0 ? 1.0 : -1.0) * (i < 130 ? 1.0 : 3.0));
  }
  std::vector<double> widths;
  for (std::size_t end = 21; end <= 260; ++end) {
    double mean = 0;
    double squares = 0;
    for (std::size_t i = end - 20; i < end; ++i) mean += closes[i] / 20.0;
    for (std::size_t i = end - 20; i < end; ++i) squares += (closes[i] - mean) * (closes[i] - mean);
    widths.push_back(4.0 * std::sqrt(squares / 20.0) / mean);
  }
  ASSERT_EQ(widths.size(), 240U);
  const double now = widths.back();
  std::sort(widths.begin(), widths.end());
  const TimeframeMetrics metrics = of(series_of(closes));
  EXPECT_NEAR(*metrics.bollinger_bandwidth.value, now, 1e-12);
  EXPECT_NEAR(*metrics.bollinger_bandwidth.bandwidth_ratio, now / ((widths[119] + widths[120]) / 2),
              1e-9);
}

TEST(Bandwidth, HasNoPlaceInABandWithoutWidth) {
  std::vector<double> closes = walk(4, 240);
  closes.resize(260, closes.back());
  const TimeframeMetrics metrics = of(series_of(closes));
  EXPECT_EQ(metrics.bollinger_bandwidth.value, 0.0);
  EXPECT_FALSE(metrics.bollinger_bandwidth.percent_b.has_value());
}

TEST(Atr, IsWhatComputeRecords) {
  const CandleSeries series = hours(260);
  EXPECT_EQ(atr(series.view()), of(series).atr);
  EXPECT_EQ(atr(hours(99).view()), std::nullopt);
}

}  // namespace
}  // namespace gridexit::metrics
