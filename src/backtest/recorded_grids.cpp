#include "gridexit/backtest/recorded_grids.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "gridexit/backtest/sweep.hpp"

namespace gridexit::backtest {
namespace {

Leaving leaving_at(const kpi::GridRun& run, int hour) {
  return {run.start + Hours{hour}, run.pnl[static_cast<std::size_t>(hour)]};
}

std::optional<Leaving> first_exit(const kpi::GridRun& run) {
  const std::vector<int> exits = kpi::exits(run);
  if (exits.empty()) return std::nullopt;
  return leaving_at(run, exits.front());
}

/// When the operator said to have stopped the grid, in answer to a recommendation.
std::optional<UtcTime> executed(const kpi::RecordedRun& life,
                                std::span<const DecisionRecord> decisions) {
  std::optional<UtcTime> first;
  for (const DecisionRecord& decision : decisions) {
    const bool of_it = decision.grid_id == life.grid_id && decision.created_at >= life.started &&
                       decision.recommendation.action == Action::stop_grid &&
                       !(life.stopped && decision.created_at > *life.stopped);
    if (!of_it) continue;
    for (const ActionRecord& answer : decision.action_records) {
      const bool done = answer.action == OperatorAction::executed;
      if (done && (!first || answer.at < *first)) first = answer.at;
    }
  }
  return first;
}

std::optional<Leaving> operator_stop(const kpi::RecordedRun& life,
                                     std::span<const DecisionRecord> decisions) {
  auto left = executed(life, decisions);
  if (life.stopped && (!left || *life.stopped < *left)) left = life.stopped;
  if (!left) return std::nullopt;
  const auto hours = (*left - life.run->start) / Hours{1};
  const auto hour = std::clamp<std::int64_t>(hours, 0, life.run->end());
  return Leaving{*left, life.run->pnl[static_cast<std::size_t>(hour)]};
}

/// The same start under different policies, each followed for the same time at most.
class Starts {
 public:
  Starts(const Track& track, const Rules& rules, const Harness& harness)
      : timeline_(track, rules), market_{track, timeline_, rules}, harness_(harness) {}

  kpi::GridRun replay(const kpi::RecordedRun& life, const Policy& policy) const {
    Harness harness = harness_;
    harness.run_hours = std::max(harness.run_hours, life.run->end());
    GridVersion grid = life.definition;
    grid.from = life.run->start;
    kpi::GridRun run = run_grid(market_, grid, life.start_bar, harness, policy);
    run.price.observed = static_cast<int>(market_.track.size() - 1 - life.start_bar);
    return run;
  }

  HeldUntil end_of(const kpi::RecordedRun& life, const kpi::GridRun& held) const {
    if (held.price.stop_touch && *held.price.stop_touch == held.end()) return HeldUntil::stop_loss;
    const bool data_end =
        life.start_bar + static_cast<std::size_t>(held.end()) + 1 == market_.track.size();
    return data_end ? HeldUntil::end_of_data : HeldUntil::last_hour;
  }

 private:
  Timeline timeline_;
  Judged market_;
  const Harness& harness_;
};

enum Way : std::size_t { hold, close_outside, as_recorded, by_rules, way_count };

/// The runs of all grids, by the way they were left.
struct Ways {
  std::array<std::vector<Sequence>, way_count> sequences;

  void add(Way way, kpi::GridRun run) { sequences[way].back().runs.push_back(std::move(run)); }
};

RecordedGrid judge(const kpi::RecordedRun& life, const Starts& starts, Ways& ways) {
  RecordedGrid grid;
  grid.grid_id = life.grid_id;
  grid.started = life.started;
  grid.why = life.why;
  if (!life.run) return grid;
  grid.risk = life.run->risk;
  grid.recorded_exit = first_exit(*life.run);

  kpi::GridRun held = starts.replay(life, Hold{});
  grid.held = leaving_at(held, held.end());
  grid.until = starts.end_of(life, held);
  kpi::GridRun ruled = starts.replay(life, ExitRulesPolicy{});
  grid.rules_exit = first_exit(ruled);
  ways.add(hold, std::move(held));
  ways.add(close_outside, starts.replay(life, CloseOutside{}));
  ways.add(as_recorded, *life.run);
  ways.add(by_rules, std::move(ruled));
  return grid;
}

}  // namespace

RecordedComparison compare_recorded(std::span<const Track> tracks,
                                    std::span<const RecordedLives> lives, const Rules& rules,
                                    const Harness& harness) {
  RecordedComparison result;
  result.table.markets = spans_of(tracks);
  Ways ways;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    for (auto& sequences : ways.sequences) sequences.push_back({tracks[i].symbol, 0, {}});
    if (lives[i].runs.empty()) continue;
    const Starts starts(tracks[i], rules, harness);
    for (const kpi::RecordedRun& life : lives[i].runs) {
      RecordedGrid& grid = result.grids.emplace_back(judge(life, starts, ways));
      grid.symbol = tracks[i].symbol;
      if (life.run) grid.operator_stop = operator_stop(life, lives[i].decisions);
    }
  }
  const auto row = [&ways](std::string name, Way way) {
    return PolicyRow{std::move(name), summarise(ways.sequences[way])};
  };
  result.table.rows = {row(name_of(Hold{}), hold), row(name_of(CloseOutside{}), close_outside),
                       row("as recorded", as_recorded), row(name_of(ExitRulesPolicy{}), by_rules)};
  for (const Sequence& sequence : ways.sequences[by_rules]) {
    for (const kpi::GridRun& run : sequence.runs) {
      if (const auto seen = announcement(run)) result.table.announcements.push_back(*seen);
    }
  }
  return result;
}

}  // namespace gridexit::backtest
