// The verdict: danger is believed at once, its end only after `hold` evaluations in a row.

#include <algorithm>

#include "gridexit/regime/classify.hpp"

namespace gridexit::regime {
namespace {

/// The most dangerous of the last `count` raw verdicts; none while fewer are in memory.
std::optional<Verdict> worst_of_last(const std::vector<VerdictMemory>& memory, std::size_t count) {
  if (count == 0 || memory.size() < count) return std::nullopt;
  return std::max_element(
             memory.end() - static_cast<std::ptrdiff_t>(count), memory.end(),
             [](const VerdictMemory& a, const VerdictMemory& b) { return a.raw < b.raw; })
      ->raw;
}

}  // namespace

Verdict classify(const RangeScores& scores, const RegimeRules& rules) {
  if (!scores.h1 || !scores.combined) return Verdict::range_weak;
  const double s_1h = *scores.h1;
  const double s_4h = scores.h4.value_or(s_1h);
  if (s_1h <= rules.trend_1h && s_4h <= rules.trend_4h) return Verdict::trend;
  if (*scores.combined <= rules.transition || s_1h <= rules.transition_1h)
    return Verdict::transition;
  if (*scores.combined <= rules.weak) return Verdict::range_weak;
  return Verdict::range_ok;
}

Regime advance(Verdict raw, const RangeScores& scores, const VerdictHistory& before,
               const Rules& rules) {
  Regime regime;
  regime.raw = raw;
  regime.verdict = raw;
  regime.range_score = scores;
  regime.memory = before.memory;
  regime.memory.push_back({raw, raw, 0.0});
  if (!before.memory.empty()) {
    const Verdict present = before.memory.back().verdict;
    if (raw < present) {
      const auto hold = static_cast<std::size_t>(std::max(rules.regime.hold, 1));
      regime.verdict = std::min(present, worst_of_last(regime.memory, hold).value_or(present));
    }
    if (regime.verdict == present) regime.hours_in_verdict = before.hours_in_verdict + 1;
    regime.memory.back().verdict = regime.verdict;
  }
  const std::size_t kept = memory_length(rules);
  if (regime.memory.size() > kept) {
    regime.memory.erase(regime.memory.begin(),
                        regime.memory.end() - static_cast<std::ptrdiff_t>(kept));
  }
  return regime;
}

std::size_t memory_length(const Rules& rules) {
  return static_cast<std::size_t>(std::max({rules.regime.hold, rules.exit_rules.latest.persist,
                                            rules.exit_rules.mandatory.trend_persist,
                                            rules.gates.quiet_hours, kWeakeningEvaluations}));
}

}  // namespace gridexit::regime
