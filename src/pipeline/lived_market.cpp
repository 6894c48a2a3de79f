#include "lived_market.hpp"

#include <algorithm>
#include <iterator>

#include "gridexit/backtest/track.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/history.hpp"
#include "hour_inputs.hpp"

namespace gridexit::pipeline {
namespace {

constexpr Hours kHour{1};
constexpr std::chrono::days kDay{1};
constexpr Hours kOpenFor{kpi::kAftermathHours + kpi::kConfirmingHours};

bool within(UtcTime at, UtcTime day) {
  return at >= day && at < day + kDay;
}

bool is_exit(ExitState state) {
  return state >= ExitState::latest_acceptable_exit;
}

}  // namespace

Result<LivedMarket> LivedMarket::load(ports::Store& store, const std::string& symbol, UtcTime from,
                                      UtcTime to) {
  LivedMarket market;
  market.symbol_ = symbol;
  GX_TRY(const auto days, raw_days(store, symbol, from, to));
  CandleSeries delivered;
  for (const RawDay& day : days) {
    delivered.append(day.h1.view());
    market.source_ = day.source;
  }
  market.bars_ = backtest::fill_all_gaps(delivered.view());
  GX_TRY(const auto exit_days, exit_state_days(store, symbol, from, to));
  for (const ExitStateDay& day : exit_days) {
    market.transitions_.insert(market.transitions_.end(), day.transitions.begin(),
                               day.transitions.end());
  }
  market.notified_ = notified_in(exit_days);
  GX_TRY(market.decisions_, decisions_between(store, symbol, from, to));
  return market;
}

UtcTime LivedMarket::candles_end() const {
  return bars_.empty() ? UtcTime{} : bars_.view().time.back() + kHour;
}

bool LivedMarket::concerned(const std::vector<Grid>& grids, UtcTime day) const {
  for (const Grid& grid : grids) {
    if (grid.symbol != symbol_) continue;
    if (grid.running_at(day + kDay - Seconds{1})) return true;
    for (const GridEvent& event : grid.history) {
      if (!event.enabled && event.time < day + kDay && event.time + kOpenFor > day) return true;
    }
  }
  return false;
}

std::vector<kpi::RecordedRun> LivedMarket::runs(const std::vector<Grid>& grids, UtcTime end) const {
  const kpi::RecordedLife life{bars_.between(UtcTime{}, end), transitions_, notified_, decisions_};
  std::vector<kpi::RecordedRun> all;
  for (const Grid& grid : grids) {
    if (grid.symbol != symbol_) continue;
    std::vector<kpi::RecordedRun> found = kpi::recorded_runs(grid, life);
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  return all;
}

Result<KpiMarketDay> LivedMarket::counts(ports::Store& store,
                                         const std::vector<kpi::RecordedRun>& runs,
                                         UtcTime day) const {
  KpiMarketDay counts;
  counts.symbol = symbol_;
  GX_TRY(const auto records, record_places(store, symbol_, day, day + kDay));
  counts.evaluations = static_cast<int>(records.size());
  GX_TRY(const auto entries, store.list(paths::metrics_day_folder(symbol_, day)));
  for (const ports::StoredEntry& entry : entries) {
    if (entry.name.ends_with(".failed.yaml")) ++counts.failed_hours;
  }
  for (const kpi::RecordedRun& run : runs) {
    if (!run.run) continue;
    for (int hour = 1; hour <= run.run->end(); ++hour) {
      const UtcTime ended = run.run->start + Hours{hour};
      if (ended <= day || ended > day + kDay) continue;
      ++counts.running_hours;
      const ExitState state = run.run->states[static_cast<std::size_t>(hour)];
      if (state != ExitState::normal) ++counts.hours_above_normal;
    }
  }
  for (const Transition& change : transitions_) {
    const bool rises = !is_exit(change.from_state) && is_exit(change.to_state);
    if (rises && within(change.timestamp, day)) ++counts.exits;
  }
  for (const Notified& entry : notified_) {
    if (within(entry.timestamp, day)) ++counts.notified;
  }
  for (const DecisionRecord& decision : decisions_) {
    if (within(decision.created_at, day)) ++counts.decisions;
    for (const ActionRecord& answer : decision.action_records) {
      if (within(answer.at, day)) ++counts.answers;
    }
  }
  return counts;
}

}  // namespace gridexit::pipeline
