#include "app/render/kpi_text.hpp"

#include <fmt/format.h>

#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/kpi/targets.hpp"

namespace gridexit::app {
namespace {

std::string plural(int count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

Cell judged(const KpiFigure& figure) {
  const Tone tone = figure.verdict.starts_with("met")      ? Tone::good
                    : figure.verdict.starts_with("missed") ? Tone::caution
                                                           : Tone::faint;
  return {figure.verdict, tone};
}

std::string render_figures(const KpiDay& day, const Style& style) {
  Table table({"KPI", "VALUE", "95 % INTERVAL", "CASES", "TARGET", "", "WHY"});
  for (const KpiFigure& figure : day.figures) {
    const kpi::Description* known = kpi::description_of(figure.name);
    const int decimals = known != nullptr ? known->decimals : 2;
    const std::string interval = figure.low && figure.high
                                     ? fmt::format("{} to {}", format_fixed(figure.low, decimals),
                                                   format_fixed(figure.high, decimals))
                                     : std::string("-");
    table.add({{known != nullptr ? std::string(known->label) : figure.name},
               {figure.value ? format_fixed(figure.value, decimals) : "-"},
               {interval},
               {std::to_string(figure.count)},
               {figure.target},
               judged(figure),
               {figure.reason.value_or(""), Tone::faint}});
  }
  return table.render(style);
}

std::string describe_run(const KpiRun& run) {
  return fmt::format(
      "  {}  {}  {} to {}, {}\n", run.grid_id, run.symbol, format_utc(run.started),
      run.stopped ? format_utc(*run.stopped) : "still running",
      run.counted ? "counted" : "not counted: " + run.reason.value_or("reason unknown"));
}

std::string describe_market(const KpiMarketDay& market) {
  return fmt::format("  {}: {}, {}, {} h running ({} h above NORMAL), {}, {}, {}, {}\n",
                     market.symbol, plural(market.evaluations, "evaluation", "evaluations"),
                     plural(market.failed_hours, "failed hour", "failed hours"),
                     market.running_hours, market.hours_above_normal,
                     plural(market.exits, "exit", "exits"),
                     plural(market.notified, "message", "messages"),
                     plural(market.decisions, "decision", "decisions"),
                     plural(market.answers, "answer", "answers"));
}

}  // namespace

std::string render_kpi_day(const KpiDay& day, const Style& style) {
  std::string text;
  if (day.source == "simulated")
    text += style.paint(Tone::danger, "SIMULATED DATA: no market, no money") + "\n";
  text += fmt::format(
      "{}: {} counted, {} not\n\n",
      style.paint(Tone::strong, "KPIs of all grids that ran, as known at the end of " + day.date),
      plural(day.runs, "run", "runs"), day.left_out);
  text += render_figures(day, style);
  text += "\nruns\n";
  for (const KpiRun& run : day.grids) text += describe_run(run);
  text += "\nthat day\n";
  for (const KpiMarketDay& market : day.day) text += describe_market(market);
  if (day.undecided_exits > 0) {
    text += fmt::format("\n{} not judged yet: the 72 h after it are not over\n",
                        plural(day.undecided_exits, "exit is", "exits are"));
  }
  return text + "\nWhat grids earned is estimated: it is simulated from the candles.\n";
}

}  // namespace gridexit::app
