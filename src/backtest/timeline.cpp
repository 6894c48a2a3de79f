#include "gridexit/backtest/timeline.hpp"

#include <algorithm>
#include <utility>

#include "gridexit/gates/advance.hpp"
#include "gridexit/regime/classify.hpp"

namespace gridexit::backtest {
namespace {

/// Metrics of one timeframe with their scores, scored anew only when they change.
class Scored {
 public:
  Scored(Timeframe timeframe, const ScoreRules& rules) : timeframe_(timeframe), rules_(rules) {}

  void take(const TimeframeMetrics& metrics) {
    if (source_ == &metrics) return;
    source_ = &metrics;
    metrics_ = metrics;
    regime::score_metrics(metrics_, timeframe_, rules_);
    range_score_ = regime::range_score(metrics_, rules_);
  }

  const TimeframeMetrics& metrics() const { return metrics_; }
  std::optional<double> range_score() const { return range_score_; }

 private:
  Timeframe timeframe_;
  const ScoreRules& rules_;
  const TimeframeMetrics* source_ = nullptr;
  TimeframeMetrics metrics_;
  std::optional<double> range_score_;
};

Rules without_delivery_penalties(Rules rules) {
  rules.confidence.missing = 0;
  return rules;
}

/// A bar's distance in hours from the last evaluation before it that ends the memory.
bool restarts(std::size_t bars_since, const EvaluationRules& rules) {
  return bars_since > static_cast<std::size_t>(rules.max_gap_hours);
}

}  // namespace

Timeline::Timeline(const Track& track, const Rules& given) : length_(regime::memory_length(given)) {
  const Rules rules = without_delivery_penalties(given);
  Scored h1(Timeframe::h1, rules.regime.scores);
  Scored h4(Timeframe::h4, rules.regime.scores);
  memory_.reserve(track.size());
  spans_.reserve(track.size());
  regime::VerdictHistory before;
  std::uint32_t first = 0;
  std::size_t last_bar = 0;
  for (std::size_t bar = 0; bar < track.size(); ++bar) {
    if (!track.evaluated(bar)) {
      spans_.push_back({});
      continue;
    }
    if (restarts(bar - last_bar, rules.evaluation)) {
      before = {};
      first = static_cast<std::uint32_t>(memory_.size());
    }
    last_bar = bar;
    h1.take(track.metrics_1h(bar));
    h4.take(track.metrics_4h(bar));
    const RangeScores scores = regime::combine(h1.range_score(), h4.range_score(), rules.regime);
    Regime regime = regime::advance(regime::classify(scores, rules.regime), scores, before, rules);
    regime.memory.back().confidence =
        regime::confidence(regime, h1.metrics(), h4.metrics(), {}, rules).value;
    memory_.push_back(regime.memory.back());
    spans_.push_back({first, static_cast<std::uint32_t>(memory_.size())});
    before = {std::move(regime.memory), regime.hours_in_verdict};
  }
}

std::span<const VerdictMemory> Timeline::memory(std::size_t bar) const {
  const Span span = spans_[bar];
  const std::size_t count = std::min<std::size_t>(span.end - span.first, length_);
  return std::span(memory_).subspan(span.end - count, count);
}

std::vector<std::uint8_t> gates_passed(const Track& track, const Timeline& timeline,
                                       const Rules& rules, std::size_t first_bar) {
  std::vector<std::uint8_t> passed(track.size(), 0);
  gates::Counters counters{};
  for (std::size_t bar = first_bar; bar < track.size(); ++bar) {
    if (!track.evaluated(bar)) continue;
    if (!timeline.continues(bar)) counters = {};
    const auto memory = timeline.memory(bar);
    const GateEvaluation evaluation =
        gates::advance(track.metrics_1h(bar), track.bars.view().close[bar], rules.setup.fee,
                       {memory.begin(), memory.end()}, counters, rules.gates);
    std::transform(evaluation.gates.begin(), evaluation.gates.end(), counters.begin(),
                   [](const Gate& gate) { return gate.count; });
    passed[bar] = evaluation.passed ? 1 : 0;
  }
  return passed;
}

}  // namespace gridexit::backtest
