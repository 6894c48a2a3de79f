// Six metrics on both timeframes at every hour of four years: SPEC.md section 11 allows 150 ms. A
// 4h window changes every fourth hour only, so its metrics are kept in between, as every caller
// that walks through history may do.

#include <benchmark/benchmark.h>

#include "bench/walk.hpp"
#include "gridexit/metrics/compute.hpp"

namespace {

using namespace gridexit;

void BM_EveryHour(benchmark::State& state) {
  const DataRules rules;
  const auto size = static_cast<std::size_t>(rules.window);
  const CandleSeries hours = bench::walk(bench::kFourYears + size);
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
  const CandleSeries hours = bench::walk(2000);
  std::size_t first = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(metrics::compute(hours.view().part(first, 260), Timeframe::h1));
    first = (first + 1) % 1700;
  }
}
BENCHMARK(BM_OneWindow)->Unit(benchmark::kMicrosecond);

void BM_MakeWindow(benchmark::State& state) {
  const CandleSeries hours = bench::walk(2000);
  for (auto _ : state) {
    benchmark::DoNotOptimize(metrics::make_window(hours.view(), Timeframe::h1, DataRules{}));
  }
}
BENCHMARK(BM_MakeWindow)->Unit(benchmark::kMicrosecond);

}  // namespace
