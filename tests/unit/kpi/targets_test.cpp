// What documents and people are told of a figure: never more than its cases support.

#include "gridexit/kpi/targets.hpp"

#include <gtest/gtest.h>

namespace gridexit::kpi {
namespace {

const KpiFigure& named(const std::vector<KpiFigure>& all, std::string_view name) {
  for (const KpiFigure& figure : all) {
    if (figure.name == name) return figure;
  }
  ADD_FAILURE() << "no figure " << name;
  return all.front();
}

std::string verdict_on(std::string_view name, double value, int count,
                       std::optional<Interval> interval) {
  return verdict(*description_of(name), {value, count, interval});
}

TEST(Targets, FewCasesAreNotEnough) {
  EXPECT_EQ(verdict_on("fer", 0.0, 9, Interval{0, 0.2}), "not enough data");
  EXPECT_EQ(verdict_on("fer", 0.0, 10, Interval{0, 0.2}), "met");
}

TEST(Targets, WhatTheIntervalDoesNotConfirmIsNotProven) {
  EXPECT_EQ(verdict_on("fer", 0.27, 100, Interval{0.23, 0.32}), "met, not proven");
  EXPECT_EQ(verdict_on("fer", 0.45, 100, Interval{0.4, 0.5}), "missed");
  EXPECT_EQ(verdict_on("slar", 0.95, 100, Interval{0.91, 0.98}), "met");
  EXPECT_EQ(verdict_on("slar", 1.0, 100, Interval{1, 1}), "met, not proven")
      << "cases that are all alike prove nothing";
  EXPECT_EQ(verdict_on("ert_median", 2.0, 30, std::nullopt), "missed, not proven");
}

TEST(Targets, TheBoundsAreThoseOfTheStrategy) {
  EXPECT_EQ(target_text(*description_of("fer")), "< 0.30");
  EXPECT_EQ(verdict_on("fer", 0.30, 100, std::nullopt), "missed, not proven") << "below, not at";
  EXPECT_EQ(target_text(*description_of("slar")), ">= 0.90");
  EXPECT_EQ(verdict_on("ert_median", 1.0, 100, std::nullopt), "met, not proven") << "at most";
  EXPECT_EQ(verdict_on("mec", 100, 100, std::nullopt), "") << "minimal is no target";
  EXPECT_EQ(description_of("profit"), nullptr);
}

TEST(Figures, WithoutARunSayNothing) {
  for (const KpiFigure& figure : figures(compute({}, Dependence::separate_runs))) {
    EXPECT_FALSE(figure.value) << figure.name;
    EXPECT_EQ(figure.reason, "no run is counted yet") << figure.name;
  }
}

TEST(Figures, SayWhyThereIsNone) {
  GridRun calm;
  calm.states.assign(50, ExitState::normal);
  calm.pnl.assign(50, 1.0);
  calm.risk = 100;
  const auto quiet = figures(compute(std::vector{calm}, Dependence::separate_runs));
  EXPECT_EQ(named(quiet, "slar").reason, "no run has met its stop-loss");
  EXPECT_EQ(named(quiet, "fer").reason, "there was no exit yet");
  EXPECT_EQ(named(quiet, "mec").reason, "no break was missed");
  GridRun fresh = calm;
  fresh.states.back() = ExitState::latest_acceptable_exit;
  fresh.price.observed = 49;
  const auto open = figures(compute(std::vector{fresh}, Dependence::separate_runs));
  EXPECT_EQ(named(open, "fer").reason, "the 72 h after the only exit are not over");
  EXPECT_FALSE(named(open, "fer").value);
}

}  // namespace
}  // namespace gridexit::kpi
