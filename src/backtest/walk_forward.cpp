#include "gridexit/backtest/walk_forward.hpp"

#include <algorithm>
#include <utility>

#include "gridexit/base/parallel.hpp"

namespace gridexit::backtest {
namespace {

template <class Test>
std::vector<Sequence> runs_that(std::span<const Sequence> sequences, Test test) {
  std::vector<Sequence> result;
  for (const Sequence& sequence : sequences) {
    Sequence& part = result.emplace_back();
    part.symbol = sequence.symbol;
    part.offset = sequence.offset;
    std::copy_if(sequence.runs.begin(), sequence.runs.end(), std::back_inserter(part.runs), test);
  }
  return result;
}

/// The windows between the first possible start of any market and the end of the last one's data.
std::vector<Step> make_steps(std::span<const Track> tracks, const Harness& harness,
                             const WalkForward& windows) {
  UtcTime first = UtcTime::max();
  UtcTime end = UtcTime::min();
  for (const Track& track : tracks) {
    if (track.size() <= harness.first_bar) continue;
    const auto times = track.bars.view().time;
    first = std::min(first, times[harness.first_bar] + length(Timeframe::h1));
    end = std::max(end, times.back() + length(Timeframe::h1));
  }
  std::vector<Step> steps;
  if (first == UtcTime::max() || windows.test.count() <= 0) return steps;
  for (UtcTime from = first; from + windows.tune + windows.test <= end; from += windows.test) {
    Step& step = steps.emplace_back();
    step.tune_from = from;
    step.test_from = from + windows.tune;
    step.test_to = step.test_from + windows.test;
  }
  return steps;
}

/// Each rule set's figures in each tuning window: by rule set of the slice, then by step.
std::vector<std::vector<Row>> tune(std::span<const Track> tracks,
                                   const std::vector<const Rules*>& rule_sets,
                                   const Harness& harness, const std::vector<Step>& steps,
                                   unsigned threads) {
  std::vector<std::vector<Row>> rows(rule_sets.size());
  for_each_index(rule_sets.size(), threads, [&](std::size_t i) {
    const std::vector<Sequence> sequences = replay_all(tracks, *rule_sets[i], harness);
    for (const Step& step : steps) {
      rows[i].push_back(
          summarise(settled_within(sequences, step.tune_from, step.test_from), {.resamples = 0}));
    }
  });
  return rows;
}

void choose(std::vector<Step>& steps, const std::vector<std::vector<Row>>& rows,
            const Slice& slice) {
  for (std::size_t k = 0; k < steps.size(); ++k) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (merit(rows[i][k]) > merit(rows[best][k])) best = i;
    }
    steps[k].chosen = slice.index + best * slice.count;
    steps[k].tuned = rows[best][k];
  }
}

bool better(const Step& a, const Step& b) {
  const auto order = merit(a.tuned) <=> merit(b.tuned);
  return order > 0 || (!(order < 0) && a.chosen < b.chosen);
}

void append(std::vector<Sequence>& all, const std::vector<Sequence>& more) {
  if (all.empty()) {
    all = more;
    return;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].runs.insert(all[i].runs.end(), more[i].runs.begin(), more[i].runs.end());
  }
}

}  // namespace

std::vector<Sequence> started_within(std::span<const Sequence> sequences, UtcTime from,
                                     UtcTime to) {
  return runs_that(sequences, [from, to](const kpi::GridRun& run) {
    return run.start >= from && run.start < to;
  });
}

std::vector<Sequence> settled_within(std::span<const Sequence> sequences, UtcTime from,
                                     UtcTime to) {
  return runs_that(sequences, [from, to](const kpi::GridRun& run) {
    const Hours seen{run.end() + kpi::kAftermathHours + kpi::kConfirmingHours};
    return run.start >= from && run.start + seen <= to;
  });
}

std::vector<Step> walk_forward(std::span<const Track> tracks, std::span<const Rules> rule_sets,
                               const Harness& harness, const WalkForward& windows, unsigned threads,
                               const Slice& slice) {
  std::vector<const Rules*> mine;
  for (std::size_t i = 0; i < rule_sets.size(); ++i) {
    if (slice.has(i)) mine.push_back(&rule_sets[i]);
  }
  if (mine.empty()) return {};
  std::vector<Step> steps = make_steps(tracks, harness, windows);
  choose(steps, tune(tracks, mine, harness, steps, threads), slice);

  // Replayed again instead of kept: the runs of a thousand rule sets would not fit into memory.
  for_each_index(steps.size(), threads, [&](std::size_t k) {
    Step& step = steps[k];
    step.tested = started_within(replay_all(tracks, rule_sets[step.chosen], harness),
                                 step.test_from, step.test_to);
  });
  return steps;
}

std::vector<Step> best_of(std::vector<std::vector<Step>> slices) {
  std::vector<Step> best;
  for (std::vector<Step>& steps : slices) {
    if (best.empty()) {
      best = std::move(steps);
      continue;
    }
    for (std::size_t k = 0; k < steps.size(); ++k) {
      if (better(steps[k], best[k])) best[k] = std::move(steps[k]);
    }
  }
  return best;
}

std::vector<Sequence> out_of_sample(std::span<const Step> steps) {
  std::vector<Sequence> all;
  for (const Step& step : steps) append(all, step.tested);
  return all;
}

}  // namespace gridexit::backtest
