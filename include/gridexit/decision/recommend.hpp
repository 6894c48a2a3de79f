#pragma once
// Recommendations, when a decision record is written, and the setup proposal (STRATEGY.md section
// 6).

#include <optional>
#include <string>
#include <vector>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/gates.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/regime.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/domain/symbol.hpp"

namespace gridexit::decision {

/// What capital there is for a new grid, in quote.
struct CapitalInputs {
  double equity = 0;  ///< capital.total_quote, or with keys the smaller of it and quote + base·C
  double held_by_running_grids = 0;
  std::optional<double> unlocked_quote;  ///< when known
  bool another_grid_runs = false;        ///< SINGLE_GRID: then there is no proposal
};

struct ProposalInputs {
  double close = 0;
  std::optional<double> atr_1h;
  std::optional<double> atr_4h;
  CandleView window_1h;  ///< for σ: root mean square of the last 168 returns
  SymbolRules symbol_rules;
  CapitalInputs capital;
};

/// A proposal, or why there is none ("capital 12 USDT below the minimum of 4 cells").
struct ProposalOutcome {
  std::optional<Proposal> proposal;
  std::string reason;
};

/// The full-allocation geometry of section 6 before rounding; what the `spacing` penalty and
/// EVALUATION.md use.
struct Geometry {
  double lower = 0;
  double upper = 0;
  int cells = 0;
  double stop_loss = 0;
  double step = 0;  ///< C·(upper/lower)^(1/cells) - C
};
/// `step_factor`: 1, or 1.25 for a probationary grid. None when an ATR is unknown or returns are
/// missing.
std::optional<Geometry> geometry(const ProposalInputs& inputs, double step_factor,
                                 const SetupRules& rules);

/// The proposal at this confidence: probationary from 0.60, full from 0.80; rounded, sized, cells
/// reduced to the symbol's minimum.
ProposalOutcome propose(const ProposalInputs& inputs, double confidence, const SetupRules& setup,
                        const CapitalRules& capital);

/// Everything that a recommendation depends on.
struct RecommendInputs {
  UtcTime at{};
  std::string symbol;
  Verdict verdict = Verdict::range_weak;
  double confidence = 0;
  double close = 0;
  std::optional<double> atr;
  std::optional<ExitEvaluation> exit_state;  ///< none while no grid runs
  std::optional<GateEvaluation> gates;       ///< none while a grid runs
  ProposalOutcome proposal;                  ///< looked at only when the gates are passed
  std::vector<DecisionRecord> recent;  ///< the symbol's decisions of the last 2 days, oldest first
  std::optional<std::string> standing_id;  ///< decision that stands, by the predecessor's record
  /// Its action, by the same record; what is compared with once the decision is too old for
  /// `recent`.
  std::optional<Action> standing_action;
  std::optional<UtcTime> last_stop;  ///< when a grid of this symbol was last stopped
};

struct RecommendOutcome {
  Recommendation recommendation;
  bool write_record = false;               ///< a decision record is due now
  std::optional<std::string> standing_id;  ///< the decision that stands after this evaluation
};

/// The recommendation of section 6's table, its validity, cooldowns, and whether a decision record
/// is written. Decisions and answers later than `at` are not looked at, so that an hour can be
/// derived again afterwards.
RecommendOutcome recommend(const RecommendInputs& inputs, const Rules& rules);

}  // namespace gridexit::decision
