#pragma once
// The KPIs of STRATEGY.md section 8 over any list of runs, each with its count and a 95 % interval.
// The same figures for a backtest and for what was lived through.

#include <optional>
#include <span>

#include "gridexit/kpi/run.hpp"
#include "gridexit/kpi/statistics.hpp"

namespace gridexit::kpi {

/// A figure, what it was counted over, and how far to trust it. No value without anything to count.
struct Figure {
  std::optional<double> value;
  int count = 0;
  std::optional<Interval> interval;
};

struct Kpis {
  int runs = 0;             ///< counted
  int left_out = 0;         ///< the data end before their transition is decided
  int undecided_exits = 0;  ///< neither right nor false yet: the data end before their 72 h
  Figure slar;              ///< stop-loss avoidance rate; count: runs that met their stop-loss
  Figure prr;               ///< profit retention ratio; count: runs with an exit
  Figure ttdr;              ///< true transition detection rate; count: faced transitions
  Figure ttdr_early;        ///< of these, detected at least 1 h earlier
  Figure fer;               ///< false exit rate; count: exits
  Figure ert_median;        ///< exit reaction time, hours; count: exits acted upon
  Figure ert_p90;
  Figure eaw_median;     ///< exit advance warning, hours; count: faced transitions
  Figure eaw_over_2h;    ///< share of them over 2 h
  Figure warning_share;  ///< part of the running hours spent above NORMAL; count: hours
  Figure mec;            ///< missed exit cost, quote; count: transitions missed or met late
  Figure wpr_24h;        ///< warning precision; count: spells
  Figure wpr_72h;
};

/// Runs that overlap in time (several symbols, start offsets) are not independent: then whole
/// calendar months of run starts are resampled for every figure. Separate runs get Wilson intervals
/// for rates and are resampled one by one.
enum class Dependence { separate_runs, overlapping_runs };

/// All figures. Runs whose transition is not known are left out of all of them.
Kpis compute(std::span<const GridRun> runs, Dependence dependence,
             const BootstrapOptions& options = {});

}  // namespace gridexit::kpi
