#pragma once
// Exit states, their conditions, and break probability (STRATEGY.md section 4).

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/time.hpp"

namespace gridexit {

/// Urgency of an exit, ascending. Also the tier of one evaluation.
enum class ExitState { normal, warning, latest_acceptable_exit, mandatory_exit };

/// Three-valued truth and "does not apply" (which counts as not met).
enum class Truth { no, yes, unknown, not_applicable };

/// In the order of section 4's table.
enum class ConditionName {
  near_bound,
  loss_rising,
  adx_rising,
  efficiency_high,
  autocorrelation_positive,
  half_life_long,
  slope_to_bound,
  bandwidth_expanding,
  regime_weakening,
  outside_range,
  break_likely,
  trend_into_bound,
  loss_budget,
  break_confirmed,
  stop_loss_hit,
  stop_loss_near,
  trend_confirmed,
  overstayed,
};
inline constexpr int kConditionCount = 18;

/// One condition of one evaluation. `value` and `threshold` are those of its leading part; `detail`
/// says all of it for people ("ADX 28.5 (>= 22), +3.1 in 3 h (>= 2)") and is the only text that
/// pages, messages and `explain` show.
struct Condition {
  ConditionName name = ConditionName::near_bound;
  ExitState tier = ExitState::warning;
  bool threat = false;
  Truth met = Truth::unknown;
  std::optional<double> value;
  std::optional<double> threshold;
  std::string detail;
};

/// Chance that a driftless walk touches a bound within `hours`; none when ATR is unknown.
struct BreakProbability {
  std::optional<double> both;
  std::optional<double> lower;
  std::optional<double> upper;
};

enum class Bound { lower, upper };

/// Outcome of the exit rules for a running grid.
struct ExitEvaluation {
  std::string grid_id;
  ExitState state = ExitState::normal;
  ExitState previous = ExitState::normal;
  ExitState tier = ExitState::normal;
  int calm_count = 0;            ///< evaluations in a row whose tier was below the state
  int evaluations_in_state = 0;  ///< 0 at the evaluation that entered it; restarts after a gap
  BreakProbability break_probability_24h;
  std::vector<Condition> conditions;  ///< all of them, in the table's order
};

/// A change of state, with the reasons and metrics that caused it.
struct Transition {
  UtcTime timestamp{};
  std::string grid_id;
  ExitState from_state = ExitState::normal;
  ExitState to_state = ExitState::normal;
  std::vector<std::string> reasons;
  std::optional<double> adx;
  std::optional<double> efficiency_ratio;
};

/// That this evaluation hour queued a message of that state.
struct Notified {
  UtcTime timestamp{};
  std::string grid_id;
  ExitState state = ExitState::normal;

  bool operator==(const Notified&) const = default;
};

}  // namespace gridexit
