#pragma once
// `backtest --start recorded`: the grids of the repository's grid files, replayed and valued.

#include "app/backtest/material.hpp"
#include "app/backtest/options.hpp"

namespace gridexit::app {

void print_recorded_grids(const BacktestOptions& options, const Material& material, Output& output);

}  // namespace gridexit::app
