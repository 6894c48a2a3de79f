#include "gridexit/kpi/recorded_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "gridexit/simulation/grid.hpp"

namespace gridexit::kpi {
namespace {

constexpr Hours kHour{1};

bool is_exit(ExitState state) {
  return state >= ExitState::latest_acceptable_exit;
}

UtcTime end_of(CandleView bars) {
  return bars.time.back() + kHour;
}

/// Starts and stops, as far as the data reach.
std::vector<RecordedRun> lives(const Grid& grid, UtcTime data_end) {
  std::vector<RecordedRun> runs;
  for (const GridEvent& event : grid.history) {
    if (event.time >= data_end) break;
    const bool running = !runs.empty() && !runs.back().stopped;
    if (event.enabled && !running) {
      runs.emplace_back();
      runs.back().grid_id = grid.grid_id;
      runs.back().started = event.time;
    } else if (!event.enabled && running) {
      runs.back().stopped = event.time;
    }
  }
  for (RecordedRun& run : runs) {
    if (grid.versions.empty()) continue;
    const GridVersion* dated = grid.version_at(run.stopped.value_or(data_end));
    run.definition = dated != nullptr ? *dated : grid.versions.front();
  }
  return runs;
}

/// One run while it is put together, hour by hour.
class Recorded {
 public:
  Recorded(const RecordedRun& found, const RecordedLife& life)
      : found_(found), life_(life), end_(found.stopped.value_or(end_of(life.bars_1h))) {}

  GridRun run(const std::string& symbol) {
    GridRun run;
    run.symbol = symbol;
    run.start = hour_zero();
    simulate(run);
    run.price = price_outcome(
        life_.bars_1h, found_.start_bar, run.end(),
        {found_.definition.lower, found_.definition.upper, found_.definition.stop_loss});
    run.price.observed = static_cast<int>(life_.bars_1h.size() - 1 - found_.start_bar);
    run.reaction_hours = reactions();
    return run;
  }

 private:
  UtcTime hour_zero() const { return life_.bars_1h.time[found_.start_bar] + kHour; }

  void simulate(GridRun& run) const {
    const CandleView& bars = life_.bars_1h;
    simulation::GridSimulation grid(
        simulation::make_setup(found_.definition, bars.close[found_.start_bar]));
    run.risk = grid.risk();
    run.states.push_back(ExitState::normal);
    run.pnl.push_back(grid.equity());
    for (std::size_t bar = found_.start_bar + 1; bar < bars.size(); ++bar) {
      const UtcTime now = bars.time[bar] + kHour;
      if (now > end_ || grid.stopped()) break;
      grid.advance(bars.open[bar], bars.high[bar], bars.low[bar], bars.close[bar]);
      run.states.push_back(state_at(now));
      run.pnl.push_back(grid.equity());
    }
  }

  bool concerns(const std::string& grid_id, UtcTime at) const {
    return grid_id == found_.grid_id && at >= found_.started && at <= end_;
  }

  ExitState state_at(UtcTime at) const {
    ExitState state = ExitState::normal;
    for (const Transition& change : life_.transitions) {
      if (change.timestamp > at) break;
      if (concerns(change.grid_id, change.timestamp)) state = change.to_state;
    }
    return state;
  }

  /// Hours from each exit's notification to the first answer that it, or a repetition of it, got.
  std::vector<double> reactions() const {
    std::vector<double> hours;
    std::optional<UtcTime> told;
    for (const Transition& change : life_.transitions) {
      if (!concerns(change.grid_id, change.timestamp)) continue;
      if (is_exit(change.from_state) || !is_exit(change.to_state)) continue;
      told = told_of_exit(change.timestamp);
      if (!told) continue;
      const UtcTime until = next_exit(change.timestamp);
      if (const auto answer = answered(*told, until))
        hours.push_back(hours_between(*told, *answer));
    }
    return hours;
  }

  std::optional<UtcTime> told_of_exit(UtcTime exit) const {
    for (const Notified& entry : life_.notified) {
      const bool of_it = entry.timestamp >= exit && is_exit(entry.state);
      if (of_it && concerns(entry.grid_id, entry.timestamp)) return entry.timestamp;
    }
    return std::nullopt;
  }

  UtcTime next_exit(UtcTime after) const {
    for (const Transition& change : life_.transitions) {
      const bool rises = !is_exit(change.from_state) && is_exit(change.to_state);
      if (change.timestamp > after && rises && concerns(change.grid_id, change.timestamp))
        return change.timestamp;
    }
    return UtcTime::max();
  }

  std::optional<UtcTime> answered(UtcTime from, UtcTime until) const {
    std::optional<UtcTime> first;
    for (const DecisionRecord& decision : life_.decisions) {
      const bool of_it = decision.recommendation.action == Action::stop_grid &&
                         decision.created_at >= from && decision.created_at < until;
      if (!of_it || !decision.grid_id || !concerns(*decision.grid_id, decision.created_at))
        continue;
      for (const ActionRecord& answer : decision.action_records) {
        const bool known = answer.at <= end_of(life_.bars_1h);
        if (known && (!first || answer.at < *first)) first = answer.at;
      }
    }
    return first;
  }

  const RecordedRun& found_;
  const RecordedLife& life_;
  UtcTime end_;
};

/// The bar whose close is the start price: the last one that opened before the start.
std::optional<std::size_t> start_bar(CandleView bars, UtcTime started) {
  const auto next = std::lower_bound(bars.time.begin(), bars.time.end(), started);
  if (next == bars.time.begin()) return std::nullopt;
  return static_cast<std::size_t>(next - bars.time.begin()) - 1;
}

}  // namespace

std::vector<RecordedRun> recorded_runs(const Grid& grid, const RecordedLife& life) {
  if (life.bars_1h.empty()) return {};
  std::vector<RecordedRun> runs = lives(grid, end_of(life.bars_1h));
  for (RecordedRun& run : runs) {
    if (!(run.definition.upper > run.definition.lower)) {
      run.why = "the grid has no definition";
      continue;
    }
    const auto bar = start_bar(life.bars_1h, run.started);
    if (!bar) {
      run.why = fmt::format("no candles before its start at {}", format_hour(run.started));
      continue;
    }
    run.start_bar = *bar;
    run.run = Recorded(run, life).run(grid.symbol);
  }
  return runs;
}

}  // namespace gridexit::kpi
