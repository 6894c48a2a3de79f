#pragma once
// Grid after grid over one market under one policy: the runs that KPIs, profit and drawdown are
// counted over. Reports of shards merge by putting their sequences together.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gridexit/backtest/harness.hpp"
#include "gridexit/backtest/policy.hpp"
#include "gridexit/kpi/compute.hpp"
#include "gridexit/kpi/run.hpp"

namespace gridexit::backtest {

/// The runs of one market from one start offset, in their order; they never overlap.
struct Sequence {
  std::string symbol;
  int offset = 0;
  std::vector<kpi::GridRun> runs;
};

/// Simulates one grid, started at the close of `bar`, to its exit, its stop-loss, its last hour or
/// the end of the data.
kpi::GridRun run_grid(const Judged& market, const GridVersion& grid, std::size_t bar,
                      const Harness& harness, const Policy& policy);

/// All sequences of the harness, in the order of its offsets.
std::vector<Sequence> replay(const Judged& market, const Harness& harness, const Policy& policy);

/// Money, quote.
struct Earnings {
  double pnl = 0;       ///< sum of the runs' PnL at their ends
  double drawdown = 0;  ///< largest fall of the hourly curve below its earlier maximum
};

/// Of the sequences with the first one's offset, one per market: profits add up, the drawdown is
/// that of the worst market.
Earnings earnings(std::span<const Sequence> sequences);

/// One row of the table: the KPIs pool all sequences, the money is that of the first offset.
struct Row {
  kpi::Kpis kpis;
  Earnings earnings;
};

/// Runs overlap, so intervals resample months (`options.resamples` = 0: no intervals).
Row summarise(std::span<const Sequence> sequences, const kpi::BootstrapOptions& options = {});

/// Exits per running hour: the rate for RandomAlarms.
double alarm_rate(std::span<const Sequence> sequences);

}  // namespace gridexit::backtest
