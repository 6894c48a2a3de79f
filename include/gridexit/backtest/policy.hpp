#pragma once
// When to leave a grid: the exit rules, and the baselines that stand beside them in the same table
// (EVALUATION.md). A policy sees the run one close at a time and nothing later.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "gridexit/backtest/timeline.hpp"
#include "gridexit/backtest/track.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/exit_state/inputs.hpp"

namespace gridexit::backtest {

/// Never leaves: the run ends at the stop-loss or at its last hour.
struct Hold {};

/// Leaves at the first close below lower or above upper.
struct CloseOutside {};

/// Leaves at the first bar whose ADX exceeds the level.
struct AdxAbove {
  double level = 25;
};

/// Leaves when the break probability (24 h, both bounds) reaches the threshold.
struct BreakLikely {
  double probability = 0.95;
};

/// Leaves at random: each hour with the same chance, drawn from the seed and the bar alone, so
/// that overlapping runs hear the same alarms. What any rule must beat.
struct RandomAlarms {
  double hourly_rate = 0;
  std::uint64_t seed = 20170801;
};

/// Section 4: the exit rules of the rule set.
struct ExitRulesPolicy {};

using Policy =
    std::variant<Hold, CloseOutside, AdxAbove, BreakLikely, RandomAlarms, ExitRulesPolicy>;

/// "these rules", "hold until stop-loss", "ADX > 25", ...; as in the table of STRATEGY.md.
std::string name_of(const Policy& policy);

/// One market under one rule set.
struct Judged {
  const Track& track;
  const Timeline& timeline;
  const Rules& rules;
};

/// A run's grid at the close of one bar.
struct GridAtClose {
  const GridVersion& grid;
  std::size_t bar = 0;
  exit_state::SinceStart since{};
  double loss_share = 0;
};

/// The state of one run under a policy, from NORMAL at its start. An exit is a state of
/// LATEST_ACCEPTABLE_EXIT or above.
class PolicyState {
 public:
  PolicyState(const Judged& market, const Policy& policy) : market_(market), policy_(policy) {}

  /// Takes the next close and returns the state after it.
  ExitState advance(const GridAtClose& now);

 private:
  ExitState state_after(const Hold&, const GridAtClose&) const { return ExitState::normal; }
  ExitState state_after(const CloseOutside&, const GridAtClose& now) const;
  ExitState state_after(const AdxAbove& policy, const GridAtClose& now) const;
  ExitState state_after(const BreakLikely& policy, const GridAtClose& now) const;
  ExitState state_after(const RandomAlarms& policy, const GridAtClose& now) const;
  ExitState state_after(const ExitRulesPolicy&, const GridAtClose& now);

  const Judged& market_;
  const Policy& policy_;
  exit_state::StateBefore before_;
};

}  // namespace gridexit::backtest
