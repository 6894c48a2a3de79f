#pragma once
// The inputs of an hour's evaluation from what the past left: the one place where they are put
// together, for the hourly run, for a single evaluation and for the audit.

#include <optional>
#include <vector>

#include "gridexit/evaluation/evaluate.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::pipeline {

/// How far back an evaluation looks for notifications, and at least for decisions.
inline constexpr Hours kRecent{48};

/// From when on decisions matter to the hour at `at`, which follows `predecessor`: since the one
/// that stands was made, and since the exit state was entered, for an answer to leave or to stay is
/// not forgotten while either lasts.
UtcTime decisions_since(const std::optional<evaluation::Predecessor>& predecessor, UtcTime at,
                        const EvaluationRules& rules);

/// Where the grids of the symbol stand at `in.at`.
void place_grids(evaluation::HourInputs& in, const GridSituation& situation);

/// The notifications of these days, oldest first.
std::vector<Notified> notified_in(const std::vector<ExitStateDay>& days);

}  // namespace gridexit::pipeline
