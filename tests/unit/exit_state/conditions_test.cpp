#include <gtest/gtest.h>

#include "unit/exit_state/inputs.hpp"

namespace gridexit::exit_state {
namespace {

using Name = ConditionName;

/// The truth of a condition after a change of the calm inputs.
template <class Change>
Truth after(Name name, Change change) {
  ConditionInputs in = calm_inputs();
  change(in);
  return met(in, name);
}

TEST(Conditions, AreSeventeenInTheTablesOrderAndCalmOnesAreNotMet) {
  const auto all = conditions(calm_inputs(), ExitRules{});
  ASSERT_EQ(all.size(), static_cast<std::size_t>(kConditionCount - 1));
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].name, static_cast<Name>(i));
    EXPECT_EQ(all[i].met, Truth::no) << all[i].detail;
    EXPECT_EQ(all[i].threat, i < 2);
    EXPECT_FALSE(all[i].detail.empty());
  }
  EXPECT_EQ(all[8].tier, ExitState::warning);
  EXPECT_EQ(all[9].tier, ExitState::latest_acceptable_exit);
  EXPECT_EQ(all[12].tier, ExitState::latest_acceptable_exit);
  EXPECT_EQ(all[13].tier, ExitState::mandatory_exit);
}

TEST(Conditions, CanBeHadWithoutTheirWords) {
  ConditionInputs in = calm_inputs();
  in.adx = 30.0;
  const auto worded = conditions(in, ExitRules{});
  const auto bare = conditions(in, ExitRules{}, Wording::none);
  ASSERT_EQ(bare.size(), worded.size());
  for (std::size_t i = 0; i < bare.size(); ++i) {
    EXPECT_TRUE(bare[i].detail.empty());
    EXPECT_EQ(bare[i].met, worded[i].met);
    EXPECT_EQ(bare[i].value, worded[i].value);
    EXPECT_EQ(bare[i].threshold, worded[i].threshold);
  }
}

TEST(Conditions, CarryValueAndThresholdOfTheirLeadingPart) {
  const Condition adx = condition(calm_inputs(), Name::adx_rising);
  EXPECT_EQ(adx.value, 15.0);
  EXPECT_EQ(adx.threshold, 22.0);
  const Condition stop = condition(calm_inputs(), Name::stop_loss_near);
  EXPECT_EQ(stop.value, 1000.0);
  EXPECT_EQ(stop.threshold, 860.0);
}

TEST(WarningConditions, AreMetAtTheirThresholds) {
  using In = ConditionInputs;
  EXPECT_EQ(after(Name::near_bound, [](In& in) { in.break_probability.both = 0.20; }), Truth::yes);
  EXPECT_EQ(after(Name::near_bound, [](In& in) { in.break_probability.both = 0.199; }), Truth::no);
  EXPECT_EQ(after(Name::loss_rising, [](In& in) { in.loss_share = 0.35; }), Truth::yes);
  EXPECT_EQ(after(Name::loss_rising, [](In& in) { in.loss_share = 0.349; }), Truth::no);
  EXPECT_EQ(after(Name::efficiency_high, [](In& in) { in.efficiency_ratio = 0.45; }), Truth::yes);
  EXPECT_EQ(after(Name::efficiency_high, [](In& in) { in.efficiency_ratio = 0.449; }), Truth::no);
  EXPECT_EQ(after(Name::autocorrelation_positive, [](In& in) { in.autocorrelation = 0.12; }),
            Truth::yes);
  EXPECT_EQ(after(Name::autocorrelation_positive, [](In& in) { in.autocorrelation = 0.119; }),
            Truth::no);
  EXPECT_EQ(after(Name::half_life_long, [](In& in) { in.half_life = 60.0; }), Truth::yes);
  EXPECT_EQ(after(Name::half_life_long, [](In& in) { in.half_life = 59.9; }), Truth::no);
}

