#include "app/render/report_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/dashboard/report.hpp"
#include "gridexit/kpi/targets.hpp"

namespace gridexit::app {
namespace {

using backtest::Comparison;
using dashboard::ReportFact;
using dashboard::ReportPage;

// "SLAR   stop-loss avoided" and "       over 2 h" as names that can stand alone.
std::string name_of(const kpi::Description& described, const std::string& group) {
  const std::string label(trim(described.label));
  if (described.label.front() == ' ') return group + ", " + label;
  const std::string word = label.substr(0, label.find(' '));
  return word + ": " + std::string(trim(label.substr(word.size())));
}

Value judged_value(const kpi::Description& kpi, const kpi::Figure& figure,
                   const std::string& name) {
  const auto& interval = figure.interval;
  const auto bound = kpi.at_least ? kpi.at_least : kpi.at_most ? kpi.at_most : kpi.below;
  Value row = Value::array();
  row.add(name).add(figure.value).add(interval ? Value(interval->low) : Value());
  row.add(interval ? Value(interval->high) : Value()).add(figure.count).add(kpi.decimals);
  row.add(kpi::target_text(kpi)).add(kpi::verdict(kpi, figure)).add(bound);
  return row;
}

Value judged(const kpi::Kpis& kpis) {
  Value rows = Value::array();
  std::string group;
  for (const kpi::Description& kpi : kpi::descriptions()) {
    const std::string name = name_of(kpi, group);
    if (kpi.label.front() != ' ') group = name.substr(0, name.find(':'));
    rows.add(judged_value(kpi, kpis.*kpi.figure, name));
  }
  return rows;
}

ReportFact fact(const char* kpi_name, const char* words, const kpi::Kpis& kpis) {
  const kpi::Description& kpi = *kpi::description_of(kpi_name);
  const kpi::Figure& figure = kpis.*kpi.figure;
  const std::string target = kpi::target_text(kpi);
  std::string note = fmt::format("{} cases", figure.count);
  if (!target.empty()) note += fmt::format("; target {} {}", target, kpi::verdict(kpi, figure));
  return {words, figure.value ? format_fixed(figure.value, kpi.decimals) : "–", note};
}

std::vector<ReportFact> facts_of(const backtest::Row& row) {
  return {fact("slar", "Stop-losses avoided", row.kpis),
          fact("prr", "Profit kept", row.kpis),
          fact("ttdr", "Breaks left in time", row.kpis),
          fact("fer", "False exits", row.kpis),
          fact("eaw_median", "Hours of warning", row.kpis),
          {"PnL", fmt::format("{:.0f}", row.earnings.pnl),
           fmt::format("drawdown {:.0f}", row.earnings.drawdown)}};
}

std::string verdict_of(const kpi::Kpis& kpis) {
  int targets = 0;
  int met = 0;
  int sure = 0;
  for (const kpi::Description& kpi : kpi::descriptions()) {
    const std::string verdict = kpi::verdict(kpi, kpis.*kpi.figure);
    if (verdict.empty() || verdict == "not enough data") continue;
    ++targets;
    met += verdict.starts_with("met") ? 1 : 0;
    sure += verdict == "met" ? 1 : 0;
  }
  if (targets == 0) return "Not enough data to judge";
  return fmt::format("{} of {} targets met, {} proven", met, targets,
                     sure == 0 ? "none" : std::to_string(sure));
}

std::string span_of(const Asked& asked) {
  UtcTime from = UtcTime::max();
  UtcTime to = UtcTime::min();
  std::vector<std::string> names;
  for (const backtest::MarketSpan& market : asked.markets) {
    names.push_back(market.symbol);
    if (market.bars == 0) continue;
    from = std::min(from, market.from);
    to = std::max(to, market.to);
  }
  if (from > to) return join(names, ", ") + ": no candles";
  return fmt::format("{}: {} to {}", join(names, ", "), format_date(from), format_date(to));
}

void describe(ReportPage& page, Value& data, const Comparison& comparison) {
  const backtest::Row& row = comparison.rows.back().row;
  page.heading = "Backtest of the exit rules";
  page.verdict = verdict_of(row.kpis);
  page.lead.push_back(fmt::format("{} runs of these rules, beside {} simpler policies",
                                  row.kpis.runs, comparison.rows.size() - 1));
  page.lead.emplace_back("Intervals resample whole months, because runs overlap");
  page.facts = facts_of(row);
  data.set("kind", "comparison").set("kpis", judged(row.kpis));
}

void describe(ReportPage& page, Value& data, const Swept& swept) {
  const auto front = backtest::pareto_front(swept.rows);
  const std::size_t best = backtest::ranking(swept.rows).front();
  page.heading = "Rule sets compared";
  page.verdict =
      fmt::format("{} rule sets tried, {} that no other beats", swept.names.size(), front.size());
  page.lead.emplace_back("The best of so many looks better than it is: walk forward");
  page.lead.push_back("First by rank: " + swept.names[best]);
  page.facts = facts_of(swept.rows[best]);
  data.set("kind", "sweep");
}

void describe(ReportPage& page, Value& data, const Walked& walked) {
  page.heading = "Walk-forward";
  page.verdict = "Out of sample: " + verdict_of(walked.outside.kpis);
  page.lead.push_back(
      fmt::format("{} rule sets tried in {} windows; the figures below are from "
                  "the time after each choice",
                  walked.names.size(), walked.steps.size()));
  page.facts = facts_of(walked.outside);
  data.set("kind", "walk_forward").set("kpis", judged(walked.outside.kpis));
}

}  // namespace

std::string render_page(const BacktestReport& report) {
  const Asked& asked = report.asked;
  ReportPage page;
  Value data = to_value(report);
  std::visit([&](const auto& found) { describe(page, data, found); }, report.found);
  const std::string span = span_of(asked);
  page.title = page.heading + " - " + span;
  page.lead.insert(page.lead.begin(), span);
  page.simulated = asked.simulated;
  const std::string engine = asked.settings.empty() ? "" : asked.settings.front().second;
  page.provenance = fmt::format("gridexit {}; source: {}", engine, asked.source);
  page.data = render_json_line(data);
  return dashboard::render_report(page);
}

}  // namespace gridexit::app
