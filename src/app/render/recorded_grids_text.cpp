#include "app/render/recorded_grids_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"

namespace gridexit::app {
namespace {

using backtest::HeldUntil;
using backtest::Leaving;
using backtest::RecordedGrid;

std::string_view to_text(HeldUntil until) {
  switch (until) {
    case HeldUntil::stop_loss: return "stop_loss";
    case HeldUntil::last_hour: return "last_hour";
    case HeldUntil::end_of_data: return "end_of_data";
  }
  return "";
}

std::string money(double quote) {
  return format_fixed(quote, 1);
}

// "-12.4 after 31 h"
std::string describe(const RecordedGrid& grid, const Leaving& leaving) {
  return fmt::format("{} after {:.0f} h", money(leaving.pnl),
                     hours_between(grid.started, leaving.at));
}

Cell leaving_cell(const RecordedGrid& grid, const std::optional<Leaving>& leaving,
                  const char* otherwise) {
  return leaving ? Cell{describe(grid, *leaving)} : Cell{otherwise, Tone::faint};
}

Cell stop_cell(const RecordedGrid& grid) {
  if (grid.operator_stop) return {describe(grid, *grid.operator_stop)};
  if (grid.until == HeldUntil::stop_loss) return {money(grid.held->pnl) + ", stop-loss"};
  return {money(grid.held->pnl) + ", still running", Tone::faint};
}

Cell held_cell(const RecordedGrid& grid) {
  switch (grid.until) {
    case HeldUntil::stop_loss: return {describe(grid, *grid.held) + ", stop-loss", Tone::danger};
    case HeldUntil::last_hour: return {describe(grid, *grid.held)};
    case HeldUntil::end_of_data: return {describe(grid, *grid.held) + ", end of data"};
  }
  return {};
}

/// Sums over the grids with figures.
struct Totals {
  int grids = 0;
  int stopped = 0;
  int told = 0;  ///< stopped, with an exit on record before
  double as_told = 0;
  double as_lived = 0;
  double by_rules = 0;
  double held = 0;
  double by_stopping = 0;  ///< of the stopped ones, against holding on
  double by_waiting = 0;   ///< from the exit on record to the stop

  explicit Totals(const std::vector<RecordedGrid>& all) {
    for (const RecordedGrid& grid : all) {
      if (grid.judged()) add(grid);
    }
  }

  void add(const RecordedGrid& grid) {
    ++grids;
    as_told += grid.pnl_as_told();
    as_lived += grid.pnl_as_lived();
    by_rules += grid.pnl_by_rules();
    held += grid.held->pnl;
    if (!grid.operator_stop) return;
    ++stopped;
    by_stopping += grid.operator_stop->pnl - grid.held->pnl;
    if (!grid.recorded_exit || grid.recorded_exit->at > grid.operator_stop->at) return;
    ++told;
    by_waiting += grid.operator_stop->pnl - grid.recorded_exit->pnl;
  }
};

std::string counted(int count) {
  return fmt::format("{} grid{}", count, count == 1 ? "" : "s");
}

std::string in_words(const Totals& totals) {
  std::string text;
  if (totals.stopped > 0) {
    text += fmt::format("stopping {} {} {} against holding on\n", counted(totals.stopped),
                        totals.by_stopping >= 0 ? "kept" : "missed",
                        money(std::abs(totals.by_stopping)));
  }
  if (totals.told > 0) {
    text += fmt::format("from the exit on record to the stop, waiting {} {} ({})\n",
                        totals.by_waiting >= 0 ? "gained" : "lost",
                        money(std::abs(totals.by_waiting)), counted(totals.told));
  }
  const double difference = totals.by_rules - totals.as_lived;
  text += fmt::format("these rules, followed at once, would have made {} {} than what was done\n",
                      money(std::abs(difference)), difference >= 0 ? "more" : "less");
  return text +
         "PnL in quote if left then; estimated: simulated from candles, fees included. "
         "A handful of grids proves nothing.\n";
}

}  // namespace

std::string render_recorded_grids(const std::vector<RecordedGrid>& grids, const Style& style) {
  if (grids.empty()) return "no grid has run yet: record one with gridexit grid start\n";
  Table table({"grid", "market", "started", "exit on record", "stopped", "these rules", "held"});
  for (const RecordedGrid& grid : grids) {
    if (!grid.judged()) {
      table.add({{grid.grid_id},
                 {grid.symbol},
                 {format_hour(grid.started)},
                 {"not enough data: " + grid.why, Tone::faint}});
      continue;
    }
    table.add({{grid.grid_id},
               {grid.symbol},
               {format_hour(grid.started)},
               leaving_cell(grid, grid.recorded_exit, "none"),
               stop_cell(grid),
               leaving_cell(grid, grid.rules_exit, "none"),
               held_cell(grid)});
  }
  const Totals totals(grids);
  if (totals.grids == 0) return table.render(style);
  table.add({{"total", Tone::strong},
             {""},
             {""},
             {money(totals.as_told)},
             {money(totals.as_lived)},
             {money(totals.by_rules)},
             {money(totals.held)}});
  return table.render(style) + in_words(totals);
}

Value to_value(const std::vector<RecordedGrid>& grids) {
  const auto leaving = [](const std::optional<Leaving>& at) {
    if (!at) return Value();
    return Value::object().set("at", format_utc(at->at)).set("pnl", at->pnl);
  };
  Value list = Value::array();
  for (const RecordedGrid& grid : grids) {
    Value entry = Value::object();
    entry.set("grid_id", grid.grid_id).set("symbol", grid.symbol);
    entry.set("started", format_utc(grid.started));
    entry.set("not_enough_data", grid.why.empty() ? Value() : Value(grid.why));
    entry.set("exit_on_record", leaving(grid.recorded_exit));
    entry.set("stopped", leaving(grid.operator_stop));
    entry.set("these_rules", leaving(grid.rules_exit));
    entry.set("held", leaving(grid.held));
    entry.set("held_until", grid.judged() ? Value(to_text(grid.until)) : Value());
    entry.set("risk", grid.judged() ? Value(grid.risk) : Value());
    list.add(std::move(entry));
  }
  return list;
}

}  // namespace gridexit::app