TEST(WarningConditions, AreUnknownWithoutTheirInput) {
  using In = ConditionInputs;
  EXPECT_EQ(after(Name::near_bound, [](In& in) { in.break_probability = {}; }), Truth::unknown);
  EXPECT_EQ(after(Name::loss_rising, [](In& in) { in.loss_share.reset(); }), Truth::unknown);
  EXPECT_EQ(after(Name::adx_rising, [](In& in) { in.adx.reset(); }), Truth::unknown);
  EXPECT_EQ(after(Name::efficiency_high, [](In& in) { in.efficiency_ratio.reset(); }),
            Truth::unknown);
  EXPECT_EQ(after(Name::autocorrelation_positive, [](In& in) { in.autocorrelation.reset(); }),
            Truth::unknown);
  EXPECT_EQ(after(Name::half_life_long, [](In& in) { in.half_life.reset(); }), Truth::unknown);
  EXPECT_EQ(after(Name::slope_to_bound, [](In& in) { in.slope.reset(); }), Truth::unknown);
  EXPECT_EQ(after(Name::slope_to_bound, [](In& in) { in.break_probability = {}; }), Truth::unknown);
}

TEST(WarningConditions, TakeAPriceThatNeverReturnsForLong) {
  EXPECT_EQ(after(Name::half_life_long,
                  [](ConditionInputs& in) {
                    in.half_life.reset();
                    in.half_life_non_stationary = true;
                  }),
            Truth::yes);
}

TEST(AdxRising, WantsLevelAndRise) {
  const auto with = [](std::optional<double> now, std::optional<double> before) {
    return after(Name::adx_rising, [&](ConditionInputs& in) {
      in.adx = now;
      in.adx_3 = before;
    });
  };
  EXPECT_EQ(with(22.0, 20.0), Truth::yes);
  EXPECT_EQ(with(21.9, 10.0), Truth::no);
  EXPECT_EQ(with(30.0, 28.5), Truth::no);
  EXPECT_EQ(with(30.0, std::nullopt), Truth::unknown);
  EXPECT_EQ(with(21.9, std::nullopt), Truth::no) << "the level decides alone";
}

TEST(SlopeToBound, TurnsTowardsTheLikelierBound) {
  const auto with = [](double slope, double p_low, double p_up) {
    return after(Name::slope_to_bound, [&](ConditionInputs& in) {
      in.slope = slope;
      in.break_probability = {p_low + p_up, p_low, p_up};
    });
  };
  EXPECT_EQ(with(0.12, 0.1, 0.2), Truth::yes);
  EXPECT_EQ(with(-0.12, 0.1, 0.2), Truth::no);
  EXPECT_EQ(with(-0.12, 0.2, 0.1), Truth::yes);
  EXPECT_EQ(with(0.12, 0.2, 0.1), Truth::no);
  EXPECT_EQ(with(-0.12, 0.1, 0.1), Truth::yes) << "the lower bound when equally near";
}

TEST(BandwidthExpanding, WantsRatioAndGrowth) {
  const auto with = [](std::optional<double> ratio, std::optional<double> now,
                       std::optional<double> before) {
    return after(Name::bandwidth_expanding, [&](ConditionInputs& in) {
      in.bandwidth_ratio = ratio;
      in.bandwidth = now;
      in.bandwidth_6 = before;
    });
  };
  EXPECT_EQ(with(1.4, 0.0231, 0.02), Truth::yes);
  EXPECT_EQ(with(1.39, 0.0231, 0.02), Truth::no);
  EXPECT_EQ(with(1.4, 0.0229, 0.02), Truth::no);
  EXPECT_EQ(with(1.4, 0.0231, std::nullopt), Truth::unknown);
  EXPECT_EQ(with(1.0, 0.0231, std::nullopt), Truth::no);
  EXPECT_EQ(with(std::nullopt, std::nullopt, std::nullopt), Truth::unknown);
}

TEST(RegimeWeakening, WantsTwoEvaluationsInARow) {
  const auto with = [](std::vector<VerdictMemory> memory) {
    return after(Name::regime_weakening, [&](ConditionInputs& in) { in.memory = memory; });
  };
  EXPECT_EQ(with(evaluations(2, Verdict::transition)), Truth::yes);
  EXPECT_EQ(with(evaluations(1, Verdict::trend)), Truth::no) << "only one exists";
  auto interrupted = evaluations(3, Verdict::trend);
  interrupted[1].verdict = Verdict::range_weak;
  EXPECT_EQ(with(interrupted), Truth::no);
  EXPECT_EQ(with({}), Truth::no);
}

