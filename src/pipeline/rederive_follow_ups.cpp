#include "rederive_follow_ups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "follow_ups.hpp"

namespace gridexit::pipeline {
namespace {

bool same(const EvaluationRecord& a, const EvaluationRecord& b) {
  constexpr double kHalfACent = 0.005;
  const bool both = a.economic_impact_usd && b.economic_impact_usd;
  const bool same_money =
      both ? std::fabs(*a.economic_impact_usd - *b.economic_impact_usd) < kHalfACent
           : !a.economic_impact_usd && !b.economic_impact_usd;
  return same_money && a.recommendation_quality == b.recommendation_quality &&
         a.action_quality == b.action_quality && a.note == b.note;
}

std::optional<kpi::Horizon> horizon_of(const EvaluationRecord& record) {
  for (const kpi::Horizon horizon : kpi::kHorizons) {
    if (record.horizon == kpi::to_text(horizon)) return horizon;
  }
  return std::nullopt;
}

std::string words(const EvaluationRecord& record) {
  return fmt::format("{}, {}: {}", record.recommendation_quality, record.action_quality,
                     record.note.value_or(""));
}

Mismatch mismatch(const EvaluationRecord& record, std::string_view why) {
  return {audit::FindingKind::not_derivable,
          fmt::format("its follow-up after {} {}", record.horizon, why)};
}

/// The follow-up with what may have been known then: the first answers, on these grids.
Result<std::optional<EvaluationRecord>> again(const DecisionRecord& decision, std::size_t answers,
                                              kpi::Horizon horizon, const std::vector<Grid>& grids,
                                              const Rules& rules, UtcTime at,
                                              const FollowUpContext& context) {
  DecisionRecord seen = decision;
  seen.action_records.resize(answers);
  const auto decisions =
      context.past.decisions_between(decision.symbol, decision.created_at, at + Seconds{1});
  const auto bars = [&](UtcTime from, UtcTime to) -> Result<CandleSeries> {
    CandleSeries series;
    series.append(context.past.bars(decision.symbol, Timeframe::h1, from, to).between(from, to));
    return series;
  };
  return make_follow_up(seen, horizon, {bars, context.record, grids, decisions, rules.setup}, at);
}

std::optional<Mismatch> check(const DecisionRecord& decision, const EvaluationRecord& record,
                              const FollowUpContext& context) {
  const auto horizon = horizon_of(record);
  if (!horizon) return mismatch(record, "has no such horizon");
  const UtcTime at = record.evaluated_at;
  if (at < decision.created_at + kpi::length(*horizon))
    return mismatch(record, "is of an hour before it was due");
  const Rules* rules = context.rules(at);
  if (rules == nullptr) return mismatch(record, "came without an evaluation of that hour");
  std::optional<Mismatch> first;
  for (const std::vector<Grid>& grids : context.grids) {
    for (std::size_t answers = decision.action_records.size() + 1; answers-- > 0;) {
      const auto made = again(decision, answers, *horizon, grids, *rules, at, context);
      if (made && *made && same(**made, record)) return std::nullopt;
      if (first) continue;
      first = mismatch(record, !made    ? made.error().message
                               : !*made ? "came before its candles"
                                        : fmt::format("does not follow: recorded {}, follows {}",
                                                      words(record), words(**made)));
    }
  }
  return first;
}

}  // namespace

std::optional<Mismatch> rederive_follow_ups(const DecisionRecord& after, std::size_t known,
                                            const FollowUpContext& context) {
  const auto& records = after.evaluation_records;
  for (std::size_t i = known; i < records.size(); ++i) {
    const bool twice = std::any_of(
        records.begin(), records.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const EvaluationRecord& other) { return other.horizon == records[i].horizon; });
    if (twice) return mismatch(records[i], "is there twice");
    if (auto found = check(after, records[i], context)) return found;
  }
  return std::nullopt;
}

}  // namespace gridexit::pipeline
