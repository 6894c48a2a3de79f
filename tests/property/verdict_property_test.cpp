// Laws of verdicts and exit states over seeded random courses.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "gridexit/domain/names.hpp"
#include "gridexit/exit_state/evaluate.hpp"
#include "gridexit/regime/classify.hpp"

namespace gridexit {
namespace {

constexpr std::uint64_t kSeeds = 50;
constexpr int kEvaluations = 200;

TEST(VerdictLaw, IsNeverLessDangerousThanTheEvaluationsItForgets) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    std::mt19937_64 random(seed);
    const Rules rules;
    regime::VerdictHistory history;
    std::vector<Verdict> raws;
    for (int i = 0; i < kEvaluations; ++i) {
      raws.push_back(static_cast<Verdict>(random() % 4));
      const Regime now = regime::advance(raws.back(), RangeScores{}, history, rules);
      EXPECT_GE(now.verdict, raws.back()) << "seed " << seed << " evaluation " << i;
      if (i > 0) {
        const Verdict before = history.memory.back().verdict;
        const auto from = raws.end() - std::min(i + 1, rules.regime.hold);
        const Verdict worst = *std::max_element(from, raws.end());
        EXPECT_GE(now.verdict, std::min(before, worst)) << "seed " << seed << " evaluation " << i;
        EXPECT_EQ(now.hours_in_verdict == 0, now.verdict != before) << "seed " << seed;
      }
      history = {now.memory, now.hours_in_verdict};
    }
  }
}

/// Conditions of any tier with any truth.
std::vector<Condition> random_conditions(std::mt19937_64& random) {
  std::vector<Condition> result;
  for (int i = 0; i < 8; ++i) {
    Condition& condition = result.emplace_back();
    condition.tier = static_cast<ExitState>(1 + random() % 3);
    condition.threat = condition.tier == ExitState::warning && random() % 2 == 0;
    // Mostly not met, so that states also fall.
    const auto roll = random() % 20;
    condition.met = roll == 0   ? Truth::yes
                    : roll == 1 ? Truth::unknown
                    : roll == 2 ? Truth::not_applicable
                                : Truth::no;
  }
  return result;
}

TEST(ExitStateLaw, RisesAtOnceFallsByOneAndNeverLeavesMandatory) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    exit_state::StateBefore before;
    for (int i = 0; i < kEvaluations; ++i) {
      before.continues = random() % 30 != 0;
      const ExitEvaluation now =
          exit_state::advance(random_conditions(random), before, exit_state::ExitAnswer::none,
                              ExitRules{}, exit_state::Wording::none);
      EXPECT_GE(now.state, now.tier);
      EXPECT_LE(now.state, std::max(now.tier, before.state));
      const int fall = static_cast<int>(before.state) - static_cast<int>(now.state);
      EXPECT_LE(fall, 1);
      const bool stuck = before.state == ExitState::mandatory_exit;
      EXPECT_TRUE(!stuck || now.state == before.state);
      EXPECT_TRUE(fall < 1 || now.tier < before.state);
      EXPECT_LT(now.calm_count, ExitRules{}.calm);
      EXPECT_EQ(now.evaluations_in_state, now.state == before.state && before.continues
                                              ? before.evaluations_in_state + 1
                                              : 0);
      before = {now.state, now.calm_count, now.evaluations_in_state, true};
    }
  }
}

TEST(ExitStateLaw, AnUnknownNeverRaisesATier) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    std::mt19937_64 random(seed);
    auto conditions = random_conditions(random);
    // A threat that is known and absent, so that the need for one is never waived.
    conditions.push_back(
        {ConditionName::near_bound, ExitState::warning, true, Truth::no, {}, {}, {}});
    const ExitState seen = exit_state::tier(conditions, ExitRules{});
    for (Condition& condition : conditions) {
      const Truth met = condition.met;
      if (&condition == &conditions.back()) continue;
      condition.met = Truth::unknown;
      EXPECT_LE(exit_state::tier(conditions, ExitRules{}), seen) << "seed " << seed;
      condition.met = met;
    }
  }
}

TEST(BreakProbabilityLaw, GrowsWithVolatilityTimeAndNearness) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    std::mt19937_64 random(seed);
    const auto between = [&random](double low, double high) {
      return low + (high - low) * (static_cast<double>(random() >> 11) * 0x1p-53);
    };
    const double close = between(1.0, 1e5);
    const double lower = close * between(0.7, 1.02);
    const double upper = lower * between(1.03, 1.6);
    const double atr = close * between(0.0001, 0.05);
    const auto now = exit_state::break_probability(close, lower, upper, atr, 24.0);
    EXPECT_GE(*now.both, 0.0) << "seed " << seed;
    EXPECT_LE(*now.both, 1.0) << "seed " << seed;
    EXPECT_GE(*now.both, std::max(*now.lower, *now.upper)) << "seed " << seed;
    EXPECT_LE(*now.both, *exit_state::break_probability(close, lower, upper, 2 * atr, 24.0).both);
    EXPECT_LE(*now.both, *exit_state::break_probability(close, lower, upper, atr, 72.0).both);
    EXPECT_LE(*now.lower,
              *exit_state::break_probability(close * 0.99, lower, upper, atr, 24.0).lower);
  }
}

}  // namespace
}  // namespace gridexit
