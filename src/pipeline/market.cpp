#include "market.hpp"

#include <algorithm>
#include <cmath>

#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {
namespace {

bool is_storable(const Candle& row, Timeframe timeframe) {
  const bool aligned = floor_to(row.open_time, timeframe) == row.open_time;
  const bool possible = row.low > 0 && row.low <= std::min(row.open, row.close) &&
                        row.high >= std::max(row.open, row.close) && std::isfinite(row.high);
  return aligned && possible;
}

CandleSeries& series_of(RawDay& day, Timeframe timeframe) {
  return timeframe == Timeframe::h1 ? day.h1 : timeframe == Timeframe::m15 ? day.m15 : day.m1;
}

// The stored days by path, and which of them have got new rows.
class Days {
 public:
  Days(const Symbol& symbol, const std::string& source, std::vector<RawDay> stored)
      : symbol_(symbol), source_(source) {
    for (RawDay& day : stored) {
      const UtcTime date = parse_utc(day.date).value_or(UtcTime{});
      days_.emplace(paths::raw_data(symbol.text(), date), std::move(day));
    }
  }

  // Adds the rows that a day does not have yet, less those that cannot be true.
  void add(Timeframe timeframe, CandleView rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!is_storable(rows.at(i), timeframe)) continue;
      const std::string path = paths::raw_data(symbol_.text(), rows.time[i]);
      auto [entry, is_new] = days_.try_emplace(path);
      RawDay& day = entry->second;
      if (is_new) {
        day.symbol = symbol_.text();
        day.date = format_date(rows.time[i]);
        day.source = source_;
      }
      if (insert(series_of(day, timeframe), rows.at(i))) changed_.insert_or_assign(path, true);
    }
  }

  CandleSeries all(Timeframe timeframe) {
    CandleSeries series;
    for (auto& [path, day] : days_) series.append(series_of(day, timeframe).view());
    return series;
  }

  const RawDay* find(UtcTime date) const {
    const auto entry = days_.find(paths::raw_data(symbol_.text(), date));
    return entry == days_.end() ? nullptr : &entry->second;
  }

  std::map<std::string, RawDay> changed() && {
    std::map<std::string, RawDay> result;
    for (const auto& [path, is_changed] : changed_) result.emplace(path, std::move(days_.at(path)));
    return result;
  }

 private:
  static bool insert(CandleSeries& series, const Candle& row) {
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

  const Symbol& symbol_;
  const std::string& source_;
  std::map<std::string, RawDay> days_;  // paths sort as dates do
  std::map<std::string, bool> changed_;
};

// What the exchange has before and after what is stored, as it delivered it.
struct Missing {
  CandleSeries before;
  CandleSeries after;
};

Result<Missing> fetch_missing(ports::Exchange& exchange, const Symbol& symbol, Timeframe timeframe,
                              CandleView stored, UtcTime from, UtcTime to) {
  Missing missing;
  if (stored.empty()) {
    GX_TRY(missing.after, exchange.candles(symbol, timeframe, from, to));
    return missing;
  }
  if (stored.time.front() > from) {
    GX_TRY(missing.before, exchange.candles(symbol, timeframe, from, stored.time.front()));
  }
  const UtcTime next = stored.time.back() + length(timeframe);
  if (next < to) {
    GX_TRY(missing.after, exchange.candles(symbol, timeframe, next, to));
  }
  return missing;
}

// The 1m rows of yesterday, once, when that day is complete.
void complete_yesterday(ports::Exchange& exchange, const Symbol& symbol, UtcTime at, Days& days) {
  const UtcTime yesterday = floor_day(at) - std::chrono::days{1};
  const RawDay* stored = days.find(yesterday);
  if (stored == nullptr || !stored->m1.empty()) return;
  if (const auto rows = exchange.candles(symbol, Timeframe::m1, yesterday, floor_day(at))) {
    days.add(Timeframe::m1, rows->view());
  }
}

}  // namespace

UtcTime first_needed_bar(UtcTime at, int window, std::optional<UtcTime> grid_start) {
  const UtcTime first = floor_to(at, Timeframe::h4) - window * length(Timeframe::h4);
  return grid_start ? std::min(first, floor_hour(*grid_start) - Hours{1}) : first;
}

Result<Market> load_market(ports::Exchange& exchange, const Symbol& symbol, UtcTime at,
                           UtcTime first_needed, std::vector<RawDay> stored) {
  Market market;
  market.source = exchange.info().source;
  Days days(symbol, market.source, std::move(stored));

  const CandleSeries stored_1h = days.all(Timeframe::h1);
  GX_TRY(const Missing new_1h,
         fetch_missing(exchange, symbol, Timeframe::h1, stored_1h.view(), first_needed, at));
  // The evaluation sees the new rows as delivered, so that the integrity gate can name what is
  // wrong with them.
  market.h1 = new_1h.before;
  market.h1.append(stored_1h.view());
  market.h1.append(new_1h.after.view());
  days.add(Timeframe::h1, new_1h.before.view());
  days.add(Timeframe::h1, new_1h.after.view());

  const UtcTime context_from = floor_day(at - Hours{1});
  const CandleSeries stored_15m = days.all(Timeframe::m15);
  if (const auto new_15m = fetch_missing(exchange, symbol, Timeframe::m15,
                                         stored_15m.between(context_from, at), context_from, at)) {
    days.add(Timeframe::m15, new_15m->before.view());
    days.add(Timeframe::m15, new_15m->after.view());
  }
  if (auto coarse =
          exchange.candles(symbol, Timeframe::h4, floor_to(at, Timeframe::h4) - Hours{48}, at)) {
    market.exchange_4h = std::move(*coarse);
  }
  complete_yesterday(exchange, symbol, at, days);

  market.m15 = days.all(Timeframe::m15);
  market.changed_days = std::move(days).changed();
  return market;
}

}  // namespace gridexit::pipeline
