// One year of one market, and a sweep over it: SPEC.md section 11 allows 1 s for a year's backtest
// and 10 s for 1,000 rule sets on two cores. The market is a seeded walk, so the figures need no
// data; grids start at three offsets, as in EVALUATION.md.

#include <benchmark/benchmark.h>

#include "bench/walk.hpp"
#include "gridexit/backtest/replay.hpp"
#include "gridexit/backtest/sweep.hpp"

namespace {

using namespace gridexit;
using namespace gridexit::backtest;

constexpr std::size_t kYear = 8760;
constexpr std::size_t kWarmUp = 1056;

const Track& year() {
  static const Track track =
      make_track("WALK-USDT", bench::walk(kWarmUp + kYear).view(), DataRules{});
  return track;
}

void BM_MakeTrack(benchmark::State& state) {
  const CandleSeries bars = bench::walk(bench::kFourYears);
  for (auto _ : state) {
    benchmark::DoNotOptimize(make_track("WALK-USDT", bars.view(), DataRules{}));
  }
}
BENCHMARK(BM_MakeTrack)->Unit(benchmark::kMillisecond);

void BM_Timeline(benchmark::State& state) {
  const Rules rules;
  for (auto _ : state) benchmark::DoNotOptimize(Timeline(year(), rules));
}
BENCHMARK(BM_Timeline)->Unit(benchmark::kMillisecond);

void BM_Gates(benchmark::State& state) {
  const Rules rules;
  const Timeline timeline(year(), rules);
  for (auto _ : state) benchmark::DoNotOptimize(gates_passed(year(), timeline, rules, 300));
}
BENCHMARK(BM_Gates)->Unit(benchmark::kMillisecond);

void BM_ReplayYear(benchmark::State& state) {
  const Rules rules;
  const Timeline timeline(year(), rules);
  for (auto _ : state) {
    const auto runs = replay({year(), timeline, rules}, Harness{}, ExitRulesPolicy{});
    benchmark::DoNotOptimize(summarise(runs, {.resamples = 0}));
  }
}
BENCHMARK(BM_ReplayYear)->Unit(benchmark::kMillisecond);

void BM_SweepThousand(benchmark::State& state) {
  std::vector<Rules> rule_sets(1000);
  for (std::size_t i = 0; i < rule_sets.size(); ++i) {
    LatestRules& latest = rule_sets[i].exit_rules.latest;
    latest.break_low = 0.50 + 0.05 * static_cast<double>(i % 10);
    latest.trend_break = 0.40 + 0.05 * static_cast<double>(i / 10 % 10);
    rule_sets[i].regime.trend_1h = 0.15 + 0.02 * static_cast<double>(i / 100);
  }
  const auto threads = static_cast<unsigned>(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(sweep(std::span(&year(), 1), rule_sets, Harness{}, threads));
  }
}
BENCHMARK(BM_SweepThousand)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
