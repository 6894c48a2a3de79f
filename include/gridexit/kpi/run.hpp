#pragma once
// One run of a grid as the KPIs see it (STRATEGY.md section 8): hours counted from its start,
// states and PnL hour by hour, and what the price did. A backtest makes runs from its simulation,
// `kpi` from the records; all later steps are the same functions.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/exit_state.hpp"

namespace gridexit::kpi {

inline constexpr int kConfirmingHours = 12;  ///< closes outside that make a transition
inline constexpr int kAftermathHours =
    72;  ///< how long after a run's end or exit the price still counts

/// What a grid must not be left to: its range and stop-loss.
struct Bounds {
  double lower = 0;
  double upper = 0;
  std::optional<double> stop_loss;
};

/// What the price alone says. Hours since the start; hour h is the h-th bar after the start bar.
struct PriceOutcome {
  std::optional<int> transition;  ///< first hour of the transition
  bool known = true;              ///< false: the data end while a transition may be under way
  std::optional<int> stop_touch;  ///< first hour whose low <= stop_loss
  /// The last hour that the data of a recorded run reach: what may still come true after it is not
  /// judged yet. None: everything that counts has been seen (a backtest's runs).
  std::optional<int> observed{};
};

/// Looks for the transition and the stop-loss touch from the bar after `start` on, for `hours` (the
/// run's length, in a backtest 720) and 72 more, within the data. The 12 confirming closes may lie
/// beyond these.
PriceOutcome price_outcome(CandleView bars_1h, std::size_t start, int hours, const Bounds& bounds);

struct GridRun {
  std::string symbol;
  UtcTime start{};
  std::vector<ExitState> states;  ///< one per hour, the start's first, the end's last; never empty
  std::vector<double> pnl;  ///< liquidation value minus capital at these hours, quote; as many
  double risk = 0;          ///< of section 4, quote
  PriceOutcome price;
  std::vector<double>
      reaction_hours;  ///< from an exit's notification to its action record, where there is one

  int end() const { return static_cast<int>(states.size()) - 1; }
  /// Whether all hours up to this one have been seen.
  bool seen(int hour) const { return !price.observed || hour <= *price.observed; }
};

/// Hours at which the state rises to LATEST_ACCEPTABLE_EXIT or MANDATORY_EXIT from below, before
/// the stop-loss is touched: a touch within the same hour beats the exit.
std::vector<int> exits(const GridRun& run);

/// First hours of the unbroken spells of states above NORMAL.
std::vector<int> spells(const GridRun& run);

/// The transition, when it lies within the run or within 72 h after one of its exits.
std::optional<int> faced_transition(const GridRun& run);

}  // namespace gridexit::kpi
