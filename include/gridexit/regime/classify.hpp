#pragma once
// Scores, regime verdict and confidence (STRATEGY.md sections 2 and 3).

#include <optional>
#include <vector>

#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/regime.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/domain/timeframe.hpp"

namespace gridexit::regime {

/// clamp((zero - value)/(zero - one), 0, 1).
double score(double value, const ScoreRule& rule);

/// Fills in the score of every metric that has one (half-life in bars; non_stationary scores 0;
/// |slope|; bandwidth_ratio stands for the bandwidth).
void score_metrics(TimeframeMetrics& metrics, Timeframe timeframe, const ScoreRules& rules);

/// S(tf): the weighted mean of the scores there are; none without any.
std::optional<double> range_score(const TimeframeMetrics& metrics, const ScoreRules& rules);

/// Range scores of both timeframes, combined; a missing S(4h) is stood in for by S(1h).
RangeScores combine(std::optional<double> s_1h, std::optional<double> s_4h,
                    const RegimeRules& rules);

/// The raw verdict; RANGE_WEAK when 1h has no score.
Verdict classify(const RangeScores& scores, const RegimeRules& rules);

/// What the verdict depends on from before: consecutive evaluations, oldest first (empty: first, or
/// after a gap).
struct VerdictHistory {
  std::vector<VerdictMemory> memory;
  int hours_in_verdict = 0;
};

/// Verdict and hours_in_verdict from the raw verdict and what came before. `memory` of the result
/// ends with this evaluation (its confidence still 0: set by the caller) and is cut to
/// `memory_length(rules)` entries.
Regime advance(Verdict raw, const RangeScores& scores, const VerdictHistory& before,
               const Rules& rules);

/// How many evaluations any rule looks back: the largest of hold, persist, trend_persist,
/// quiet_hours, and 2.
std::size_t memory_length(const Rules& rules);

/// What some penalties need beside the metrics.
struct ConfidenceInputs {
  bool grid_running = false;
  std::optional<double> break_probability;  ///< of the running grid, 24 h
  std::optional<double> grid_age_hours;     ///< of the running grid
  std::optional<double> step_atr;  ///< step of the running grid (or of the full proposal) in ATR
  bool data_problems = false;
  bool data_mended_only = false;  ///< all of them are of the kind that is mended
};

/// Confidence with its penalties in section 3's order.
Confidence confidence(const Regime& regime, const TimeframeMetrics& h1, const TimeframeMetrics& h4,
                      const ConfidenceInputs& inputs, const Rules& rules);

}  // namespace gridexit::regime
