#pragma once
// What the conditions of STRATEGY.md section 4 look at, put together from a grid at one close and
// that hour's metrics. The product's hours and a backtest's go through the same function, so the
// two can't drift apart.

#include <optional>
#include <span>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/regime.hpp"
#include "gridexit/exit_state/evaluate.hpp"

namespace gridexit::exit_state {

/// The horizon of the break probability that conditions and confidence use; section 4 fixes it.
inline constexpr double kBreakHours = 24;

/// How the 1h bars since a grid's start lie to its range and stop-loss.
struct SinceStart {
  int closes_low = 0;  ///< latest closes in a row strictly below lower
  int closes_up = 0;   ///< latest closes in a row strictly above upper
  bool stop_loss_touched = false;

  /// Takes the next bar.
  void take(double low, double close, const GridVersion& grid);
  /// Takes each of `bars`.
  void take(CandleView bars, const GridVersion& grid);
};

/// A running grid at one close, as far as the market's metrics don't say it.
struct GridNow {
  const GridVersion& definition;
  double close = 0;
  SinceStart since{};
  bool bars_since_start = true;  ///< at least one 1h bar since its start is there, or none can be
  std::optional<double> loss_share;  ///< none: the position is unknown
};

/// `memory`: consecutive evaluations, this one last.
ConditionInputs condition_inputs(const GridNow& grid, const TimeframeMetrics& h1,
                                 std::span<const VerdictMemory> memory);

}  // namespace gridexit::exit_state
