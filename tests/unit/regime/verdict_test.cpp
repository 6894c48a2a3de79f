#include <gtest/gtest.h>

#include "gridexit/regime/classify.hpp"

namespace gridexit::regime {
namespace {

constexpr Verdict ok = Verdict::range_ok;
constexpr Verdict weak = Verdict::range_weak;
constexpr Verdict transition = Verdict::transition;
constexpr Verdict trend = Verdict::trend;

Verdict verdict_of(std::optional<double> s_1h, std::optional<double> s_4h) {
  return classify(combine(s_1h, s_4h, RegimeRules{}), RegimeRules{});
}

TEST(Classify, TakesTheFirstRuleThatHolds) {
  EXPECT_EQ(verdict_of(0.25, 0.45), trend);
  EXPECT_EQ(verdict_of(0.25, 0.46), transition) << "4h does not confirm";
  EXPECT_EQ(verdict_of(0.25, 0.99), transition) << "1h alone is enough for that";
  EXPECT_EQ(verdict_of(0.26, 0.45), transition) << "combined 0.33";
  EXPECT_EQ(verdict_of(0.50, 0.30), weak) << "combined 0.43";
  EXPECT_EQ(verdict_of(0.60, 0.55), weak) << "combined 0.58";
  EXPECT_EQ(verdict_of(0.65, 0.60), ok);
}

TEST(Classify, JudgesByOneHourWhenFourHoursAreMissing) {
  EXPECT_EQ(verdict_of(0.25, std::nullopt), trend);
  EXPECT_EQ(verdict_of(0.90, std::nullopt), ok);
}

TEST(Classify, IsWeakWithoutOneHour) {
  EXPECT_EQ(verdict_of(std::nullopt, 0.1), weak);
  EXPECT_EQ(verdict_of(std::nullopt, std::nullopt), weak);
}

/// The verdicts that follow a series of raw ones, and their ages.
struct Course {
  std::vector<Verdict> verdicts;
  std::vector<int> hours;
};

Course course_of(const std::vector<Verdict>& raws, const Rules& rules = {}) {
  Course course;
  VerdictHistory history;
  for (const Verdict raw : raws) {
    const Regime regime = advance(raw, RangeScores{}, history, rules);
    EXPECT_EQ(regime.raw, raw);
    EXPECT_EQ(regime.memory.back().verdict, regime.verdict);
    course.verdicts.push_back(regime.verdict);
    course.hours.push_back(regime.hours_in_verdict);
    history = {regime.memory, regime.hours_in_verdict};
  }
  return course;
}

TEST(Advance, BeginsWithTheRawVerdict) {
  const Course course = course_of({transition});
  EXPECT_EQ(course.verdicts.front(), transition);
  EXPECT_EQ(course.hours.front(), 0);
}

TEST(Advance, BelievesDangerAtOnce) {
  EXPECT_EQ(course_of({ok, trend}).verdicts, (std::vector{ok, trend}));
  EXPECT_EQ(course_of({ok, weak, transition, trend}).verdicts,
            (std::vector{ok, weak, transition, trend}));
}

TEST(Advance, LeavesDangerAfterThreeEvaluations) {
  const Course course = course_of({trend, ok, ok, ok, ok});
  EXPECT_EQ(course.verdicts, (std::vector{trend, trend, trend, ok, ok}));
  EXPECT_EQ(course.hours, (std::vector{0, 1, 2, 0, 1}));
}

TEST(Advance, GoesDownToTheWorstOfTheThree) {
  EXPECT_EQ(course_of({trend, ok, transition, weak}).verdicts.back(), transition);
  EXPECT_EQ(course_of({trend, ok, transition, weak, weak, ok}).verdicts,
            (std::vector{trend, trend, trend, transition, transition, weak}));
}

TEST(Advance, NeverRisesByWhatItRemembers) {
  // At the fourth, the worst of the last three (TRANSITION) is above the verdict's own raw, not
  // above the verdict.
  EXPECT_EQ(course_of({transition, weak, transition, weak}).verdicts.back(), transition);
}

TEST(Advance, WaitsUntilThreeAreInMemory) {
  EXPECT_EQ(course_of({transition, ok}).verdicts.back(), transition);
  EXPECT_EQ(course_of({transition, ok, ok}).verdicts.back(), transition)
      << "the worst of the three is the first";
  EXPECT_EQ(course_of({transition, ok, ok, ok}).verdicts.back(), ok);
}

TEST(Advance, CountsHoursOfAnUnchangedVerdict) {
  EXPECT_EQ(course_of({ok, ok, weak, weak}).hours, (std::vector{0, 1, 0, 1}));
}

TEST(Advance, KeepsAsMuchMemoryAsAnyRuleLooksBack) {
  Rules rules;
  EXPECT_EQ(memory_length(rules), 6U) << "gates.quiet_hours";
  VerdictHistory history;
  for (int i = 0; i < 20; ++i) {
    const Regime regime = advance(weak, RangeScores{}, history, rules);
    EXPECT_EQ(regime.memory.size(), static_cast<std::size_t>(std::min(i + 1, 6)));
    history = {regime.memory, regime.hours_in_verdict};
  }
  EXPECT_EQ(history.hours_in_verdict, 19);

  rules.gates.quiet_hours = rules.regime.hold = 1;
  rules.exit_rules.latest.persist = rules.exit_rules.mandatory.trend_persist = 1;
  EXPECT_EQ(memory_length(rules), 2U);
  rules.regime.hold = 9;
  EXPECT_EQ(memory_length(rules), 9U);
}

TEST(Advance, HoldsAsLongAsTheRulesSay) {
  Rules rules;
  rules.regime.hold = 1;
  EXPECT_EQ(course_of({trend, ok}, rules).verdicts.back(), ok);
  rules.regime.hold = 4;
  EXPECT_EQ(course_of({trend, ok, ok, ok}, rules).verdicts.back(), trend);
  EXPECT_EQ(course_of({trend, ok, ok, ok, ok}, rules).verdicts.back(), ok);
}

}  // namespace
}  // namespace gridexit::regime
