#pragma once
// How states, actions and conditions are called on a page, and what an operator is to do about
// them. The sentences claim no more than STRATEGY.md section 10 supports.

#include <optional>
#include <string>
#include <string_view>

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"

namespace gridexit::dashboard {

/// "Latest acceptable exit"; "No grid running" without a state.
std::string_view title(std::optional<ExitState> state);

/// Class of the page's colours: "normal", "warning", "latest", "mandatory", "none".
std::string_view tone(std::optional<ExitState> state);

/// The action as an order: "Stop the grid now".
std::string_view order(Action action, std::optional<ExitState> state);

/// What the order means and what it costs to wait, in one or two sentences.
std::string_view advice(Action action, std::optional<ExitState> state);

/// "near_bound" as "Near bound".
std::string label(std::string_view name);

}  // namespace gridexit::dashboard
