#include "gridexit/pipeline/kpi_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/history.hpp"
#include "lived_market.hpp"

namespace gridexit::pipeline {
namespace {

constexpr std::chrono::days kDay{1};
constexpr int kNewestWithin = 8;

std::optional<UtcTime> first_start(const std::vector<Grid>& grids) {
  std::optional<UtcTime> first;
  for (const Grid& grid : grids) {
    for (const GridEvent& event : grid.history) {
      if (event.enabled) first = std::min(first.value_or(event.time), event.time);
    }
  }
  return first;
}

/// The symbols of grids that were ever started, sorted.
std::vector<std::string> symbols_of(const std::vector<Grid>& grids) {
  std::vector<std::string> symbols;
  for (const Grid& grid : grids) {
    if (!grid.history.empty()) symbols.push_back(grid.symbol);
  }
  std::sort(symbols.begin(), symbols.end());
  symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  return symbols;
}

Result<std::optional<UtcTime>> newest_hour(ports::Store& store,
                                           const std::vector<std::string>& symbols, UtcTime now) {
  std::optional<UtcTime> newest;
  for (const std::string& symbol : symbols) {
    GX_TRY(const auto found, newest_record(store, symbol, now, Bound::not_after));
    if (found) newest = std::max(newest.value_or(UtcTime{}), found->record.timestamp);
  }
  return newest;
}

class Builder {
 public:
  Builder(const std::vector<Grid>& grids, std::vector<LivedMarket> markets,
          const EngineVersion& engine)
      : grids_(grids), markets_(std::move(markets)), engine_(engine) {}

  /// Whether the candles of all that ran then are there.
  bool complete(UtcTime day) const {
    return std::all_of(markets_.begin(), markets_.end(), [&](const LivedMarket& market) {
      return !market.concerned(grids_, day) || market.candles_end() >= day + kDay;
    });
  }

  Result<KpiDay> build(ports::Store& store, UtcTime day) const {
    KpiDay document;
    document.date = format_date(day);
    document.engine = engine_;
    std::vector<kpi::GridRun> runs;
    for (const LivedMarket& market : markets_) {
      if (document.source.empty()) document.source = market.source();
      const std::vector<kpi::RecordedRun> found = market.runs(grids_, day + kDay);
      for (const kpi::RecordedRun& run : found) {
        document.grids.push_back(describe(run, market.symbol()));
        if (run.run) runs.push_back(*run.run);
      }
      GX_TRY(KpiMarketDay counts, market.counts(store, found, day));
      document.day.push_back(std::move(counts));
    }
    std::stable_sort(document.grids.begin(), document.grids.end(),
                     [](const KpiRun& a, const KpiRun& b) { return a.started < b.started; });
    // One grid runs at a time (SINGLE_GRID), so the runs do not overlap.
    const kpi::Kpis kpis = kpi::compute(runs, kpi::Dependence::separate_runs);
    document.runs = kpis.runs;
    document.left_out = static_cast<int>(document.grids.size()) - kpis.runs;
    document.undecided_exits = kpis.undecided_exits;
    document.figures = kpi::figures(kpis);
    return document;
  }

 private:
  static KpiRun describe(const kpi::RecordedRun& run, const std::string& symbol) {
    KpiRun entry{run.grid_id, symbol, run.started, run.stopped, false, std::nullopt};
    if (!run.run) {
      entry.reason = run.why;
    } else if (!run.run->price.known) {
      entry.reason = "the price is outside the range, and a break needs 12 closes there";
    } else {
      entry.counted = true;
    }
    return entry;
  }

  const std::vector<Grid>& grids_;
  std::vector<LivedMarket> markets_;
  const EngineVersion& engine_;
};

Result<std::vector<LivedMarket>> load_markets(ports::Store& store,
                                              const std::vector<std::string>& symbols, UtcTime from,
                                              UtcTime to) {
  std::vector<LivedMarket> markets;
  for (const std::string& symbol : symbols) {
    GX_TRY(LivedMarket market, LivedMarket::load(store, symbol, from, to));
    markets.push_back(std::move(market));
  }
  return markets;
}

}  // namespace

Result<KpiDays> missing_kpi_days(ports::Store& store, const KpiRange& range,
                                 const EngineVersion& engine, UtcTime now) {
  KpiDays result;
  GX_TRY(const auto grids, all_grids(store));
  const auto start = first_start(grids);
  if (!start) {
    result.nothing = "no grid has run yet, so there is nothing to measure";
    return result;
  }
  const std::vector<std::string> symbols = symbols_of(grids);
  GX_TRY(const auto newest, newest_hour(store, symbols, now));
  const UtcTime first = std::max(floor_day(*start), floor_day(range.from.value_or(*start)));
  const UtcTime last = newest ? floor_day(*newest) - kDay : first - kDay;
  const UtcTime end = std::min(last, floor_day(range.to.value_or(last)));
  std::vector<UtcTime> missing;
  for (UtcTime day = first; day <= end; day += kDay) {
    GX_TRY(const auto known, store.read(paths::kpi(day)));
    if (known) {
      ++result.present;
      result.newest_present = day;
    } else {
      missing.push_back(day);
    }
  }
  if (missing.empty()) {
    result.nothing = result.present > 0
                         ? "every complete day has its document"
                         : fmt::format(
                               "no complete day: the first grid started at "
                               "{}, the newest record is of {}",
                               format_utc(*start), newest ? format_hour(*newest) : "no hour");
    return result;
  }
  GX_TRY(auto markets, load_markets(store, symbols, floor_day(*start) - kDay, end + kDay));
  const Builder builder(grids, std::move(markets), engine);
  for (const UtcTime day : missing) {
    const bool waits = !builder.complete(day) && *newest < day + 2 * kDay;
    if (waits) {
      result.nothing = fmt::format("{} waits for candles that are late", format_date(day));
      continue;
    }
    GX_TRY(KpiDay document, builder.build(store, day));
    result.missing.push_back(std::move(document));
  }
  return result;
}

Result<void> add_kpi_days(const std::vector<KpiDay>& days, ports::ChangeSet& changes) {
  for (const KpiDay& day : days) {
    const std::string path = paths::kpi(parse_utc(day.date).value_or(UtcTime{}));
    if (const auto problems = codec::problems(day); !problems.empty())
      return Error{ErrorCode::internal, path + ": " + join(problems, "; "), "", {}};
    changes.files[path] = codec::write(day);
  }
  if (days.empty()) return {};
  changes.subject = days.size() == 1 ? "KPIs of " + days.front().date
                                     : fmt::format("KPIs of {} days, {} to {}", days.size(),
                                                   days.front().date, days.back().date);
  return {};
}

Result<std::optional<KpiDay>> newest_kpi_day(ports::Store& store, UtcTime at) {
  for (int back = 1; back <= kNewestWithin; ++back) {
    GX_TRY(auto day, read_document<KpiDay>(store, paths::kpi(floor_day(at) - back * kDay)));
    if (day) return day;
  }
  return std::optional<KpiDay>{};
}

}  // namespace gridexit::pipeline
