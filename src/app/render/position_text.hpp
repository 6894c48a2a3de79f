#pragma once
// The part of an evaluation that is about a running grid: its exit conditions and its position.

#include <string>

#include "app/render/style.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/position.hpp"

namespace gridexit::app {

/// Break probability and every condition: [x] met, [ ] not met, [?] unknown, [-] does not apply.
std::string render_exit_state(const ExitEvaluation& evaluation, const Style& style, int width);

/// What the grid holds and how far its bounds are. `symbol` names the currencies.
std::string render_position(const PositionRisk& position, const std::string& symbol,
                            const Style& style);

}  // namespace gridexit::app
