#pragma once
// How the operation looks from its documents: are records fresh, are hours missing, was a
// recommendation executed without the grid being started or stopped. Used by `doctor`.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"

namespace gridexit::audit {

enum class Level { ok, warning, critical };

/// "ok", "warning", "critical".
std::string_view to_text(Level level);

/// How stale a symbol's newest record may be: 24 h ok, 48 h warning; with a running grid 2 h and
/// 6 h (SPEC.md section 10).
enum class Duty { watching, guarding_a_grid };
Level freshness(UtcTime newest, UtcTime now, Duty duty);

/// The full hours between the first and the last of `recorded` (ascending) that are not in it.
std::vector<UtcTime> missing_hours(const std::vector<UtcTime>& recorded);

/// Decisions marked executed whose effect is in no grid's history: a grid that was created but
/// never started, or that was left but never stopped. `grids` are all definitions.
std::vector<std::string> executed_without_effect(const std::vector<DecisionRecord>& decisions,
                                                 const std::vector<Grid>& grids);

}  // namespace gridexit::audit
