#include "gridexit/evaluation/evaluate.hpp"

#include <gtest/gtest.h>

#include "gridexit/domain/names.hpp"
#include "support/operation.hpp"
#include "support/story.hpp"

namespace gridexit {
namespace {

using testing::Operation;
using testing::Story;

const UtcTime kStart = *parse_utc("2025-01-01T00:00:00Z");

Story calm_market(int hours = 1300) {
  return std::move(Story(kStart, 2000).range(hours, 2000));
}

TEST(Evaluate, WithoutAGridThereAreGatesAndNoExitState) {
  const Story story = calm_market();
  Operation operation(story.bars());
  const auto outcome = operation.evaluate(story.now());
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->record.exit_state);
  EXPECT_FALSE(outcome->record.position);
  EXPECT_EQ(outcome->record.gate_evaluation.gates.size(), 3U);
  ASSERT_TRUE(outcome->decision) << "the first action is a change of action";
  EXPECT_EQ(outcome->decision->recommendation.action, Action::wait);
  EXPECT_EQ(outcome->record.recommendation.decision_id, outcome->decision->decision_id);
}

TEST(Evaluate, GatesPassOneByOneInACalmMarket) {
  const Story story = calm_market();
  Operation operation(story.bars());
  const auto records = operation.run(story.now() - Hours{200}, story.now());
  bool passed = false;
  for (std::size_t i = 1; i < records.size(); ++i) {
    const auto& before = records[i - 1].gate_evaluation.gates;
    const auto& now = records[i].gate_evaluation.gates;
    if (now[1].count > before[1].count) {
      EXPECT_EQ(now[0].count, 3) << "gate 2 counts only behind a full gate 1";
    }
    if (now[2].count > before[2].count) {
      EXPECT_EQ(now[1].count, 3);
    }
    passed |= records[i].gate_evaluation.passed;
  }
  EXPECT_TRUE(passed);
}

TEST(Evaluate, LaterCandlesChangeNothing) {
  const Story story = calm_market(1400);
  CandleSeries truncated;
  const UtcTime at = story.now() - Hours{100};
  truncated.append(story.bars().closed_at(at, Timeframe::h1));
  Operation whole(story.bars());
  Operation cut(truncated);
  const auto from_whole = whole.evaluate(at);
  const auto from_cut = cut.evaluate(at);
  ASSERT_TRUE(from_whole && from_cut);
  EXPECT_EQ(from_whole->record.data.dataset_hash, from_cut->record.data.dataset_hash);
  EXPECT_EQ(from_whole->record.h1.adx.value, from_cut->record.h1.adx.value);
  EXPECT_EQ(from_whole->record.confidence.value, from_cut->record.confidence.value);
  EXPECT_EQ(from_whole->record.price.close, from_cut->record.price.close);
}

TEST(Evaluate, DatasetHashCoversTheBarsBehindBothWindowsAndNoOthers) {
  const Story story = calm_market(1400);
  const UtcTime at = story.now();
  Operation operation(story.bars());
  const auto all = operation.evaluate(at);
  CandleSeries recent;
  recent.append(story.bars().between(floor_to(at, Timeframe::h4) - Hours{1040}, at));
  Operation shorter(recent);
  const auto window_only = shorter.evaluate(at);
  recent.clear();
  recent.append(story.bars().between(floor_to(at, Timeframe::h4) - Hours{1036}, at));
  Operation too_short(recent);
  const auto less = too_short.evaluate(at);
  ASSERT_TRUE(all && window_only && less);
  EXPECT_EQ(all->record.data.dataset_hash, window_only->record.data.dataset_hash);
  EXPECT_NE(all->record.data.dataset_hash, less->record.data.dataset_hash);
}

// A 4h bar that lacks its first hour is no filled bar: nothing before it is behind the window.
TEST(Evaluate, DatasetHashCoversNoBarBeforeAWindowThatBeginsWithADeliveredOne) {
  const Story story = calm_market(1400);
  const UtcTime at = floor_to(story.now(), Timeframe::h4);
  const UtcTime window_start = at - Hours{1040};
  const auto hash_from = [&](UtcTime first) {
    CandleSeries bars;
    bars.append(story.bars().between(first, window_start));
    bars.append(story.bars().between(window_start + Hours{1}, at));
    Operation operation(bars);
    const auto outcome = operation.evaluate(at);
    return outcome ? outcome->record.data.dataset_hash : std::nullopt;
  };
  ASSERT_TRUE(hash_from(window_start));
  EXPECT_EQ(hash_from(kStart), hash_from(window_start));
}

TEST(Evaluate, AGridWithItsOwnEntryPriceIsValuedAtTheLastClose) {
  const Story story = calm_market();
  Operation operation(story.bars());
  operation.start_grid(story.now(), 1900, 2100, 1840, 12, story.price() * 0.99);
  const auto outcome = operation.evaluate(story.now());
  ASSERT_TRUE(outcome && outcome->record.position);
  const PositionRisk& position = *outcome->record.position;
  const double value = position.quote + position.base * story.price() * (1 - 0.0005) * (1 - 0.001);
  EXPECT_NEAR(position.pnl, value - position.capital, 1e-9);
}

TEST(Evaluate, ReminderGapsAreKept) {
  Story story = calm_market();
  const UtcTime started = story.now();
  story.drift(6, 1890, 0.001).range(30, 1885, 0.0005);
  Operation operation(story.bars());
  operation.start_grid(started, 1900, 2100, std::nullopt);
  operation.run(started, story.now());
  const auto& notified = operation.notified();
  ASSERT_GE(notified.size(), 3U);
  for (std::size_t i = 1; i < notified.size(); ++i) {
    if (notified[i].state != notified[i - 1].state) continue;
    const int gap = notified[i].state == ExitState::warning                  ? 4
                    : notified[i].state == ExitState::latest_acceptable_exit ? 2
                                                                             : 1;
    EXPECT_EQ(hours_between(notified[i - 1].timestamp, notified[i].timestamp), gap);
  }
}

TEST(Evaluate, PositionIsUnknownWhenTheBarsDoNotReachTheGridsStart) {
  const Story story = calm_market(1500);
  CandleSeries recent;
  recent.append(story.bars().view().last(1100));
  Operation operation(recent);
  operation.start_grid(kStart + Hours{100}, 1900, 2100, 1840);
  const auto outcome = operation.evaluate(story.now());
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->record.position);
  for (const Condition& condition : outcome->record.exit_state->conditions) {
    if (condition.name == ConditionName::loss_rising ||
        condition.name == ConditionName::loss_budget) {
      EXPECT_EQ(condition.met, Truth::unknown);
    }
  }
}

