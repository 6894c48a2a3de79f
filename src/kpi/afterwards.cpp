#include "afterwards.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/kpi/run.hpp"
#include "gridexit/simulation/grid.hpp"

namespace gridexit::kpi {
namespace {

constexpr Hours kHour{1};

/// The last bar that opened before `time`: at a full hour the one that ends there.
std::optional<std::size_t> bar_before(CandleView bars, UtcTime time) {
  const auto next = std::lower_bound(bars.time.begin(), bars.time.end(), time);
  if (next == bars.time.begin()) return std::nullopt;
  return static_cast<std::size_t>(next - bars.time.begin()) - 1;
}

/// Where to look for the break from: before the closes outside that lead up to the decision, and
/// always before the decision's own hour.
std::size_t last_inside(CandleView bars, std::size_t first, std::size_t decided,
                        const GridVersion& grid) {
  std::size_t bar = decided;
  while (bar > first && (bars.close[bar] < grid.lower || bars.close[bar] > grid.upper)) --bar;
  return bar == decided && bar > first ? bar - 1 : bar;
}

int hours_from(std::size_t decided, std::size_t bar) {
  return static_cast<int>(bar) - static_cast<int>(decided);
}

void find_break(Afterwards& found, CandleView bars, std::size_t first, std::size_t decided,
                const GridVersion& grid) {
  const std::size_t from = last_inside(bars, first, decided, grid);
  const PriceOutcome price = price_outcome(bars, from, hours_from(from, bars.size() - 1),
                                           {grid.lower, grid.upper, grid.stop_loss});
  found.under_way = !price.known;
  if (price.transition) found.broke_after = hours_from(decided, from) + *price.transition;
}

}  // namespace

Afterwards look_back(CandleView bars, const GridVersion& grid, UtcTime start, UtcTime at,
                     UtcTime end) {
  Afterwards found;
  const auto beyond = std::lower_bound(bars.time.begin(), bars.time.end(), end);
  bars = bars.part(0, static_cast<std::size_t>(beyond - bars.time.begin()));
  const auto first = bar_before(bars, start);
  const auto decided = bar_before(bars, at);
  if (!first || !decided || bars.time.back() + kHour < end) {
    found.unknown = fmt::format("no candles {}",
                                !first ? "before the grid's start" : "up to " + format_hour(end));
    return found;
  }
  simulation::GridSimulation held(simulation::make_setup(grid, bars.close[*first]));
  found.pnl_then = held.equity();
  bool stopped_before = false;
  for (std::size_t bar = *first + 1; bar < bars.size(); ++bar) {
    held.advance(bars.open[bar], bars.high[bar], bars.low[bar], bars.close[bar]);
    if (bar > *decided) continue;
    found.pnl_then = held.equity();
    stopped_before = held.stopped();
  }
  found.pnl_end = held.equity();
  find_break(found, bars, *first, *decided, grid);
  if (stopped_before) {
    found.under_way = false;
    found.broke_after = std::min(found.broke_after.value_or(0), 0);
  }
  return found;
}

}  // namespace gridexit::kpi