TEST(OutsideRange, TakesOneCloseOnEitherSide) {
  using In = ConditionInputs;
  EXPECT_EQ(after(Name::outside_range, [](In& in) { in.closes_low = 1; }), Truth::yes);
  EXPECT_EQ(after(Name::outside_range, [](In& in) { in.closes_up = 1; }), Truth::yes);
  EXPECT_EQ(after(Name::outside_range, [](In& in) { in.bars_since_start = false; }),
            Truth::unknown);
}

TEST(BreakLikely, LooksAtTheLowerBoundUnlessToldOtherwise) {
  ConditionInputs in = calm_inputs();
  in.break_probability = {1.0, 0.0, 1.0};
  EXPECT_EQ(met(in, Name::break_likely), Truth::no);
  ExitRules rules;
  rules.latest.break_up = 0.9;
  EXPECT_EQ(met(in, Name::break_likely, rules), Truth::yes);
  in.break_probability = {0.95, 0.95, 0.0};
  EXPECT_EQ(met(in, Name::break_likely), Truth::yes);
  in.break_probability = {};
  EXPECT_EQ(met(in, Name::break_likely), Truth::unknown);
}

TEST(TrendIntoBound, WantsAllThreeParts) {
  ConditionInputs in = calm_inputs();
  in.memory = evaluations(2, Verdict::transition);
  in.break_probability = {0.75, 0.75, 0.0};
  in.slope = -0.10;
  EXPECT_EQ(met(in, Name::trend_into_bound), Truth::yes);
  in.slope = -0.099;
  EXPECT_EQ(met(in, Name::trend_into_bound), Truth::no);
  in.slope.reset();
  EXPECT_EQ(met(in, Name::trend_into_bound), Truth::unknown);
  in.memory = evaluations(2, Verdict::range_weak);
  EXPECT_EQ(met(in, Name::trend_into_bound), Truth::no) << "the verdict decides alone";
  in.memory = evaluations(2, Verdict::trend);
  in.break_probability.lower = 0.74;
  EXPECT_EQ(met(in, Name::trend_into_bound), Truth::no) << "so does the distance";
}

TEST(LossBudget, HasItsOwnThreshold) {
  EXPECT_EQ(after(Name::loss_budget, [](ConditionInputs& in) { in.loss_share = 0.60; }),
            Truth::yes);
  EXPECT_EQ(after(Name::loss_budget, [](ConditionInputs& in) { in.loss_share = 0.59; }), Truth::no);
  EXPECT_EQ(after(Name::loss_budget, [](ConditionInputs& in) { in.loss_share.reset(); }),
            Truth::unknown);
}

TEST(BreakConfirmed, WantsTwoClosesBelowSixAboveOrOneDeepOne) {
  using In = ConditionInputs;
  EXPECT_EQ(after(Name::break_confirmed, [](In& in) { in.closes_low = 2; }), Truth::yes);
  EXPECT_EQ(after(Name::break_confirmed, [](In& in) { in.closes_up = 6; }), Truth::yes);
  EXPECT_EQ(after(Name::break_confirmed, [](In& in) { in.closes_up = 5; }), Truth::no);
  const auto one_low = [](double close, std::optional<double> atr) {
    return after(Name::break_confirmed, [&](In& in) {
      in.closes_low = 1;
      in.close = close;
      in.atr = atr;
    });
  };
  EXPECT_EQ(one_low(895.0, 10.0), Truth::yes);
  EXPECT_EQ(one_low(895.1, 10.0), Truth::no);
  EXPECT_EQ(one_low(895.0, std::nullopt), Truth::unknown);
  EXPECT_EQ(after(Name::break_confirmed, [](In& in) { in.atr.reset(); }), Truth::no)
      << "without a close below, depth does not matter";
  EXPECT_EQ(after(Name::break_confirmed, [](In& in) { in.bars_since_start = false; }),
            Truth::unknown);
}

TEST(StopLoss, IsHitByALowAndNearWithinAnAtr) {
  using In = ConditionInputs;
  EXPECT_EQ(after(Name::stop_loss_hit, [](In& in) { in.stop_loss_touched = true; }), Truth::yes);
  EXPECT_EQ(after(Name::stop_loss_hit, [](In& in) { in.bars_since_start = false; }),
            Truth::unknown);
  EXPECT_EQ(after(Name::stop_loss_near, [](In& in) { in.close = 860.0; }), Truth::yes);
  EXPECT_EQ(after(Name::stop_loss_near, [](In& in) { in.close = 860.1; }), Truth::no);
  EXPECT_EQ(after(Name::stop_loss_near, [](In& in) { in.atr.reset(); }), Truth::unknown);
}

