#include "gridexit/backtest/sweep.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "gridexit/base/parallel.hpp"

namespace gridexit::backtest {
namespace {

constexpr double kLeastAvoided = 0.90;   // SLAR
constexpr double kLeastDetected = 0.90;  // TTDR
constexpr double kMostFalse = 0.30;      // FER

/// Whether `a` is at least as good as `b` in all three and better in one.
bool dominates(const Row& a, const Row& b) {
  const double fewer_false = *b.kpis.fer.value - *a.kpis.fer.value;
  const double more_early = *a.kpis.ttdr_early.value - *b.kpis.ttdr_early.value;
  const double more_money = a.earnings.pnl - b.earnings.pnl;
  const auto [least, most] = std::minmax({fewer_false, more_early, more_money});
  return least >= 0 && most > 0;
}

}  // namespace

std::vector<Sequence> replay_all(std::span<const Track> tracks, const Rules& rules,
                                 const Harness& harness, const Policy& policy) {
  std::vector<Sequence> all;
  for (const Track& track : tracks) {
    const Timeline timeline(track, rules);
    std::vector<Sequence> sequences = replay({track, timeline, rules}, harness, policy);
    std::move(sequences.begin(), sequences.end(), std::back_inserter(all));
  }
  return all;
}

std::vector<Row> sweep(std::span<const Track> tracks, std::span<const Rules> rule_sets,
                       const Harness& harness, unsigned threads, const Slice& slice) {
  std::vector<Row> rows(slice.size(rule_sets.size()));
  for_each_index(rows.size(), threads, [&](std::size_t i) {
    const Rules& rules = rule_sets[slice.index + i * slice.count];
    rows[i] = summarise(replay_all(tracks, rules, harness), {.resamples = 0});
  });
  return rows;
}

Merit merit(const Row& row) {
  const kpi::Kpis& kpis = row.kpis;
  Merit merit;
  if (kpis.slar.value && *kpis.slar.value >= kLeastAvoided) ++merit.targets;
  if (kpis.ttdr.value && *kpis.ttdr.value >= kLeastDetected) ++merit.targets;
  if (kpis.fer.value && *kpis.fer.value < kMostFalse) ++merit.targets;
  if (kpis.ttdr_early.value && kpis.fer.value) {
    merit.balance = *kpis.ttdr_early.value - *kpis.fer.value;
  }
  merit.pnl = row.earnings.pnl;
  return merit;
}

std::vector<std::size_t> ranking(std::span<const Row> rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [rows](std::size_t a, std::size_t b) {
    return merit(rows[a]) > merit(rows[b]);
  });
  return order;
}

std::vector<std::size_t> pareto_front(std::span<const Row> rows) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].kpis.fer.value && rows[i].kpis.ttdr_early.value) known.push_back(i);
  }
  std::vector<std::size_t> front;
  std::copy_if(known.begin(), known.end(), std::back_inserter(front), [&](std::size_t i) {
    return std::none_of(known.begin(), known.end(),
                        [&](std::size_t other) { return dominates(rows[other], rows[i]); });
  });
  std::stable_sort(front.begin(), front.end(), [rows](std::size_t a, std::size_t b) {
    return *rows[a].kpis.fer.value < *rows[b].kpis.fer.value;
  });
  return front;
}

}  // namespace gridexit::backtest
