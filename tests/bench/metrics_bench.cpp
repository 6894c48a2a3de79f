// Six metrics on both timeframes at every hour of four years: SPEC.md section 11 allows 150 ms. A
// 4h window changes every fourth hour only, so its metrics are kept in between, as every caller
// that walks through history may do.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "gridexit/metrics/compute.hpp"

namespace {

using namespace gridexit;

constexpr std::size_t kHours = 35'000;

CandleSeries walk(std::size_t hours) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> step(0.0, 0.006);
  CandleSeries series;
  double price = 2000.0;
  for (std::size_t i = 0; i < hours; ++i) {
    const double open = price;
    price *= std::exp(step(random));
    const double wick = 1.0 + std::fabs(step(random)) / 2.0;
    series.push_back({UtcTime{Seconds{1'600'000'000 / 14'400 * 14'400}} + Hours{i}, open,
                      std::max(open, price) * wick, std::min(open, price) / wick, price, 1.0});
  }
  return series;
}

void BM_EveryHour(benchmark::State& state) {
  const DataRules rules;
  const auto size = static_cast<std::size_t>(rules.window);
  const CandleSeries hours = walk(kHours + size);
  const UtcTime end = hours.view().time.back() + length(Timeframe::h1);
  const CandleSeries coarse = aggregate(hours.view(), Timeframe::h4, end);
  for (auto _ : state) {
    TimeframeMetrics h4;
    for (std::size_t hour = size; hour <= hours.size(); ++hour) {
      benchmark::DoNotOptimize(
          metrics::compute(hours.view().part(hour - size, size), Timeframe::h1));
      if (hour % 4 != 0) continue;
      h4 = metrics::compute(coarse.view().part(0, hour / 4).last(size), Timeframe::h4);
      benchmark::DoNotOptimize(h4);
    }
  }
}
BENCHMARK(BM_EveryHour)->Unit(benchmark::kMillisecond);

void BM_OneWindow(benchmark::State& state) {
  const CandleSeries hours = walk(2000);
  std::size_t first = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(metrics::compute(hours.view().part(first, 260), Timeframe::h1));
    first = (first + 1) % 1700;
  }
}
BENCHMARK(BM_OneWindow)->Unit(benchmark::kMicrosecond);

void BM_MakeWindow(benchmark::State& state) {
  const CandleSeries hours = walk(2000);
  for (auto _ : state) {
    benchmark::DoNotOptimize(metrics::make_window(hours.view(), Timeframe::h1, DataRules{}));
  }
}
BENCHMARK(BM_MakeWindow)->Unit(benchmark::kMicrosecond);

}  // namespace
