#pragma once
// One recorded hour, computed again from what the repository held then. What no document holds (how
// candles were delivered, what an account or a symbol's increments allowed) is taken from the
// record itself, and only where it cannot decide anything else.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/audit/finding.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/evaluation/evaluate.hpp"
#include "recorded_past.hpp"

namespace gridexit::pipeline {

/// What an hour left in the repository.
struct RecordedHour {
  const MetricsRecord& record;
  std::string text;                        ///< canonical bytes of the record
  std::optional<DecisionRecord> decision;  ///< committed with it, without answers
  ExitStateDay entries;  ///< its transitions and notifications, as they were appended
};

/// What it followed.
struct HourContext {
  const RecordedPast& past;
  std::vector<Grid> grids;
  std::vector<DecisionRecord> recent_decisions;
  std::optional<evaluation::Predecessor> predecessor;
  const Rules& rules;
  std::optional<SymbolRules> symbol_rules;  ///< as the exchange says now
};

/// A way in which the hour does not follow.
struct Mismatch {
  audit::FindingKind kind = audit::FindingKind::not_derivable;
  std::string text;
};

/// Computes the hour again; nothing when all that it left follows.
std::optional<Mismatch> rederive(const RecordedHour& hour, const HourContext& context);

}  // namespace gridexit::pipeline
