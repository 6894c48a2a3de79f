#pragma once
// Break probability, exit conditions, tier and state (STRATEGY.md section 4).

#include <optional>
#include <vector>

#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/regime.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::exit_state {

/// touch(d): 1 for d <= 0, else 0 for s = 0, else erfc(d/(s·√2)), with s = ATR/(1.6·C)·√hours.
/// Section 4.
double touch(double distance, double atr, double close, double hours);

/// All three unknown when ATR is.
BreakProbability break_probability(double close, double lower, double upper,
                                   std::optional<double> atr, double hours);

/// Everything that the conditions look at. Optional = may be unknown.
struct ConditionInputs {
  double close = 0;
  double lower = 0;
  double upper = 0;
  std::optional<double> stop_loss;  ///< none: the grid has no stop-loss
  bool stop_loss_touched = false;   ///< the low of any 1h bar since the start <= stop_loss
  std::optional<double> atr;
  BreakProbability break_probability;
  std::optional<double> adx;
  std::optional<double> adx_3;
  std::optional<double> efficiency_ratio;
  std::optional<double> autocorrelation;
  std::optional<double> half_life;        ///< hours
  bool half_life_non_stationary = false;  ///< known to be long without a value
  std::optional<double> slope;
  std::optional<double> bandwidth;
  std::optional<double> bandwidth_6;
  std::optional<double> bandwidth_ratio;
  std::vector<VerdictMemory> memory;  ///< consecutive evaluations, this one last
  int closes_low = 0;
  int closes_up = 0;
  bool bars_since_start = true;  ///< at least one 1h bar since the grid's start is there
  std::optional<double> loss_share;
};

/// Whether conditions get their `detail`. Texts take far longer than the rules; a sweep over rule
/// sets needs none.
enum class Wording { full, none };

/// All conditions but `overstayed` in the table's order, which `advance` adds.
std::vector<Condition> conditions(const ConditionInputs& inputs, const ExitRules& rules,
                                  Wording wording = Wording::full);

/// MANDATORY if any of its conditions holds, else LATEST, else WARNING (min_conditions,
/// need_threat), else NORMAL.
ExitState tier(const std::vector<Condition>& conditions, const ExitRules& rules);

/// The state before this evaluation. A new grid, or none before: NORMAL, 0, 0.
struct StateBefore {
  ExitState state = ExitState::normal;
  int calm_count = 0;
  int evaluations_in_state = 0;
  bool continues = false;  ///< this evaluation follows its predecessor (else counters start anew,
                           ///< the state is kept)
};

/// What the operator has said about leaving, for `overstayed`.
enum class ExitAnswer { none, executed_or_declined_until_later };

/// Adds `overstayed`, takes the tier, and moves the state. `grid_id` and break probability are the
/// caller's to set.
ExitEvaluation advance(std::vector<Condition> conditions, const StateBefore& before,
                       ExitAnswer answer, const ExitRules& rules, Wording wording = Wording::full);

}  // namespace gridexit::exit_state
