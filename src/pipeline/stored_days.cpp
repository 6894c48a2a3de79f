#include "stored_days.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {
namespace {

bool is_storable(const Candle& row, Timeframe timeframe) {
  const bool aligned = floor_to(row.open_time, timeframe) == row.open_time;
  const bool possible = row.low > 0 && row.low <= std::min(row.open, row.close) &&
                        row.high >= std::max(row.open, row.close) && std::isfinite(row.high);
  return aligned && possible;
}

// Whether the row is new; then it is in its place.
bool insert(CandleSeries& series, const Candle& row) {
  const auto times = series.view().time;
  if (times.empty() || times.back() < row.open_time) {
    series.push_back(row);
    return true;
  }
  if (std::binary_search(times.begin(), times.end(), row.open_time)) return false;
  CandleSeries merged;
  bool placed = false;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (!placed && row.open_time < times[i]) {
      merged.push_back(row);
      placed = true;
    }
    merged.push_back(series.at(i));
  }
  series = std::move(merged);
  return true;
}

}  // namespace

const CandleSeries& rows_of(const RawDay& day, Timeframe timeframe) {
  return timeframe == Timeframe::h1 ? day.h1 : timeframe == Timeframe::m15 ? day.m15 : day.m1;
}

StoredDays::StoredDays(const Symbol& symbol, std::string source, std::vector<RawDay> stored)
    : symbol_(symbol), source_(std::move(source)) {
  for (RawDay& day : stored) {
    const UtcTime date = parse_utc(day.date).value_or(UtcTime{});
    days_.emplace(paths::raw_data(symbol.text(), date), std::move(day));
  }
}

void StoredDays::add(Timeframe timeframe, CandleView rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!is_storable(rows.at(i), timeframe)) continue;
    const std::string path = paths::raw_data(symbol_.text(), rows.time[i]);
    RawDay& day = days_[path];
    if (day.date.empty()) {
      day.symbol = symbol_.text();
      day.date = format_date(rows.time[i]);
      day.source = source_;
    }
    CandleSeries& series = timeframe == Timeframe::h1    ? day.h1
                           : timeframe == Timeframe::m15 ? day.m15
                                                         : day.m1;
    if (insert(series, rows.at(i))) changed_.insert(path);
  }
}

CandleSeries StoredDays::all(Timeframe timeframe) const {
  CandleSeries series;
  for (const auto& [path, day] : days_) series.append(rows_of(day, timeframe).view());
  return series;
}

const RawDay* StoredDays::find(UtcTime date) const {
  const auto entry = days_.find(paths::raw_data(symbol_.text(), date));
  return entry == days_.end() ? nullptr : &entry->second;
}

std::map<std::string, RawDay> StoredDays::changed() && {
  std::map<std::string, RawDay> result;
  for (const std::string& path : changed_) result.emplace(path, std::move(days_.at(path)));
  return result;
}

}  // namespace gridexit::pipeline
