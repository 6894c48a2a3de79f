#pragma once
// Restart gates (STRATEGY.md section 5).

#include <array>
#include <optional>
#include <vector>

#include "gridexit/domain/gates.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/regime.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::gates {

using Counters = std::array<int, kGateCount>;

/// One pass through the gates, in order. `close` and the metrics are of 1h; `memory` are
/// consecutive evaluations, this one last; `before` the counters of the predecessor (zero after a
/// grid's end or a gap).
GateEvaluation advance(const TimeframeMetrics& h1, std::optional<double> close, double fee,
                       const std::vector<VerdictMemory>& memory, const Counters& before,
                       const GateRules& rules);

}  // namespace gridexit::gates
