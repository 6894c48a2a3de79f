#pragma once
// The backtest's checks of itself, as the command answers them.

#include "app/backtest/material.hpp"
#include "app/backtest/options.hpp"

namespace gridexit::app {

/// Repeats the work on fewer candles, as `--check-lookahead` and `--check-warm-up` ask, and prints
/// what came out otherwise: a figure that knew the future, or that the first candles decided.
/// Recorded markets are computed anew from their recorded candles, as the product does it.
ExitCode check_backtest(const BacktestOptions& options, const Material& material, Output& output);

}  // namespace gridexit::app
