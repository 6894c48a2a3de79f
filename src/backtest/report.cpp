#include "gridexit/backtest/report.hpp"

#include <algorithm>
#include <array>

#include "gridexit/backtest/sweep.hpp"
#include "parallel.hpp"

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

Comparison compare(std::span<const Track> tracks, const Rules& rules, const Harness& harness,
                   unsigned threads) {
  const std::array<Policy, 4> policies{Hold{}, CloseOutside{}, AdxAbove{}, ExitRulesPolicy{}};
  constexpr std::array valued{true, true, false, true};
  std::array<std::vector<Sequence>, policies.size()> sequences;
  std::array<PolicyRow, policies.size()> rows;
  for_each_index(policies.size(), threads, [&](std::size_t i) {
    sequences[i] = replay_all(tracks, rules, harness, policies[i]);
    rows[i] = {name_of(policies[i]), summarise(sequences[i])};
    if (valued[i]) rows[i].model_error = model_error(tracks, rules, harness, policies[i]);
  });
  const Policy random = RandomAlarms{alarm_rate(sequences.back())};
  const PolicyRow random_row{name_of(random),
                             summarise(replay_all(tracks, rules, harness, random))};

  Comparison comparison;
  comparison.markets = spans_of(tracks);
  comparison.rows.assign(rows.begin(), rows.end());
  comparison.rows.insert(comparison.rows.end() - 1, random_row);
  for (const Sequence& sequence : sequences.back()) {
    if (sequence.offset != harness.offsets.front()) continue;
    for (const kpi::GridRun& run : sequence.runs) {
      if (const auto seen = announcement(run)) comparison.announcements.push_back(*seen);
    }
  }
  return comparison;
}

}  // namespace gridexit::backtest
