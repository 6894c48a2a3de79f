#pragma once
// What a sweep and a walk-forward found, never without how many rule sets were tried: the best of
// many looks good by chance.

#include <string>
#include <vector>

#include "app/render/style.hpp"
#include "app/render/value.hpp"
#include "gridexit/backtest/report.hpp"
#include "gridexit/backtest/sweep.hpp"
#include "gridexit/backtest/walk_forward.hpp"

namespace gridexit::app {

/// The rule sets that were tried, by name, and what came of each, in the same order.
struct Swept {
  std::vector<std::string> names;
  std::vector<backtest::Row> rows;
};

std::string render_sweep(const Swept& swept, const Style& style);
Value to_value(const Swept& swept);

/// The chosen sets step by step, and what they did afterwards.
struct Walked {
  std::vector<std::string> names;  ///< of all rule sets that were tried
  std::vector<backtest::Step> steps;
  backtest::Row outside;                    ///< all test windows together
  std::vector<backtest::MoneyPoint> curve;  ///< the profit of these, of the first offset
};

std::string render_walk_forward(const Walked& walked, const Style& style);
Value to_value(const Walked& walked);

}  // namespace gridexit::app
