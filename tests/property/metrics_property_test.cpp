// Laws of the metrics over seeded random markets: units do not matter, bounds hold, the future is
// not seen, and filled bars are nothing but flat bars. A failure names the seed.

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "gridexit/domain/names.hpp"
#include "gridexit/integrity/check.hpp"
#include "gridexit/metrics/compute.hpp"
#include "gridexit/regime/classify.hpp"
#include "support/series.hpp"

namespace gridexit {
namespace {

constexpr std::uint64_t kSeeds = 60;

using support::series_of;
using support::walk;

/// A market of its own for every seed: calm or wild, cheap or dear, some with hours of standstill.
CandleSeries market(std::uint64_t seed, std::size_t bars = 260) {
  std::mt19937_64 random(seed);
  const double sigma = std::pow(10.0, -4.0 + static_cast<double>(random() % 300) / 100.0);
  const double price = std::pow(10.0, -6.0 + static_cast<double>(random() % 1100) / 100.0);
  std::vector<double> closes = walk(seed + 1000, bars, sigma, price);
  if (seed % 3 == 0) {
    const std::size_t first = random() % (bars - 40);
    for (std::size_t i = first + 1; i < first + 40; ++i) closes[i] = closes[first];
  }
  return series_of(closes, sigma / 3.0);
}

TimeframeMetrics of(CandleView bars) {
  TimeframeMetrics metrics = metrics::compute(bars, Timeframe::h1);
  regime::score_metrics(metrics, Timeframe::h1, ScoreRules{});
  return metrics;
}

/// Everything that a timeframe's metrics say, in one list.
std::vector<std::optional<double>> figures(const TimeframeMetrics& metrics) {
  std::vector<std::optional<double>> result;
  for (const MetricKey key : kMetricKeys) {
    result.push_back(metrics.metric(key).value);
    result.push_back(metrics.metric(key).score);
  }
  for (const auto& figure :
       {metrics.adx.plus_di, metrics.adx.minus_di, metrics.adx.value_3_bars_ago,
        metrics.adx.value_6_bars_ago, metrics.ou_half_life.b, metrics.ou_half_life.phi,
        metrics.ou_half_life.t_stat, metrics.bollinger_bandwidth.bandwidth_ratio,
        metrics.bollinger_bandwidth.percent_b, metrics.bollinger_bandwidth.value_6_bars_ago}) {
    result.push_back(figure);
  }
  return result;
}

TEST(MetricsLaw, APowerOfTwoInThePriceChangesNoBit) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CandleSeries bars = market(seed);
    for (const double factor : {0.125, 1024.0}) {
      const CandleSeries other = support::scaled(bars.view(), factor);
      EXPECT_EQ(figures(of(bars.view())), figures(of(other.view()))) << "seed " << seed;
      EXPECT_EQ(*metrics::atr(bars.view()) * factor, *metrics::atr(other.view()))
          << "seed " << seed;
    }
  }
}

TEST(MetricsLaw, TheUnitOfThePriceDoesNotMatter) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CandleSeries bars = market(seed);
    const auto before = figures(of(bars.view()));
    const auto after = figures(of(support::scaled(bars.view(), 3.0).view()));
    for (std::size_t i = 0; i < before.size(); ++i) {
      ASSERT_EQ(before[i].has_value(), after[i].has_value()) << "seed " << seed << " figure " << i;
      if (!before[i]) continue;
      // Rounded prices are slightly other prices: what is made of small returns shows it most.
      EXPECT_NEAR(*before[i], *after[i], 1e-9 * std::max(1.0, std::fabs(*before[i])))
          << "seed " << seed << " figure " << i;
    }
  }
}

TEST(MetricsLaw, ValuesKeepToTheirBounds) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    const TimeframeMetrics metrics = of(market(seed).view());
    for (const auto& share : {metrics.adx.value, metrics.adx.plus_di, metrics.adx.minus_di,
                              metrics.adx.value_3_bars_ago, metrics.adx.value_6_bars_ago}) {
      EXPECT_GE(share.value_or(0), 0.0);
      EXPECT_LE(share.value_or(0), 100.0 + 1e-9);
    }
    EXPECT_GE(metrics.efficiency_ratio.value.value_or(0), 0.0);
    EXPECT_LE(metrics.efficiency_ratio.value.value_or(0), 1.0 + 1e-12);
    EXPECT_LE(std::fabs(metrics.autocorrelation.value.value_or(0)), 1.0);
    EXPECT_GE(metrics.ou_half_life.value.value_or(0), 0.0);
    EXPECT_GE(metrics.bollinger_bandwidth.value.value_or(0), 0.0);
    for (const MetricKey key : kMetricKeys) {
      const Metric& metric = metrics.metric(key);
      EXPECT_NE(metric.ok(), metric.reason.has_value()) << to_text(key);
      EXPECT_GE(metric.score.value_or(0), 0.0);
      EXPECT_LE(metric.score.value_or(0), 1.0);
    }
  }
}

TEST(MetricsLaw, TheFutureIsNotSeen) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const CandleSeries all = market(seed, 400);
    for (std::size_t now = 300; now <= 400; now += 25) {
      const UtcTime at = support::kSeriesStart + Hours{now};
      CandleSeries known;
      known.append(all.view().part(0, now));
      const auto with_future = integrity::check(all.view(), at, DataRules{});
      const auto without = integrity::check(known.view(), at, DataRules{});
      const auto window = [](const CandleSeries& bars) {
        return metrics::make_window(bars.view(), Timeframe::h1, DataRules{});
      };
      EXPECT_EQ(figures(of(window(with_future.bars).bars.view())),
                figures(of(window(without.bars).bars.view())))
          << "seed " << seed << " hour " << now;
    }
  }
}

TEST(MetricsLaw, BarsBeforeTheWindowDoNotMatter) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const CandleSeries all = market(seed, 400);
    const auto whole = metrics::make_window(all.view(), Timeframe::h1, DataRules{});
    EXPECT_EQ(figures(of(whole.bars.view())), figures(of(all.view().last(260)))) << "seed " << seed;
  }
}

TEST(WindowLaw, AGapIsWorthAsMuchAsFlatBars) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    std::mt19937_64 random(seed);
    const CandleSeries all = market(seed, 340);
    const std::size_t first = 1 + random() % 250;
    const std::size_t count = 1 + random() % 72;
    CandleSeries flat;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double close = all.at(first - 1).close;
      flat.push_back(i >= first && i < first + count
                         ? Candle{all.at(i).open_time, close, close, close, close, 0.0}
                         : all.at(i));
    }
    const CandleSeries gapped = support::without(all.view(), first, count);
    const auto filled = metrics::make_window(gapped.view(), Timeframe::h1, DataRules{});
    const auto whole = metrics::make_window(flat.view(), Timeframe::h1, DataRules{});
    ASSERT_EQ(filled.bars.size(), whole.bars.size()) << "seed " << seed;
    for (std::size_t i = 0; i < filled.bars.size(); ++i) {
      ASSERT_EQ(filled.bars.at(i), whole.bars.at(i)) << "seed " << seed << " bar " << i;
    }
    const std::size_t begin = all.size() - 260;
    const std::size_t seen = first + count > begin ? first + count - std::max(first, begin) : 0;
    EXPECT_EQ(filled.filled, static_cast<int>(seen)) << "seed " << seed;
    EXPECT_EQ(filled.gaps, seen > 0 ? 1 : 0) << "seed " << seed;
    EXPECT_FALSE(filled.cut) << "seed " << seed;
  }
}

}  // namespace
}  // namespace gridexit
