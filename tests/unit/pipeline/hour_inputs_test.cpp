// What an hour is judged on reaches as far back as it matters, and no result hangs on how far
// somebody happened to look.

#include "pipeline/hour_inputs.hpp"

#include "gridexit/evaluation/evaluate.hpp"
#include "pipeline/market.hpp"
#include "unit/pipeline/run_fixture.hpp"

namespace gridexit {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fakes are the subject here

// Prices that leave the range at the top for some hours and come back: LATEST_ACCEPTABLE_EXIT for
// days, but never MANDATORY_EXIT.
TEST_F(RunTest, AnAnswerIsNotForgottenWhileTheStateLasts) {
  start_grid(story_.now() - Hours{5}, 1900, 2030);
  run_live(story_.now());
  const UtcTime outside = story_.now() + Hours{1};
  for (int round = 0; round < 20; ++round) story_.jump(2032).jump(2032).jump(2032).jump(2024);
  ASSERT_EQ(run_live(outside).symbols[0].record->exit_state->state,
            ExitState::latest_acceptable_exit);
  const std::string path = paths::decision("ETH-USDT", outside);
  auto decision = codec::read<DecisionRecord>(store_.text(path), path);
  ASSERT_TRUE(decision);
  decision->document.action_records.push_back({outside + Seconds{600}, "ada",
                                               OperatorAction::declined, std::nullopt, std::nullopt,
                                               outside + Hours{1000}});
  store_.put({{path, codec::write(decision->document)}});
  for (int hour = 1; hour < 70; ++hour) {
    const auto record = run_live(outside + Hours{hour}).symbols[0].record;
    ASSERT_EQ(record->exit_state->state, ExitState::latest_acceptable_exit) << hour;
    ASSERT_EQ(record->recommendation.decision_id, decision->document.decision_id) << hour;
  }
}

// Gaps before and across the beginning of the 4h window.
TEST(FirstNeededBar, ReachesFarEnoughForAnyGapThatIsFilled) {
  const UtcTime start = *parse_utc("2025-01-01T00:00:00Z");
  const CandleSeries whole = Story(start, 2000).range(2000, 2000).bars();
  const UtcTime at = start + Hours{2000};
  const Rules rules;
  for (const int gap : {1, 3, 4, 40, 71, 100, 280, 288, 291, 300}) {
    for (const int before : {-300, -200, -60, -8, -1, 0, 1, 2, 3, 9}) {
      const UtcTime gap_start = at - Hours{1040} + Hours{before};
      CandleSeries bars;
      bars.append(whole.between(start, gap_start));
      bars.append(whole.between(gap_start + Hours{gap}, at));
      const auto hash_of = [&](UtcTime first) {
        evaluation::HourInputs in(*Symbol::parse("ETH-USDT"));
        in.at = at;
        in.delivered_1h = bars.between(first, at);
        const auto outcome = evaluation::evaluate(in, rules);
        return outcome ? codec::write(outcome->record) : outcome.error().text();
      };
      EXPECT_EQ(hash_of(pipeline::first_needed_bar(at, rules.data, std::nullopt)), hash_of(start))
          << gap << " hours missing " << before << " hours from the window's beginning";
    }
  }
}

}  // namespace
}  // namespace gridexit
