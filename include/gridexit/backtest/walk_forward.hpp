#pragma once
// `backtest --walk-forward 90d/30d`: in each window the best rule set is chosen on the past alone
// and then judged on the time after it. Only what comes out of the later windows says anything
// about a rule set that was chosen.

#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

#include "gridexit/backtest/sweep.hpp"
#include "gridexit/base/time.hpp"

namespace gridexit::backtest {

struct WalkForward {
  std::chrono::days tune{90};
  std::chrono::days test{30};
};

/// One step: chosen on [tune_from, test_from), judged on [test_from, test_to).
struct Step {
  UtcTime tune_from{};
  UtcTime test_from{};
  UtcTime test_to{};
  std::size_t chosen = 0;        ///< index of the rule set
  Row tuned;                     ///< its figures in the window it was chosen on
  std::vector<Sequence> tested;  ///< its runs started in the test window, by market and offset
};

/// The runs started in [from, to).
std::vector<Sequence> started_within(std::span<const Sequence> sequences, UtcTime from, UtcTime to);

/// Of these, the runs whose outcome was known at `to`: ended, and with the 72 + 12 hours after it
/// in which a transition still counts. What a tuner at `to` could have seen.
std::vector<Sequence> settled_within(std::span<const Sequence> sequences, UtcTime from, UtcTime to);

/// Steps from the first start on, each `test` later, as long as a whole test window fits before the
/// end of the data. Ties go to the earlier rule set. Every market counts in every step. A run
/// belongs to the window that it starts in and may last beyond it. A slice chooses among its own
/// rule sets, and has no steps when it has none.
std::vector<Step> walk_forward(std::span<const Track> tracks, std::span<const Rules> rule_sets,
                               const Harness& harness, const WalkForward& windows, unsigned threads,
                               const Slice& slice = {});

/// The steps of all slices as one: what was best in its slice competes with the best of the others.
std::vector<Step> best_of(std::vector<std::vector<Step>> slices);

/// The runs of all test windows, by market and offset: the only ones that say anything about having
/// chosen.
std::vector<Sequence> out_of_sample(std::span<const Step> steps);

}  // namespace gridexit::backtest
