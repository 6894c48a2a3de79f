// Two of the six metrics as a plain loop over four years, each value from the one before: what the
// arithmetic alone costs, and so a lower limit for BM_EveryHour. It keeps no window, no scores and
// no failure rules, and its values are not those of the product.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>

#include "bench/walk.hpp"

namespace {

using namespace gridexit;

// Wilder's smoothing, 14 bars.
void BM_PlainAdx(benchmark::State& state) {
  const CandleSeries series = bench::walk(bench::kFourYears);
  const CandleView bars = series.view();
  constexpr double kKeep = 13.0 / 14.0;
  for (auto _ : state) {
    double range = 0;
    double plus = 0;
    double minus = 0;
    double adx = 0;
    for (std::size_t i = 1; i < bars.size(); ++i) {
      const double up = bars.high[i] - bars.high[i - 1];
      const double down = bars.low[i - 1] - bars.low[i];
      const double close = bars.close[i - 1];
      range = range * kKeep + std::max(bars.high[i], close) - std::min(bars.low[i], close);
      plus = plus * kKeep + (up > down && up > 0 ? up : 0);
      minus = minus * kKeep + (down > up && down > 0 ? down : 0);
      const double sum = plus + minus;
      const double dx = sum > 0 ? 100 * std::fabs(plus - minus) / sum : 0;
      adx = adx * kKeep + dx / 14;
      benchmark::DoNotOptimize(adx);
    }
    benchmark::DoNotOptimize(range);
  }
}
BENCHMARK(BM_PlainAdx)->Unit(benchmark::kMillisecond);

// Mean and deviation of the last 20 closes.
void BM_PlainBollinger(benchmark::State& state) {
  const CandleSeries series = bench::walk(bench::kFourYears);
  const CandleView bars = series.view();
  constexpr std::size_t kBars = 20;
  for (auto _ : state) {
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < bars.size(); ++i) {
      sum += bars.close[i];
      squares += bars.close[i] * bars.close[i];
      if (i < kBars) continue;
      sum -= bars.close[i - kBars];
      squares -= bars.close[i - kBars] * bars.close[i - kBars];
      const double mean = sum / kBars;
      const double width = 4 * std::sqrt(std::max(0.0, squares / kBars - mean * mean)) / mean;
      benchmark::DoNotOptimize(width);
    }
  }
}
BENCHMARK(BM_PlainBollinger)->Unit(benchmark::kMillisecond);

}  // namespace
