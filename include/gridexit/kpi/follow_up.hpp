#pragma once
// How a decision looks 24 h, 72 h and 7 d later (SPEC.md section 4, step 8). A pure function of
// what was recorded up to the horizon's end and of nothing after it, so a follow-up that comes late
// says the same as one that came in time. Money is simulated (STRATEGY.md section 9): estimated.

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::kpi {

enum class Horizon { h24, h72, d7 };
inline constexpr std::array kHorizons{Horizon::h24, Horizon::h72, Horizon::d7};

constexpr Hours length(Horizon horizon) {
  return Hours{horizon == Horizon::h24 ? 24 : horizon == Horizon::h72 ? 72 : 168};
}
/// "24h", "72h", "7d".
std::string_view to_text(Horizon horizon);

/// Whether the recommendation was right, by what the price did within the horizon. A break is a
/// transition of section 8 that begins after the last close inside the range (or in the decision's
/// own hour) and is confirmed within the horizon.
///
/// - STOP_GRID: good when the range broke; else bad where leaving cost money, neutral where not.
/// - PREPARE_EXIT: good when the range broke; else neutral, for most warnings pass.
/// - HOLD: good when the range held; bad when it broke while HOLD stood, neutral when a later
///   decision had taken its place by then.
/// - CREATE_*: good when the range held and the grid earned, bad when it broke and the grid lost.
/// - WAIT: the other way round, of the grid that was not set up.
///
/// What is none of these is neutral. Unknown: data are missing, or a break is under way that is not
/// confirmed yet; the note says which.
enum class RecommendationQuality { good, neutral, bad, unknown };

/// What the operator did about it within the horizon. In time: a stop within 3 h (later ones cost,
/// section 10), a setup while it was valid. A stop of the grid counts as execution, whatever it
/// named. not_needed: the recommendation asks for nothing.
enum class ActionQuality { executed_in_time, executed_late, accepted, declined, none, not_needed };

/// "executed_in_time" and so on, as documents have them.
std::string_view to_text(RecommendationQuality quality);
std::string_view to_text(ActionQuality quality);

/// What a follow-up follows from. Referenced values must outlive the call only.
struct FollowUpInputs {
  const DecisionRecord& decision;
  Horizon horizon = Horizon::h24;
  CandleView bars_1h;          ///< without gaps (filled flat), from before the grid's start on
  int missing_hours = 0;       ///< hours of the horizon that were filled
  const Grid* grid = nullptr;  ///< that a GRID_MANAGE is about; null: not known
  std::optional<UtcTime> replaced_at{};  ///< when the symbol's next decision was made
  std::optional<double> atr_4h{};        ///< at the decision; only WAIT needs it
  const SetupRules& rules;               ///< fee, and the shape of what WAIT kept from being set up
};

/// The horizons that are over at `at` and have no follow-up yet, shortest first.
std::vector<Horizon> due_horizons(const DecisionRecord& decision, UtcTime at);

/// The follow-up. `economic_impact_usd` is what following the recommendation at once saved or
/// earned (positive) or cost: for STOP_GRID and PREPARE_EXIT against holding on to the horizon's
/// end, for HOLD against leaving, for CREATE_* and WAIT against doing nothing and setting up (1000
/// quote). None where it is unknown or the quote currency is no dollar; the note then says so.
EvaluationRecord follow_up(const FollowUpInputs& inputs, UtcTime evaluated_at);

}  // namespace gridexit::kpi
