#include "market.hpp"

#include <algorithm>

#include "stored_days.hpp"

namespace gridexit::pipeline {
namespace {

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
void complete_yesterday(ports::Exchange& exchange, const Symbol& symbol, UtcTime at,
                        StoredDays& days) {
  const UtcTime yesterday = floor_day(at) - std::chrono::days{1};
  const RawDay* stored = days.find(yesterday);
  if (stored == nullptr || !stored->m1.empty()) return;
  if (const auto rows = exchange.candles(symbol, Timeframe::m1, yesterday, floor_day(at))) {
    days.add(Timeframe::m1, rows->view());
  }
}

}  // namespace

UtcTime first_needed_bar(UtcTime at, const DataRules& rules, std::optional<UtcTime> grid_start) {
  // The window may begin within a gap, and is then filled from the bar before it.
  const int bars = rules.window + rules.max_fill + 1;
  const UtcTime first = floor_to(at, Timeframe::h4) - bars * length(Timeframe::h4);
  return grid_start ? std::min(first, floor_hour(*grid_start) - Hours{1}) : first;
}

Result<Market> load_market(ports::Exchange& exchange, const Symbol& symbol, UtcTime at,
                           UtcTime first_needed, std::vector<RawDay> stored) {
  Market market;
  market.source = exchange.info().source;
  StoredDays days(symbol, market.source, std::move(stored));

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

  market.recorded_1h = days.all(Timeframe::h1);
  market.m15 = days.all(Timeframe::m15);
  market.changed_days = std::move(days).changed();
  return market;
}

}  // namespace gridexit::pipeline
