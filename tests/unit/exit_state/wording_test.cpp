#include <gtest/gtest.h>

#include "unit/exit_state/inputs.hpp"

namespace gridexit::exit_state {
namespace {

using Name = ConditionName;

template <class Change>
std::string detail(Name name, Change change, const ExitRules& rules = {}) {
  ConditionInputs in = calm_inputs();
  change(in);
  return condition(in, name, rules).detail;
}

std::string detail(Name name) {
  return detail(name, [](ConditionInputs&) {});
}

using In = ConditionInputs;

TEST(Wording, SaysValueRelationAndThreshold) {
  EXPECT_EQ(detail(Name::near_bound, [](In& in) { in.break_probability.both = 0.27; }),
            "break probability 0.27 (>= 0.20)");
  EXPECT_EQ(detail(Name::near_bound), "break probability 0.06 (< 0.20)");
  EXPECT_EQ(detail(Name::loss_rising), "loss share 0.00 (< 0.35)");
  EXPECT_EQ(detail(Name::efficiency_high), "efficiency 0.10 (< 0.45)");
  EXPECT_EQ(detail(Name::autocorrelation_positive), "autocorrelation -0.10 (< 0.12)");
  EXPECT_EQ(detail(Name::half_life_long), "half-life 10.0 h (< 60)");
}

TEST(Wording, SaysBothPartsOfAConditionWithTwo) {
  const auto rising = [](In& in) {
    in.adx = 28.5;
    in.adx_3 = 25.4;
  };
  EXPECT_EQ(detail(Name::adx_rising, rising), "ADX 28.5 (>= 22), +3.1 in 3 h (>= 2)");
  EXPECT_EQ(detail(Name::adx_rising, [](In& in) { in.adx_3 = 16.0; }),
            "ADX 15.0 (< 22), -1.0 in 3 h (< 2)");
  EXPECT_EQ(detail(Name::bandwidth_expanding),
            "bandwidth ratio 1.00 (< 1.4), 1.00 times that of 6 h ago (< 1.15)");
}

TEST(Wording, NamesWhatIsUnknown) {
  EXPECT_EQ(detail(Name::adx_rising, [](In& in) { in.adx.reset(); }), "ADX unknown");
  EXPECT_EQ(detail(Name::adx_rising, [](In& in) { in.adx_3.reset(); }),
            "ADX 15.0 (< 22), change in 3 h unknown");
  EXPECT_EQ(detail(Name::near_bound, [](In& in) { in.break_probability = {}; }),
            "break probability unknown");
  EXPECT_EQ(detail(Name::slope_to_bound, [](In& in) { in.slope.reset(); }), "slope unknown");
  EXPECT_EQ(detail(Name::slope_to_bound, [](In& in) { in.break_probability = {}; }),
            "nearer bound unknown");
  EXPECT_EQ(detail(Name::bandwidth_expanding, [](In& in) { in.bandwidth.reset(); }),
            "bandwidth ratio 1.00 (< 1.4), growth in 6 h unknown");
  EXPECT_EQ(detail(Name::half_life_long, [](In& in) { in.half_life.reset(); }),
            "half-life unknown");
  EXPECT_EQ(detail(Name::outside_range, [](In& in) { in.bars_since_start = false; }),
            "closes since the grid's start unknown");
  EXPECT_EQ(detail(Name::stop_loss_near, [](In& in) { in.atr.reset(); }),
            "distance to the stop-loss in ATR unknown");
}

TEST(Wording, DoesNotRoundAMissToItsThreshold) {
  EXPECT_EQ(detail(Name::near_bound, [](In& in) { in.break_probability.both = 0.1996; }),
            "break probability 0.19960 (< 0.20)");
}

TEST(Wording, ShowsAllDigitsOfAThreshold) {
  ExitRules rules;
  rules.warning.near_bound = 0.225;
  EXPECT_EQ(detail(
                Name::near_bound, [](In&) {}, rules),
            "break probability 0.06 (< 0.225)");
}

TEST(Wording, CountsCloses) {
  EXPECT_EQ(detail(Name::outside_range, [](In& in) { in.closes_low = 2; }),
            "2 closes below 900.000 (>= 1)");
  EXPECT_EQ(detail(Name::outside_range, [](In& in) { in.closes_up = 1; }),
            "1 close above 1100.0 (>= 1)");
  EXPECT_EQ(detail(Name::outside_range), "close not outside 900.000 to 1100.0");
  const auto deep = [](In& in) {
    in.closes_low = 1;
    in.close = 890.0;
  };
  EXPECT_EQ(detail(Name::break_confirmed, deep),
            "1 close below 900.000 (< 2), close 890.000 (<= 895.000: 0.5 ATR below)");
}

TEST(Wording, SaysTheDirectionOfASlope) {
  EXPECT_EQ(detail(Name::slope_to_bound,
                   [](In& in) {
                     in.slope = -0.15;
                     in.break_probability = {0.3, 0.2, 0.1};
                   }),
            "slope in ATR/h towards the lower bound 0.15 (>= 0.12)");
}

TEST(Wording, SaysEveryPartOfATrendIntoTheBound) {
  EXPECT_EQ(
      detail(Name::trend_into_bound, [](In& in) { in.memory = evaluations(3, Verdict::trend); }),
      "TRANSITION or TREND for 3 evaluations (>= 2), break probability of the lower bound "
      "0.03 (< 0.75), slope in ATR/h 0.01 (> -0.10)");
  EXPECT_EQ(
      detail(Name::trend_confirmed, [](In& in) { in.memory = evaluations(1, Verdict::trend); }),
      "TREND with confidence >= 0.60 for 1 evaluation (< 2), close inside the range");
}

TEST(Wording, SpeaksOfTheStopLoss) {
  EXPECT_EQ(detail(Name::stop_loss_hit),
            "no low at or below the stop-loss 850.000 since the grid's start");
  EXPECT_EQ(detail(Name::stop_loss_near), "close 1000.0 (> 860.000: stop-loss + 1 ATR)");
  EXPECT_EQ(detail(Name::stop_loss_hit, [](In& in) { in.stop_loss.reset(); }), "no stop-loss");
}

TEST(Wording, MentionsTheUpperBreakOnlyWhereARuleDoes) {
  EXPECT_EQ(detail(Name::break_likely), "break probability of the lower bound 0.03 (< 0.95)");
  ExitRules rules;
  rules.latest.break_up = 0.9;
  EXPECT_EQ(detail(
                Name::break_likely, [](In&) {}, rules),
            "break probability of the lower bound 0.03 (< 0.95), of the upper bound 0.03 (< 0.90)");
}

}  // namespace
}  // namespace gridexit::exit_state
