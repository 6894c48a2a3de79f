#include "gridexit/backtest/report.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "gridexit/backtest/sweep.hpp"
#include "gridexit/base/parallel.hpp"

namespace gridexit::backtest {
namespace {

// First hour of the unbroken spell above NORMAL that lasts until `hour`; none when it is NORMAL.
std::optional<int> spell_until(const kpi::GridRun& run, int hour) {
  const auto above = [&run](int h) {
    return run.states[static_cast<std::size_t>(h)] != ExitState::normal;
  };
  if (!above(hour)) return std::nullopt;
  int first = hour;
  while (first > 0 && above(first - 1)) --first;
  return first;
}

std::vector<Announcement> announcements_of(const std::vector<Sequence>& sequences) {
  std::vector<Announcement> announcements;
  for (const Sequence& sequence : sequences) {
    if (sequence.offset != sequences.front().offset) continue;
    for (const kpi::GridRun& run : sequence.runs) {
      if (const auto seen = announcement(run)) announcements.push_back(*seen);
    }
  }
  return announcements;
}

}  // namespace

std::vector<MarketSpan> spans_of(std::span<const Track> tracks) {
  std::vector<MarketSpan> spans;
  for (const Track& track : tracks) {
    MarketSpan span;
    span.symbol = track.symbol;
    span.bars = track.size();
    if (!track.bars.empty()) {
      span.from = track.bars.view().time.front();
      span.to = track.bars.view().time.back() + length(Timeframe::h1);
    }
    for (std::size_t bar = 0; bar < track.size(); ++bar)
      span.evaluated += track.evaluated(bar) ? std::size_t{1} : std::size_t{0};
    spans.push_back(std::move(span));
  }
  return spans;
}

std::optional<Announcement> announcement(const kpi::GridRun& run) {
  const auto transition = kpi::faced_transition(run);
  if (!transition) return std::nullopt;
  Announcement result;
  result.symbol = run.symbol;
  result.started = run.start;
  result.transition = run.start + Hours{*transition};
  const std::vector<int> exits = kpi::exits(run);
  if (!exits.empty()) result.exit_hours = *transition - exits.front();
  int leads_to = std::min(*transition, run.end());
  if (!exits.empty()) leads_to = std::min(leads_to, exits.front());
  if (const auto first = spell_until(run, leads_to))
    result.warned_hours = std::min(*transition - *first, kpi::kAftermathHours);
  return result;
}

ModelError model_error(std::span<const Track> tracks, const Rules& rules, const Harness& harness,
                       const Policy& policy) {
  const auto money = [&](simulation::Path path) {
    Harness order = harness;
    order.offsets.resize(1);
    order.path = path;
    return earnings(replay_all(tracks, rules, order, policy));
  };
  return {money(simulation::Path::pessimistic), money(simulation::Path::optimistic)};
}

std::vector<MoneyPoint> money_curve(std::span<const Sequence> sequences) {
  std::vector<MoneyPoint> curve;
  for (const Sequence& sequence : sequences) {
    if (sequence.offset != sequences.front().offset) continue;
    for (const kpi::GridRun& run : sequence.runs)
      curve.push_back({run.start + Hours{run.end()}, run.pnl.back()});
  }
  std::stable_sort(curve.begin(), curve.end(),
                   [](const MoneyPoint& a, const MoneyPoint& b) { return a.at < b.at; });
  double sum = 0;
  for (MoneyPoint& point : curve) point.pnl = sum += point.pnl;
  return curve;
}

Comparison compare(std::span<const Track> tracks, const Rules& rules, const Harness& harness,
                   unsigned threads, const Slice& slice) {
  constexpr std::size_t random = 3;
  constexpr std::size_t ours = 4;
  const std::array<Policy, kPolicies> policies{Hold{}, CloseOutside{}, AdxAbove{}, RandomAlarms{},
                                               ExitRulesPolicy{}};
  constexpr std::array valued{true, true, false, false, true};
  std::array<std::vector<Sequence>, kPolicies> sequences;
  std::array<PolicyRow, kPolicies> rows;
  const auto judge = [&](std::size_t i, const Policy& policy) {
    rows[i] = {name_of(policy), summarise(sequences[i]), std::nullopt, money_curve(sequences[i])};
    if (valued[i]) rows[i].model_error = model_error(tracks, rules, harness, policy);
  };
  for_each_index(kPolicies, threads, [&](std::size_t i) {
    // How often these rules exit is the rate of the random alarms.
    const bool needed = slice.has(i) || (i == ours && slice.has(random));
    if (i == random || !needed) return;
    sequences[i] = replay_all(tracks, rules, harness, policies[i]);
    if (slice.has(i)) judge(i, policies[i]);
  });
  if (slice.has(random)) {
    const Policy alarms = RandomAlarms{alarm_rate(sequences[ours])};
    sequences[random] = replay_all(tracks, rules, harness, alarms);
    judge(random, alarms);
  }

  Comparison comparison;
  comparison.markets = spans_of(tracks);
  for (std::size_t i = 0; i < kPolicies; ++i) {
    if (slice.has(i)) comparison.rows.push_back(std::move(rows[i]));
  }
  if (slice.has(ours)) comparison.announcements = announcements_of(sequences[ours]);
  return comparison;
}

}  // namespace gridexit::backtest
