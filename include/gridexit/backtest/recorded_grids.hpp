#pragma once
// The grids that really ran, beside what these rules would have done with them: what each exit, the
// operator's stop and holding on were worth (`backtest --start recorded`). States are those on
// record, money is simulated from candles and therefore estimated.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridexit/backtest/report.hpp"
#include "gridexit/kpi/recorded_run.hpp"

namespace gridexit::backtest {

/// What is on record about the grids of one market.
struct RecordedLives {
  std::vector<kpi::RecordedRun> runs;
  std::vector<DecisionRecord> decisions;  ///< those that the operator answered
};

/// A moment of a grid's life, and its PnL (quote) had it been left at the last close before it.
struct Leaving {
  UtcTime at{};
  double pnl = 0;
};

/// What ended the life of a grid that nobody stopped.
enum class HeldUntil { stop_loss, last_hour, end_of_data };

/// One start of a grid and the ways it could have ended.
struct RecordedGrid {
  std::string symbol;
  std::string grid_id;
  UtcTime started{};
  std::string why;                       ///< why there are no figures; empty where there are
  std::optional<Leaving> recorded_exit;  ///< first exit on record; none: no exit
  /// The stop in its history, or the answer "executed" to a STOP_GRID where that came before. None:
  /// neither when the data end.
  std::optional<Leaving> operator_stop;
  std::optional<Leaving> rules_exit;  ///< these rules' exit; none: none within the time held
  std::optional<Leaving> held;        ///< left to itself; there wherever there are figures
  HeldUntil until = HeldUntil::end_of_data;
  double risk = 0;  ///< of section 4, quote

  bool judged() const { return held.has_value(); }
  /// Where the grid's real life ended, or stands: the stop, or what holding came to.
  double pnl_as_lived() const { return operator_stop ? operator_stop->pnl : held->pnl; }
  /// With the recorded exit taken at its close, else as lived.
  double pnl_as_told() const { return recorded_exit ? recorded_exit->pnl : pnl_as_lived(); }
  double pnl_by_rules() const { return rules_exit ? rules_exit->pnl : held->pnl; }
};

struct RecordedComparison {
  std::vector<RecordedGrid> grids;  ///< by market and start
  /// Over the same starts: hold, close outside, as recorded, these rules; announcements by these
  /// rules.
  Comparison table;
};

/// `lives[i]`: those on `tracks[i]`. A grid left to itself is followed to
/// its stop-loss, `harness.run_hours` after its start (or as long as it really ran, if longer) or
/// the end of the data.
RecordedComparison compare_recorded(std::span<const Track> tracks,
                                    std::span<const RecordedLives> lives, const Rules& rules,
                                    const Harness& harness);

}  // namespace gridexit::backtest
