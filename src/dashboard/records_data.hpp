#pragma once
// The parts of a page's data block that list what a record and its decisions say.

#include <cstddef>
#include <vector>

#include "gridexit/dashboard/page.hpp"
#include "json.hpp"

namespace gridexit::dashboard {

/// Every condition as [name, tier, met, detail], with the thresholds of the break probability.
Json exit_data(const ExitEvaluation& exit, const ExitRules& rules);

/// Every gate as [name, holds, count, [[input, value], ...]].
Json gates_data(const GateEvaluation& evaluation, const GateRules& rules);

/// Estimated position; prices and money in quote.
Json position_data(const PositionRisk& position);

/// The grid that the standing decision proposes; null without one.
Json proposal_data(const PageInputs& inputs);

/// The newest `limit` decisions, newest first, and how many were left out.
Json decisions_data(const std::vector<DecisionRecord>& decisions, std::size_t limit);

/// The newest `limit` transitions, newest first, and how many were left out.
Json transitions_data(const std::vector<Transition>& transitions, std::size_t limit);

/// Windows, staleness, problems, anomalies, errors.
Json quality_data(const MetricsRecord& record);

}  // namespace gridexit::dashboard
