#pragma once
// What a sweep and a walk-forward found, never without how many rule sets were tried: the best of
// many looks good by chance.

#include <string>
#include <vector>

#include "app/render/style.hpp"
#include "app/render/value.hpp"
#include "app/rule_sets.hpp"
#include "gridexit/backtest/sweep.hpp"
#include "gridexit/backtest/walk_forward.hpp"

namespace gridexit::app {

/// The rule sets that were tried and what came of each, in the same order.
struct Swept {
  const std::vector<RuleSet>& sets;
  std::vector<backtest::Row> rows;
};

std::string render_sweep(const Swept& swept, const Style& style);
Value to_value(const Swept& swept);

/// The chosen sets step by step, and what they did afterwards; `outside` is all of the latter.
struct Walked {
  const std::vector<RuleSet>& sets;
  const backtest::WalkForwardReport& report;
  backtest::Row outside;
};

std::string render_walk_forward(const Walked& walked, const Style& style);
Value to_value(const Walked& walked);

}  // namespace gridexit::app
