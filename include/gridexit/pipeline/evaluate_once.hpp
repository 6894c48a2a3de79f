#pragma once
// One evaluation without a repository: `gridexit evaluate`. It first replays the hours before from
// the same candles, so that verdict memory and persistence are those of a running system. Writes
// nothing.

#include <optional>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/evaluation/evaluate.hpp"
#include "gridexit/ports/exchange.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

struct EvaluateOnce {
  explicit EvaluateOnce(Symbol name) : symbol(std::move(name)) {}

  Symbol symbol;
  UtcTime at{};              ///< T
  std::optional<Grid> grid;  ///< running at T; replayed from its start
  EngineVersion engine;
  ConfigVersion config;
};

/// Replays 48 hours (with a grid: from its start, at most 720 hours) and evaluates T. Hours of the
/// replay that cannot be evaluated are left out, as a running system would have failed them.
/// Errors: those of the exchange, data.unusable.
Result<evaluation::HourOutcome> evaluate_once(const EvaluateOnce& what, ports::Exchange& exchange,
                                              const Rules& rules);

/// One evaluation that continues a repository's history: `gridexit evaluate --repo`.
Result<evaluation::HourOutcome> evaluate_recorded(const EvaluateOnce& what,
                                                  ports::Exchange& exchange, ports::Store& store,
                                                  const Rules& rules);

}  // namespace gridexit::pipeline