TEST(StopLoss, DoesNotApplyToAGridWithoutOne) {
  for (const Name name : {Name::stop_loss_hit, Name::stop_loss_near}) {
    EXPECT_EQ(after(name, [](ConditionInputs& in) { in.stop_loss.reset(); }),
              Truth::not_applicable);
  }
}

TEST(TrendConfirmed, WantsAConfidentTrendAndAPriceOutside) {
  ConditionInputs in = calm_inputs();
  in.memory = evaluations(2, Verdict::trend, 0.60);
  EXPECT_EQ(met(in, Name::trend_confirmed), Truth::no) << "the price is inside";
  in.close = 1100.1;
  EXPECT_EQ(met(in, Name::trend_confirmed), Truth::yes);
  in.close = 1100.0;
  EXPECT_EQ(met(in, Name::trend_confirmed), Truth::no) << "the bound itself is inside";
  in.close = 899.9;
  EXPECT_EQ(met(in, Name::trend_confirmed), Truth::yes);
  in.memory[0].confidence = 0.599;
  EXPECT_EQ(met(in, Name::trend_confirmed), Truth::no);
  in.memory = evaluations(2, Verdict::transition, 0.9);
  EXPECT_EQ(met(in, Name::trend_confirmed), Truth::no);
}

/// The tier of the calm conditions with some of them set.
ExitState tier_with(std::initializer_list<std::pair<Name, Truth>> changes,
                    const ExitRules& rules = {}) {
  auto all = conditions(calm_inputs(), rules);
  for (const auto& change : changes)
    all[static_cast<std::size_t>(change.first)].met = change.second;
  return tier(all, rules);
}

TEST(Tier, WarnsOnTwoConditionsOneOfThemAThreat) {
  EXPECT_EQ(tier_with({}), ExitState::normal);
  EXPECT_EQ(tier_with({{Name::near_bound, Truth::yes}}), ExitState::normal);
  EXPECT_EQ(tier_with({{Name::near_bound, Truth::yes}, {Name::adx_rising, Truth::yes}}),
            ExitState::warning);
  EXPECT_EQ(tier_with({{Name::efficiency_high, Truth::yes}, {Name::adx_rising, Truth::yes}}),
            ExitState::normal);
}

TEST(Tier, WaivesTheThreatWhenNoneIsKnown) {
  EXPECT_EQ(tier_with({{Name::efficiency_high, Truth::yes},
                       {Name::adx_rising, Truth::yes},
                       {Name::near_bound, Truth::unknown},
                       {Name::loss_rising, Truth::unknown}}),
            ExitState::warning);
  EXPECT_EQ(tier_with({{Name::efficiency_high, Truth::yes},
                       {Name::adx_rising, Truth::yes},
                       {Name::near_bound, Truth::unknown}}),
            ExitState::normal);
  ExitRules rules;
  rules.warning.need_threat = false;
  EXPECT_EQ(tier_with({{Name::efficiency_high, Truth::yes}, {Name::adx_rising, Truth::yes}}, rules),
            ExitState::warning);
}

TEST(Tier, NeverCountsAnUnknown) {
  EXPECT_EQ(tier_with({{Name::near_bound, Truth::yes}, {Name::adx_rising, Truth::unknown}}),
            ExitState::normal);
  EXPECT_EQ(tier_with({{Name::break_confirmed, Truth::unknown},
                       {Name::outside_range, Truth::unknown},
                       {Name::stop_loss_hit, Truth::not_applicable}}),
            ExitState::normal);
}

TEST(Tier, IsTheHighestWithAConditionThatHolds) {
  EXPECT_EQ(tier_with({{Name::loss_budget, Truth::yes}}), ExitState::latest_acceptable_exit);
  EXPECT_EQ(tier_with({{Name::loss_budget, Truth::yes}, {Name::stop_loss_near, Truth::yes}}),
            ExitState::mandatory_exit);
}

}  // namespace
}  // namespace gridexit::exit_state
