#include "gridexit/kpi/follow_up.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "afterwards.hpp"
#include "gridexit/base/number.hpp"
#include "subject.hpp"

namespace gridexit::kpi {
namespace {

constexpr Hours kStopInTime{3};   // STRATEGY.md section 10: the first 3 h cost nothing
constexpr int kMissingHours = 3;  // as many as an evaluation may miss and still continue
constexpr std::array<std::string_view, 5> kDollars{"USD", "USDT", "USDC", "FDUSD", "TUSD"};

/// What happened, judged and in words.
struct Judgement {
  RecommendationQuality quality = RecommendationQuality::unknown;
  std::optional<double> impact;  ///< quote
  std::string money;             ///< the impact in words, with {} for the amount
};

double cents(double amount) {
  return std::round(amount * 100) / 100 + 0.0;
}

bool asks_for_action(Action action) {
  return action == Action::stop_grid || action == Action::create_grid ||
         action == Action::create_probationary_grid;
}

std::string_view quote_of(std::string_view symbol) {
  return symbol.substr(symbol.find('-') + 1);
}

Judgement judge_exit(const Afterwards& after, Action action) {
  const double saved = cents(after.pnl_then - after.pnl_end);
  const bool bad = action == Action::stop_grid && saved < 0;
  return {after.broke_after ? RecommendationQuality::good
          : bad             ? RecommendationQuality::bad
                            : RecommendationQuality::neutral,
          saved, saved < 0 ? "leaving at once cost {}" : "leaving at once saved {}"};
}

Judgement judge_hold(const Afterwards& after, const FollowUpInputs& in) {
  const double earned = cents(after.pnl_end - after.pnl_then);
  Judgement result{RecommendationQuality::good, earned,
                   earned < 0 ? "holding on lost {}" : "holding on earned {}"};
  if (!after.broke_after) return result;
  const UtcTime broke = in.decision.created_at + Hours{*after.broke_after};
  const bool replaced = in.replaced_at && *in.replaced_at <= broke;
  result.quality = replaced ? RecommendationQuality::neutral : RecommendationQuality::bad;
  return result;
}

Judgement judge_setup(const Afterwards& after) {
  const double earned = cents(after.pnl_end);
  const bool broke = after.broke_after.has_value();
  return {!broke && earned > 0  ? RecommendationQuality::good
          : broke && earned < 0 ? RecommendationQuality::bad
                                : RecommendationQuality::neutral,
          earned, earned < 0 ? "the proposed grid lost {}" : "the proposed grid earned {}"};
}

Judgement judge_wait(const Afterwards& after) {
  Judgement setup = judge_setup(after);
  if (setup.quality == RecommendationQuality::good) {
    setup.quality = RecommendationQuality::bad;
  } else if (setup.quality == RecommendationQuality::bad) {
    setup.quality = RecommendationQuality::good;
  }
  const bool lost = *setup.impact < 0;
  setup.impact = cents(-*setup.impact);
  setup.money = fmt::format("a grid of {:.0f} set up then would have {}", kReferenceCapital,
                            lost ? "lost {}" : "earned {}");
  return setup;
}

Judgement judge(const Afterwards& after, const FollowUpInputs& in) {
  const Action action = in.decision.recommendation.action;
  switch (action) {
    case Action::stop_grid:
    case Action::prepare_exit: return judge_exit(after, action);
    case Action::hold: return judge_hold(after, in);
    case Action::create_grid:
    case Action::create_probationary_grid: return judge_setup(after);
    case Action::wait: break;
  }
  return judge_wait(after);
}

/// When the operator did what was recommended, as far as the horizon reaches.
std::optional<UtcTime> executed_at(const FollowUpInputs& in, UtcTime end) {
  std::optional<UtcTime> first;
  const auto take = [&](UtcTime at) {
    if (at <= end && (!first || at < *first)) first = at;
  };
  for (const ActionRecord& answer : in.decision.action_records) {
    if (answer.action == OperatorAction::executed) take(answer.at);
  }
  if (in.decision.recommendation.action != Action::stop_grid || in.grid == nullptr) return first;
  for (const GridEvent& event : in.grid->history) {
    if (!event.enabled && event.time >= in.decision.created_at) take(event.time);
  }
  return first;
}

ActionQuality action_quality(const FollowUpInputs& in, UtcTime end) {
  const Recommendation& said = in.decision.recommendation;
  if (const auto at = executed_at(in, end)) {
    const UtcTime limit = said.action == Action::stop_grid ? in.decision.created_at + kStopInTime
                                                           : said.valid_until.value_or(end);
    return *at <= limit ? ActionQuality::executed_in_time : ActionQuality::executed_late;
  }
  const ActionRecord* last = nullptr;
  for (const ActionRecord& answer : in.decision.action_records) {
    if (answer.at <= end) last = &answer;
  }
  if (last == nullptr)
    return asks_for_action(said.action) ? ActionQuality::none : ActionQuality::not_needed;
  return last->action == OperatorAction::declined ? ActionQuality::declined
                                                  : ActionQuality::accepted;
}

std::string price_words(const Afterwards& after) {
  if (!after.broke_after) return "the range held";
  if (*after.broke_after <= 0) return "the range was broken already";
  return fmt::format("the range broke {} h later", *after.broke_after);
}

std::string money_words(const Judgement& judgement, std::string_view quote) {
  const std::string amount =
      fmt::format("{} {}", format_fixed(std::fabs(*judgement.impact), 2), quote);
  std::string words = judgement.money;
  return words.replace(words.find("{}"), 2, amount) + " (estimated)";
}

}  // namespace

std::string_view to_text(Horizon horizon) {
  return horizon == Horizon::h24 ? "24h" : horizon == Horizon::h72 ? "72h" : "7d";
}

std::string_view to_text(RecommendationQuality quality) {
  constexpr std::array<std::string_view, 4> kNames{"good", "neutral", "bad", "unknown"};
  return kNames[static_cast<std::size_t>(quality)];
}

std::string_view to_text(ActionQuality quality) {
  constexpr std::array<std::string_view, 6> kNames{
      "executed_in_time", "executed_late", "accepted", "declined", "none", "not_needed"};
  return kNames[static_cast<std::size_t>(quality)];
}

std::vector<Horizon> due_horizons(const DecisionRecord& decision, UtcTime at) {
  std::vector<Horizon> due;
  for (const Horizon horizon : kHorizons) {
    const auto& known = decision.evaluation_records;
    const bool done = std::any_of(
        known.begin(), known.end(),
        [horizon](const EvaluationRecord& record) { return record.horizon == to_text(horizon); });
    if (!done && decision.created_at + length(horizon) <= at) due.push_back(horizon);
  }
  return due;
}

EvaluationRecord follow_up(const FollowUpInputs& inputs, UtcTime evaluated_at) {
  const UtcTime at = inputs.decision.created_at;
  const UtcTime end = at + length(inputs.horizon);
  EvaluationRecord record;
  record.horizon = to_text(inputs.horizon);
  record.evaluated_at = evaluated_at;
  record.recommendation_quality = to_text(RecommendationQuality::unknown);
  record.action_quality = to_text(action_quality(inputs, end));
  const Subject subject = subject_of(inputs);
  if (!subject.grid) {
    record.note = "unknown: " + subject.why;
    return record;
  }
  if (inputs.missing_hours > kMissingHours) {
    record.note = fmt::format("unknown: {} of {} candles are missing", inputs.missing_hours,
                              length(inputs.horizon).count());
    return record;
  }
  const Afterwards after = look_back(inputs.bars_1h, *subject.grid, subject.start, at, end);
  if (!after.unknown.empty()) {
    record.note = "unknown: " + after.unknown;
    return record;
  }
  const Judgement judgement = judge(after, inputs);
  const std::string_view quote = quote_of(inputs.decision.symbol);
  const bool in_dollars = std::find(kDollars.begin(), kDollars.end(), quote) != kDollars.end();
  if (in_dollars) record.economic_impact_usd = judgement.impact;
  if (!after.under_way) record.recommendation_quality = to_text(judgement.quality);
  record.note =
      fmt::format("{}; {}",
                  after.under_way ? "unknown: a break is under way, not confirmed by 12 closes yet"
                                  : price_words(after),
                  money_words(judgement, quote));
  return record;
}

}  // namespace gridexit::kpi
