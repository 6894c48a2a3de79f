#pragma once
// Follow-ups of decisions as a repository makes them: which are due, and what of its documents each
// follows from. The hourly run writes them, `verify` makes them again.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/kpi/follow_up.hpp"

namespace gridexit::pipeline {

/// Decisions older than this have had all their follow-ups, unless hours were missed.
inline constexpr Hours kFollowedFor = kpi::length(kpi::Horizon::d7);
/// How long a follow-up waits for candles that are late; then it is written as unknown.
inline constexpr Hours kFollowUpPatience{24};

/// What is looked at. The functions read documents as the repository holds them.
struct FollowUpSources {
  /// Stored 1h bars of [from, to), ascending.
  std::function<Result<CandleSeries>(UtcTime from, UtcTime to)> bars_1h;
  /// The record at a path; nothing when it is not there.
  std::function<Result<std::optional<MetricsRecord>>(const std::string& path)> record;
  const std::vector<Grid>& grids;
  const std::vector<DecisionRecord>& decisions;  ///< the symbol's, oldest first
  const SetupRules& rules;
};

/// One follow-up, evaluated at the hour `at`; nothing while it waits for its candles. Errors: those
/// of the sources.
Result<std::optional<EvaluationRecord>> make_follow_up(const DecisionRecord& decision,
                                                       kpi::Horizon horizon,
                                                       const FollowUpSources& sources, UtcTime at);

/// The decisions among `sources.decisions` that get follow-ups at `at`, with these appended.
Result<std::vector<DecisionRecord>> followed_up(const FollowUpSources& sources, UtcTime at);

}  // namespace gridexit::pipeline
