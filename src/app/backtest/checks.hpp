#pragma once
// The backtest's checks of itself, as the command answers them.

#include "app/backtest/material.hpp"
#include "app/backtest/options.hpp"

namespace gridexit::app {

/// Repeats everything with the future cut off and prints what came out otherwise: a figure that
/// knew the future.
ExitCode check_lookahead(const BacktestOptions& options, const Material& material, Output& output);

}  // namespace gridexit::app
