#pragma once
// What one run, or a whole month of runs, contributes to the figures: sums and lists that can be
// added up, so that a resample is an addition of months and not a second look at the hours.

#include <vector>

#include "gridexit/kpi/run.hpp"

namespace gridexit::kpi {

/// Hits among cases.
struct Ratio {
  int hits = 0;
  int cases = 0;

  void count(bool hit);
  void add(const Ratio& other);
};

struct Tally {
  Ratio stops_avoided;
  double given_back = 0;  ///< best PnL minus PnL at the exit
  double at_stake = 0;    ///< best PnL plus risk
  int exited_runs = 0;
  Ratio detected;
  Ratio detected_early;
  Ratio false_exits;
  int undecided_exits = 0;  ///< their 72 h are not over
  std::vector<double> reaction_hours;
  std::vector<double> advance_hours;
  Ratio warned_over_2h;
  Ratio hours_above_normal;
  double missed_cost = 0;
  int missed = 0;
  Ratio spells_right_24h;
  Ratio spells_right_72h;

  void add(const Tally& other);
};

/// The contribution of one run whose transition is known.
Tally tally(const GridRun& run);

}  // namespace gridexit::kpi
