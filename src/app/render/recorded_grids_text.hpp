#pragma once
// The grids that really ran, each with what every way of leaving it was worth, for people and as a
// tree.

#include <string>
#include <vector>

#include "app/render/style.hpp"
#include "app/render/value.hpp"
#include "gridexit/backtest/recorded_grids.hpp"

namespace gridexit::app {

std::string render_recorded_grids(const std::vector<backtest::RecordedGrid>& grids,
                                  const Style& style);
Value to_value(const std::vector<backtest::RecordedGrid>& grids);

}  // namespace gridexit::app
