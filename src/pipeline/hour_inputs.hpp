#pragma once
// The inputs of an hour's evaluation from what the past left: the one place where they are put
// together, for the hourly run, for a single evaluation and for the audit.

#include <vector>

#include "gridexit/evaluation/evaluate.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::pipeline {

/// How far back an evaluation looks for decisions and notifications.
inline constexpr Hours kRecent{48};

/// Where the grids of the symbol stand at `in.at`.
void place_grids(evaluation::HourInputs& in, const GridSituation& situation);

/// The notifications of these days, oldest first.
std::vector<Notified> notified_in(const std::vector<ExitStateDay>& days);

}  // namespace gridexit::pipeline
