#pragma once
// One hour of the product as a pure function: candles, what the predecessor's record remembers, the
// grid and the rules in; the record and what follows from it out. `run`, `evaluate`, `backfill`,
// `verify` and `backtest` all call it, so there is no second engine. The order is that of
// STRATEGY.md section 4.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/hour_outcome.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/domain/symbol.hpp"

namespace gridexit::evaluation {

/// The predecessor, as far as an evaluation may know it: the symbol's newest earlier record.
struct Predecessor {
  MetricsRecord record;
  std::optional<PreviousRecord> reference;  ///< where it is stored; none in memory
};

struct HourInputs {
  explicit HourInputs(Symbol name) : symbol(std::move(name)) {}

  Symbol symbol;
  UtcTime at{};  ///< T
  Origin origin = Origin::live;
  CandleView delivered_1h;  ///< as delivered; closed or not, ordered or not
  CandleView exchange_4h;   ///< the exchange's own 4h bars; empty when not asked for
  /// What an earlier look at this delivery found wrong and stored candles no longer show; empty for
  /// a live one.
  std::vector<DataProblem> delivery_problems;
  CandleView context_15m;  ///< may be empty
  std::string source;      ///< ExchangeInfo::source
  EngineVersion engine;
  ConfigVersion config;
  std::optional<Predecessor> predecessor;
  std::optional<RunningGrid> grid;  ///< the running grid of this symbol
  std::vector<DecisionRecord> recent_decisions;
  std::vector<Notified> recent_notified;  ///< of the last 2 days, oldest first
  std::optional<UtcTime> last_stop;       ///< when a grid of this symbol was last stopped
  bool another_grid_runs = false;
  double held_by_running_grids = 0;  ///< quote
  std::optional<AccountFigures> account;
  std::optional<SymbolRules> symbol_rules;  ///< none: proposals can't be rounded and are not made
  std::vector<StepError> errors;  ///< failures before the evaluation, to be named in the record
};

using gridexit::HourOutcome;

/// Evaluates one hour. Errors: data.unusable (nothing can be evaluated; the message says why and
/// since when). A record with fewer than 4 scored metrics on 1h is returned all the same: the
/// caller's exit code says so.
Result<HourOutcome> evaluate(const HourInputs& inputs, const Rules& rules);

}  // namespace gridexit::evaluation
