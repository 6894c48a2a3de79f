#include "gridexit/decision/recommend.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace gridexit::decision {
namespace {

using std::chrono::minutes;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const UtcTime kNow = *parse_utc("2026-02-02T14Z");

Condition condition(ConditionName name, Truth met, std::string detail) {
  Condition condition;
  condition.name = name;
  condition.met = met;
  condition.detail = std::move(detail);
  return condition;
}

ExitEvaluation exit_at(ExitState state, int evaluations_in_state = 1) {
  ExitEvaluation exit;
  exit.grid_id = "eth-grid-1";
  exit.state = state;
  exit.previous = state;
  exit.tier = state;
  exit.evaluations_in_state = evaluations_in_state;
  return exit;
}

GateEvaluation gates(bool passed) {
  const int count = passed ? 3 : 1;
  return {.gates = {{"directional_energy_decay", true, 3, {}},
                    {"mean_reversion_return", passed, passed ? 3 : 0, {}},
                    {"tradable_volatility", passed, passed ? count : 0, {}}},
          .passed = passed};
}

RecommendInputs running(ExitState state, Verdict verdict = Verdict::range_ok) {
  RecommendInputs inputs;
  inputs.at = kNow;
  inputs.symbol = "ETH-USDT";
  inputs.verdict = verdict;
  inputs.confidence = 0.7;
  inputs.close = 3400;
  inputs.atr = 30;
  inputs.exit_state = exit_at(state);
  return inputs;
}

RecommendInputs idle(bool passed = true, double confidence = 0.85) {
  RecommendInputs inputs = running(ExitState::normal);
  inputs.exit_state.reset();
  inputs.confidence = confidence;
  inputs.gates = gates(passed);
  Proposal proposal;
  proposal.lower = 3200;
  proposal.upper = 3600;
  proposal.cells = 12;
  proposal.allocation_pct = confidence < 0.8 ? 52.5 : 100;
  inputs.proposal.proposal = proposal;
  return inputs;
}

/// Appends what `recommend` said at `at` as the decision that stands.
DecisionRecord& stand(RecommendInputs& inputs, RecommendInputs earlier, UtcTime at) {
  earlier.at = at;
  earlier.recent = inputs.recent;
  const Recommendation said = recommend(earlier, Rules{}).recommendation;
  DecisionRecord record;
  record.decision_id = "dec-ETH-USDT-" + format_compact(at);
  record.created_at = at;
  if (earlier.exit_state) record.grid_id = earlier.exit_state->grid_id;
  record.recommendation = said;
  inputs.recent.push_back(record);
  inputs.standing_id = record.decision_id;
  inputs.standing_action = said.action;
  return inputs.recent.back();
}

void answer(DecisionRecord& record, OperatorAction action, UtcTime at,
            std::optional<UtcTime> until = std::nullopt) {
  record.action_records.push_back({at, "operator", action, std::nullopt, std::nullopt, until});
}

Recommendation said(const RecommendInputs& inputs) {
  return recommend(inputs, Rules{}).recommendation;
}
bool writes(const RecommendInputs& inputs) {
  return recommend(inputs, Rules{}).write_record;
}

TEST(Manage, EachStateHasItsActionAndUrgency) {
  const auto of = [](ExitState state) {
    const Recommendation r = said(running(state));
    EXPECT_EQ(r.type, RecommendationType::grid_manage);
    return std::pair{r.action, r.urgency};
  };
  EXPECT_EQ(of(ExitState::normal), std::pair(Action::hold, Urgency::low));
  EXPECT_EQ(of(ExitState::warning), std::pair(Action::prepare_exit, Urgency::normal));
  EXPECT_EQ(of(ExitState::latest_acceptable_exit), std::pair(Action::stop_grid, Urgency::high));
  EXPECT_EQ(of(ExitState::mandatory_exit), std::pair(Action::stop_grid, Urgency::emergency));
}

TEST(Manage, AWarningIsUrgentOnlyInAConfidentTrend) {
  RecommendInputs inputs = running(ExitState::warning, Verdict::trend);
  inputs.confidence = 0.80;
  EXPECT_EQ(said(inputs).urgency, Urgency::high);
  inputs.confidence = 0.79;
  EXPECT_EQ(said(inputs).urgency, Urgency::normal);
  inputs.confidence = 0.95;
  inputs.verdict = Verdict::transition;
  EXPECT_EQ(said(inputs).urgency, Urgency::normal);
}

TEST(Manage, ValidityIsShortWhileTheMarketMoves) {
  const auto valid = [](Verdict verdict) {
    return said(running(ExitState::warning, verdict)).valid_until;
  };
  EXPECT_EQ(valid(Verdict::trend), kNow + minutes{15});
  EXPECT_EQ(valid(Verdict::transition), kNow + minutes{30});
  EXPECT_EQ(valid(Verdict::range_weak), std::nullopt);
  EXPECT_EQ(valid(Verdict::range_ok), std::nullopt);
}

TEST(Manage, RationaleNamesMetAndUnknownConditions) {
  RecommendInputs inputs = running(ExitState::warning);
  inputs.exit_state->conditions = {
      condition(ConditionName::near_bound, Truth::yes, "break probability 0.27 (>= 0.20)"),
      condition(ConditionName::loss_rising, Truth::no, "0.1"),
      condition(ConditionName::adx_rising, Truth::unknown, "insufficient_data"),
      condition(ConditionName::stop_loss_hit, Truth::not_applicable, "no stop-loss")};
  EXPECT_THAT(said(inputs).rationale,
              ElementsAre("near_bound: break probability 0.27 (>= 0.20)",
                          "adx_rising unknown: insufficient_data", StartsWith("prepare the exit")));
}

TEST(Manage, LatestSaysActNowAndSeparatelyTheHourOfEscalation) {
  RecommendInputs inputs = running(ExitState::latest_acceptable_exit);
  inputs.exit_state->evaluations_in_state = 0;
  EXPECT_THAT(said(inputs).rationale,
              ElementsAre(StartsWith("act now: the first 3 h cost nothing on average"),
                          "escalates to MANDATORY_EXIT at 2026-02-03T14Z"));
  inputs.exit_state->evaluations_in_state = 20;
  EXPECT_THAT(said(inputs).rationale, Contains("escalates to MANDATORY_EXIT at 2026-02-02T18Z"));
  inputs.exit_state->evaluations_in_state = 24;
  EXPECT_THAT(said(inputs).rationale, Not(Contains(HasSubstr("escalates"))));
}

TEST(Manage, AStateAboveItsTierSaysHowCalmItIs) {
  RecommendInputs inputs = running(ExitState::warning);
  inputs.exit_state->tier = ExitState::normal;
  inputs.exit_state->calm_count = 2;
  EXPECT_THAT(said(inputs).rationale,
              Contains("the present tier is NORMAL: 2 of 3 calm evaluations to step down"));
}

TEST(Setup, WaitsUntilTheGatesArePassed) {
  const Recommendation r = said(idle(false));
  EXPECT_EQ(r.type, RecommendationType::grid_setup);
  EXPECT_EQ(r.action, Action::wait);
  EXPECT_EQ(r.urgency, Urgency::low);
  EXPECT_EQ(r.valid_until, std::nullopt);
  EXPECT_FALSE(r.proposal.has_value());
  EXPECT_THAT(r.rationale, Contains("gate directional_energy_decay holds, 3 of 3"));
  EXPECT_THAT(r.rationale, Contains("gate mean_reversion_return does not hold, 0 of 3"));
}

TEST(Setup, ConfidenceDecidesTheKind) {
  EXPECT_EQ(said(idle(true, 0.59999)).action, Action::wait);
  EXPECT_THAT(said(idle(true, 0.59999)).rationale, Contains("confidence 0.59 is below 0.60"));
  EXPECT_EQ(said(idle(true, 0.60)).action, Action::create_probationary_grid);
  EXPECT_EQ(said(idle(true, 0.79999)).action, Action::create_probationary_grid);
  EXPECT_EQ(said(idle(true, 0.80)).action, Action::create_grid);
  EXPECT_EQ(said(idle(true, 0.80)).urgency, Urgency::normal);
}

TEST(Setup, CarriesTheProposalAndWhatItWasMadeAt) {
  const Recommendation r = said(idle());
  ASSERT_TRUE(r.proposal.has_value());
  EXPECT_EQ(r.proposal->cells, 12);
  EXPECT_EQ(r.price, 3400);
  EXPECT_EQ(r.atr, 30);
  EXPECT_EQ(r.valid_until, kNow + Hours{4});
}

TEST(Setup, PromisesNothing) {
  for (const double confidence : {0.65, 0.95}) {
    EXPECT_THAT(said(idle(true, confidence)).rationale,
                Contains(HasSubstr("describes the present, not a forecast")));
  }
}

TEST(Setup, WithoutAProposalItWaitsAndSaysWhy) {
  RecommendInputs inputs = idle();
  inputs.proposal = {std::nullopt, "capital 12.00 is below the minimum of 4 cells"};
  EXPECT_EQ(said(inputs).action, Action::wait);
  EXPECT_THAT(said(inputs).rationale, Contains("capital 12.00 is below the minimum of 4 cells"));
}

TEST(Setup, UnknownGatesWait) {
  RecommendInputs inputs = idle();
  inputs.gates.reset();
  EXPECT_EQ(said(inputs).action, Action::wait);
}

TEST(Cooldown, SixtyMinutesAfterAStop) {
  RecommendInputs inputs = idle();
  inputs.last_stop = kNow - minutes{59};
  EXPECT_EQ(said(inputs).action, Action::wait);
  EXPECT_THAT(said(inputs).rationale,
              Contains("cooldown until 2026-02-02T14:01:00Z: a grid was stopped at "
                       "2026-02-02T13:01:00Z"));
  inputs.last_stop = kNow - minutes{60};
  EXPECT_EQ(said(inputs).action, Action::create_grid);
}

TEST(Cooldown, TwoHoursAfterADeclinedSetup) {
  RecommendInputs inputs = idle();
  DecisionRecord& setup = stand(inputs, idle(), kNow - Hours{2});
  answer(setup, OperatorAction::declined, kNow - minutes{119});
  EXPECT_EQ(said(inputs).action, Action::wait);
  EXPECT_THAT(said(inputs).rationale, Contains(HasSubstr("2026-02-02T12Z was declined")));
  setup.action_records.back().at = kNow - minutes{120};
  EXPECT_EQ(said(inputs).action, Action::create_grid);
  EXPECT_TRUE(writes(inputs)) << "a declined setup is not the one recommended now";
}

TEST(Cooldown, TwoHoursAfterAnExpiredSetup) {
  for (const int hours : {3, 4, 5, 6}) {
    RecommendInputs inputs = idle();
    stand(inputs, idle(), kNow - Hours{hours});
    const bool cooling = hours == 4 || hours == 5;
    EXPECT_EQ(said(inputs).action, cooling ? Action::wait : Action::create_grid) << hours;
    EXPECT_EQ(writes(inputs), hours != 3) << hours;
  }
}

TEST(Cooldown, ASetupEndedByItsGatesCountsAsExpiredThen) {
  RecommendInputs inputs = idle();
  stand(inputs, idle(), kNow - Hours{2});
  stand(inputs, idle(false), kNow - Hours{1});
  EXPECT_EQ(said(inputs).action, Action::wait) << "60 of 120 minutes";
  EXPECT_THAT(said(inputs).rationale, Contains(HasSubstr("cooldown until 2026-02-02T15:00:00Z")));
  inputs.at = kNow + Hours{1};
  EXPECT_EQ(said(inputs).action, Action::create_grid);
}

TEST(Cooldown, ASetupEndsWhenThePriceMovesByMoreThanOneAtr) {
  RecommendInputs inputs = idle();
  stand(inputs, idle(), kNow - Hours{1});
  inputs.close = 3430;
  EXPECT_EQ(said(inputs).action, Action::create_grid) << "exactly one ATR";
  EXPECT_FALSE(writes(inputs));
  for (const double close : {3430.1, 3369.9}) {
    inputs.close = close;
    EXPECT_EQ(said(inputs).action, Action::wait);
    EXPECT_TRUE(writes(inputs));
    EXPECT_THAT(said(inputs).rationale, Contains(HasSubstr("moved by more than 1 ATR")));
  }
}

TEST(Cooldown, AnAcceptedOrExecutedSetupStartsNone) {
  for (const OperatorAction action : {OperatorAction::accepted, OperatorAction::executed}) {
    RecommendInputs inputs = idle();
    answer(stand(inputs, idle(), kNow - Hours{4}), action, kNow - Hours{3});
    EXPECT_EQ(said(inputs).action, Action::create_grid);
    EXPECT_FALSE(writes(inputs));
  }
}

TEST(Cooldown, AnAcceptedSetupThatThePriceLeftIsProposedAnew) {
  RecommendInputs inputs = idle();
  answer(stand(inputs, idle(), kNow - Hours{1}), OperatorAction::accepted, kNow - minutes{30});
  inputs.close = 3500;
  EXPECT_EQ(said(inputs).action, Action::create_grid);
  EXPECT_TRUE(writes(inputs));
  inputs.recent.back().action_records.back().action = OperatorAction::executed;
  EXPECT_FALSE(writes(inputs)) << "its grid is about to be started";
}

TEST(Cooldown, AReplacedSetupStartsNone) {
  RecommendInputs inputs = idle();
  stand(inputs, idle(true, 0.7), kNow - Hours{1});
  EXPECT_EQ(said(inputs).action, Action::create_grid);
  EXPECT_TRUE(writes(inputs)) << "the action changed";
  stand(inputs, idle(), kNow);
  inputs.at = kNow + Hours{1};
  EXPECT_EQ(said(inputs).action, Action::create_grid);
  EXPECT_FALSE(writes(inputs));
}

TEST(Cooldown, KnowsNothingOfLaterAnswers) {
  RecommendInputs inputs = idle();
  answer(stand(inputs, idle(), kNow - Hours{1}), OperatorAction::declined, kNow + minutes{5});
  stand(inputs, idle(false), kNow + Hours{1});
  inputs.standing_id = inputs.recent.front().decision_id;
  inputs.standing_action = Action::create_grid;
  EXPECT_EQ(said(inputs).action, Action::create_grid);
  EXPECT_FALSE(writes(inputs));
}

TEST(Record, TheFirstRecommendationIsWritten) {
  EXPECT_TRUE(writes(running(ExitState::normal)));
  EXPECT_TRUE(writes(idle(false)));
  EXPECT_EQ(recommend(idle(false), Rules{}).standing_id, std::nullopt) << "the caller names it";
}

TEST(Record, TheSameActionKeepsTheStandingDecision) {
  RecommendInputs inputs = running(ExitState::normal, Verdict::trend);
  stand(inputs, inputs, kNow - Hours{12});
  const RecommendOutcome outcome = recommend(inputs, Rules{});
  EXPECT_FALSE(outcome.write_record) << "HOLD never repeats, however long expired";
  EXPECT_EQ(outcome.standing_id, inputs.standing_id);
  EXPECT_EQ(outcome.recommendation.valid_until, kNow - Hours{12} + minutes{15});
}

TEST(Record, WaitNeverRepeats) {
  RecommendInputs inputs = idle(false);
  stand(inputs, inputs, kNow - Hours{40});
  EXPECT_FALSE(writes(inputs));
}

TEST(Record, AnotherActionIsWritten) {
  RecommendInputs inputs = running(ExitState::normal);
  stand(inputs, running(ExitState::warning), kNow - Hours{1});
  EXPECT_TRUE(writes(inputs));
}

TEST(Record, ARiseIsWrittenEvenWhenTheActionStays) {
  RecommendInputs inputs = running(ExitState::mandatory_exit);
  stand(inputs, running(ExitState::latest_acceptable_exit), kNow - Hours{1});
  inputs.exit_state->previous = ExitState::latest_acceptable_exit;
  EXPECT_TRUE(writes(inputs));
  inputs.exit_state->previous = ExitState::mandatory_exit;
  EXPECT_FALSE(writes(inputs));
}

TEST(Record, AnotherGridIsAnotherDecision) {
  RecommendInputs inputs = running(ExitState::normal);
  stand(inputs, inputs, kNow - Hours{1});
  inputs.exit_state->grid_id = "eth-grid-2";
  EXPECT_TRUE(writes(inputs));
}

TEST(Record, AStandingDecisionOlderThanTheRecentOnesIsKnownByItsAction) {
  RecommendInputs inputs = running(ExitState::normal);
  inputs.standing_id = "dec-ETH-USDT-20260101T000000Z";
  inputs.standing_action = Action::hold;
  EXPECT_FALSE(writes(inputs));
  inputs.standing_action = Action::prepare_exit;
  EXPECT_TRUE(writes(inputs));
  inputs = running(ExitState::latest_acceptable_exit);
  inputs.standing_id = "dec-ETH-USDT-20260101T000000Z";
  inputs.standing_action = Action::stop_grid;
  EXPECT_TRUE(writes(inputs)) << "rather once more than never";
}

struct Gap {
  ExitState state;
  int hours;
};
class Repeats : public testing::TestWithParam<Gap> {};

TEST_P(Repeats, AtTheReminderGapOfItsStateAndNotBefore) {
  const auto written_after = [](int hours, Verdict verdict) {
    RecommendInputs inputs = running(GetParam().state, verdict);
    stand(inputs, inputs, kNow - Hours{hours});
    return writes(inputs);
  };
  EXPECT_TRUE(written_after(GetParam().hours, Verdict::trend));
  EXPECT_TRUE(written_after(GetParam().hours + 1, Verdict::transition));
  if (GetParam().hours > 1) {
    EXPECT_FALSE(written_after(GetParam().hours - 1, Verdict::trend));
  }
  EXPECT_FALSE(written_after(GetParam().hours + 8, Verdict::range_ok)) << "never expires";
}

TEST_P(Repeats, UntilItIsAnswered) {
  RecommendInputs inputs = running(GetParam().state, Verdict::trend);
  DecisionRecord& standing = stand(inputs, inputs, kNow - Hours{6});
  answer(standing, OperatorAction::executed, kNow + minutes{1});
  EXPECT_TRUE(writes(inputs)) << "not answered yet";
  standing.action_records.back().at = kNow - Hours{1};
  EXPECT_FALSE(writes(inputs));
}

INSTANTIATE_TEST_SUITE_P(States, Repeats,
                         testing::Values(Gap{ExitState::warning, 4},
                                         Gap{ExitState::latest_acceptable_exit, 2},
                                         Gap{ExitState::mandatory_exit, 1}));

TEST(Repeat, AStopIsSettledByDoingItOrByARefusalThatStillHolds) {
  const auto written = [](OperatorAction action, std::optional<UtcTime> until) {
    RecommendInputs inputs = running(ExitState::mandatory_exit, Verdict::trend);
    answer(stand(inputs, inputs, kNow - Hours{2}), action, kNow - Hours{1}, until);
    return writes(inputs);
  };
  EXPECT_FALSE(written(OperatorAction::executed, std::nullopt));
  EXPECT_TRUE(written(OperatorAction::accepted, std::nullopt)) << "accepted is not done";
  EXPECT_FALSE(written(OperatorAction::declined, kNow + minutes{1}));
  EXPECT_TRUE(written(OperatorAction::declined, kNow));
  EXPECT_TRUE(written(OperatorAction::declined, std::nullopt));
}

TEST(Repeat, AnyAnswerSettlesAWarning) {
  for (const OperatorAction action : {OperatorAction::accepted, OperatorAction::declined}) {
    RecommendInputs inputs = running(ExitState::warning, Verdict::trend);
    answer(stand(inputs, inputs, kNow - Hours{5}), action, kNow - Hours{1});
    EXPECT_FALSE(writes(inputs));
  }
}

TEST(Repeat, AnAnswerToAnEarlierRepetitionCounts) {
  RecommendInputs inputs = running(ExitState::mandatory_exit, Verdict::trend);
  answer(stand(inputs, inputs, kNow - Hours{2}), OperatorAction::executed, kNow - minutes{50});
  stand(inputs, running(ExitState::mandatory_exit, Verdict::trend), kNow - Hours{1});
  EXPECT_FALSE(writes(inputs));
}

TEST(Repeat, AnAnswerToAMilderStateDoesNot) {
  RecommendInputs inputs = running(ExitState::mandatory_exit, Verdict::trend);
  answer(stand(inputs, running(ExitState::latest_acceptable_exit, Verdict::trend), kNow - Hours{2}),
         OperatorAction::declined, kNow - minutes{50}, kNow + Hours{9});
  stand(inputs, running(ExitState::mandatory_exit, Verdict::trend), kNow - Hours{1});
  EXPECT_TRUE(writes(inputs));
}

}  // namespace
}  // namespace gridexit::decision
