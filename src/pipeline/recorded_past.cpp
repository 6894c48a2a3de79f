#include "recorded_past.hpp"

#include <algorithm>
#include <iterator>

#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {

std::vector<Grid> RecordedPast::all_grids() const {
  std::vector<Grid> all;
  all.reserve(grids.size());
  for (const auto& [path, grid] : grids) all.push_back(grid);
  return all;
}

std::vector<DecisionRecord> RecordedPast::decisions_between(std::string_view symbol, UtcTime from,
                                                            UtcTime before) const {
  std::vector<DecisionRecord> found;
  // Paths begin with the date, so they sort as the decisions do.
  for (auto entry = decisions.lower_bound(paths::decision_day_folder(from));
       entry != decisions.end(); ++entry) {
    const DecisionRecord& decision = entry->second;
    if (floor_day(decision.created_at) > before) break;
    const bool recent = decision.created_at >= from && decision.created_at < before;
    if (recent && decision.symbol == symbol) found.push_back(decision);
  }
  return found;
}

std::vector<Notified> RecordedPast::notified_between(std::string_view symbol, UtcTime from,
                                                     UtcTime before) const {
  std::vector<Notified> found;
  for (UtcTime day = floor_day(from); day <= before; day += std::chrono::days{1}) {
    const auto document = exit_days.find(paths::exit_states(symbol, day));
    if (document == exit_days.end()) continue;
    for (const Notified& entry : document->second.notified) {
      if (entry.timestamp < before) found.push_back(entry);
    }
  }
  return found;
}

const Transition* RecordedPast::newest_transition(std::string_view symbol, UtcTime at) const {
  auto next = exit_days.upper_bound(paths::exit_states(symbol, at));
  while (next != exit_days.begin() && std::prev(next)->second.symbol == symbol) {
    --next;
    const std::vector<Transition>& changes = next->second.transitions;
    const auto newest = std::find_if(changes.rbegin(), changes.rend(),
                                     [at](const Transition& it) { return it.timestamp <= at; });
    if (newest != changes.rend()) return &*newest;
  }
  return nullptr;
}

std::string RecordedPast::source_of(std::string_view symbol, UtcTime at) const {
  // Paths end with the date, so they sort as the days do.
  const auto next = raw_days.upper_bound(paths::raw_data(symbol, at));
  if (next == raw_days.begin()) return {};
  const RawDay& day = std::prev(next)->second;
  return day.symbol == symbol ? day.source : std::string();
}

CandleSeries RecordedPast::bars(std::string_view symbol, Timeframe timeframe, UtcTime from,
                                UtcTime at) const {
  CandleSeries series;
  for (UtcTime day = floor_day(from); day <= at; day += std::chrono::days{1}) {
    const auto document = raw_days.find(paths::raw_data(symbol, day));
    if (document == raw_days.end()) continue;
    const RawDay& raw = document->second;
    series.append((timeframe == Timeframe::h1 ? raw.h1 : raw.m15).closed_at(at, timeframe));
  }
  return series;
}

std::optional<PreviousRecord> RecordedPast::newest_before(std::string_view symbol,
                                                          UtcTime at) const {
  const auto known = records.find(std::string(symbol));
  if (known == records.end()) return std::nullopt;
  const auto next = known->second.lower_bound(at);
  if (next == known->second.begin()) return std::nullopt;
  return std::prev(next)->second;
}

}  // namespace gridexit::pipeline
