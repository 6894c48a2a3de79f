#pragma once
// Invented pages with everything on them, for the tests of the dashboard and for looking at it in a
// browser.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/dashboard/page.hpp"

namespace gridexit::dashboard::sample {

/// A page's inputs with the values that they refer to.
struct Page {
  MetricsRecord record;
  std::vector<MetricsRecord> history;
  CandleSeries candles;
  std::optional<RunningGrid> grid;
  std::vector<Transition> transitions;
  std::vector<DecisionRecord> decisions;
  std::vector<KpiFigure> kpis;
  bool simulated = false;

  PageInputs inputs() const;
};

/// A grid in LATEST_ACCEPTABLE_EXIT after four days that ended in a decline.
Page falling_grid();

/// No grid: two gates hold, the third has begun to; a probationary grid is proposed. Simulated
/// data.
Page waiting_for_gates();

/// As falling_grid, with markup in every text that comes from data.
Page hostile_texts();

}  // namespace gridexit::dashboard::sample