TEST(Evaluate, AGridOfThisHourHasNoClosesOutsideYet) {
  const Story story = calm_market();
  Operation operation(story.bars());
  operation.start_grid(story.now(), 1900, 2100, 1840);
  const auto outcome = operation.evaluate(story.now());
  ASSERT_TRUE(outcome);
  for (const Condition& condition : outcome->record.exit_state->conditions) {
    EXPECT_NE(condition.met, Truth::unknown) << to_text(condition.name) << ": " << condition.detail;
  }
}

TEST(Evaluate, AnswerSilencesOverstay) {
  Story story = calm_market();
  const UtcTime started = story.now();
  story.jump(2115).range(40, 2101.5, 0.0001);
  for (const bool answered : {false, true}) {
    Operation operation(story.bars());
    operation.start_grid(started, 1900, 2100, 1840);
    Rules rules;
    ASSERT_TRUE(operation.evaluate(started + Hours{1}));
    ASSERT_EQ(operation.decisions().back().recommendation.action, Action::stop_grid);
    if (answered) {
      ActionRecord declined;
      declined.at = started + Hours{1};
      declined.action = OperatorAction::declined;
      declined.until = started + Hours{200};
      operation.answer(declined);
    }
    const auto records = operation.run(started + Hours{1}, started + Hours{26});
    for (const Condition& condition : records.back().exit_state->conditions) {
      if (condition.name == ConditionName::overstayed) {
        EXPECT_EQ(condition.met == Truth::yes,
                  !answered && records.back().exit_state->evaluations_in_state >= 24)
            << condition.detail;
      }
    }
  }
}

TEST(Evaluate, TheLastHoursQuartersAreContextAndNoOtherBarsAre) {
  const Story story = calm_market();
  const UtcTime at = story.now();
  CandleSeries quarters;
  quarters.push_back({at - Seconds{4500}, 10, 900, 1, 20, 1});  // opened before the hour
  quarters.push_back({at - Seconds{3600}, 2000, 2010, 1990, 2005, 1});
  quarters.push_back({at - Seconds{900}, 2005, 2030, 2000, 2020, 1});
  quarters.push_back({at - Seconds{600}, 2020, 9000, 1, 5000, 1});  // not closed
  evaluation::HourInputs inputs(*Symbol::parse("ETH-USDT"));
  inputs.at = at;
  inputs.delivered_1h = story.bars().view();
  inputs.context_15m = quarters.view();
  const auto outcome = evaluation::evaluate(inputs, Rules{});
  ASSERT_TRUE(outcome);
  const Context15m& context = outcome->record.context_15m;
  EXPECT_EQ(context.bars, 2);
  EXPECT_NEAR(context.change_1h_pct.value_or(0), 1.0, 1e-9);
  EXPECT_NEAR(context.range_1h_pct.value_or(0), (2030.0 / 1990 - 1) * 100, 1e-9);
}

}  // namespace
}  // namespace gridexit
