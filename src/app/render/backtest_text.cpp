#include "app/render/backtest_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/kpi/targets.hpp"

namespace gridexit::app {
namespace {

using kpi::Figure;
using kpi::Kpis;

// Transitions shown to a person; all of them are in -o json.
constexpr std::size_t kShown = 20;

std::string short_figure(const Figure& figure, int decimals) {
  return figure.value ? format_fixed(*figure.value, decimals) : "-";
}

std::string interval_of(const Figure& figure, int decimals) {
  if (!figure.interval) return "";
  return fmt::format("{} to {}", format_fixed(figure.interval->low, decimals),
                     format_fixed(figure.interval->high, decimals));
}

Cell judge(const kpi::Description& described, const Figure& figure) {
  if (!figure.value || figure.count < kpi::kEnoughCases) return {"not enough data", Tone::faint};
  const std::string verdict = kpi::verdict(described, figure);
  return {verdict.empty() ? "" : kpi::target_text(described) + " " + verdict,
          verdict.starts_with("met") ? Tone::good : Tone::caution};
}

Value to_value(const backtest::Earnings& earnings) {
  return Value::object().set("pnl", earnings.pnl).set("drawdown", earnings.drawdown);
}

Value to_value(const Figure& figure) {
  Value value = Value::object();
  value.set("value", figure.value).set("count", figure.count);
  Value interval;
  if (figure.interval) {
    interval = Value::array();
    interval.add(figure.interval->low).add(figure.interval->high);
  }
  value.set("interval_95", std::move(interval));
  return value;
}

std::string lead_of(const backtest::Announcement& seen) {
  if (!seen.exit_hours) return "no exit";
  if (*seen.exit_hours < 0) return fmt::format("{} h late", -*seen.exit_hours);
  return *seen.exit_hours == 0 ? "in the same hour" : fmt::format("{} h before", *seen.exit_hours);
}

}  // namespace

std::string render_comparison(const backtest::Comparison& comparison, const Style& style) {
  std::string text;
  for (const backtest::MarketSpan& market : comparison.markets) {
    text += fmt::format("{}: {} to {}, {} hours, {} evaluated\n", market.symbol,
                        format_hour(market.from), format_hour(market.to), market.bars,
                        market.evaluated);
  }
  Table table({"policy", "runs", "SLAR", "PRR", "TTDR", "early", "FER", "EAW>2h", "median",
               "warned", "WPR72h", "PnL", "drawdown"});
  for (const backtest::PolicyRow& row : comparison.rows) {
    const Kpis& kpis = row.row.kpis;
    const bool ours = &row == &comparison.rows.back();
    table.add({{row.policy, ours ? Tone::strong : Tone::plain},
               {std::to_string(kpis.runs)},
               {short_figure(kpis.slar, 2)},
               {short_figure(kpis.prr, 2)},
               {short_figure(kpis.ttdr, 2)},
               {short_figure(kpis.ttdr_early, 2)},
               {short_figure(kpis.fer, 2)},
               {short_figure(kpis.eaw_over_2h, 2)},
               {short_figure(kpis.eaw_median, 0)},
               {short_figure(kpis.warning_share, 2)},
               {short_figure(kpis.wpr_72h, 2)},
               {fmt::format("{:.0f}", row.row.earnings.pnl)},
               {fmt::format("{:.0f}", row.row.earnings.drawdown)}});
  }
  return text + "\n" + table.render(style);
}

std::string render_model_error(const std::vector<backtest::PolicyRow>& rows, const Style& style) {
  Table table({"PnL (drawdown) by order within bars", "worse", "as simulated", "better"});
  const auto money = [](const backtest::Earnings& earnings) {
    return Cell{fmt::format("{:.0f} ({:.0f})", earnings.pnl, earnings.drawdown)};
  };
  for (const backtest::PolicyRow& row : rows) {
    if (!row.model_error) continue;
    table.add({{row.policy},
               money(row.model_error->pessimistic),
               money(row.row.earnings),
               money(row.model_error->optimistic)});
  }
  return table.render(style) +
         "A candle does not tell whether its high or its low came first. Worse and better take, at "
         "every bar, the order\nthat leaves the grid with less or more at its close; what lies "
         "between them is the simulation's own error.\n";
}

std::string render_targets(const backtest::Row& row, const Style& style) {
  if (row.kpis.runs == 0) {
    return "these rules: not enough data (no run could start and end in these candles; the first "
           "one needs 44 days before it)\n";
  }
  Table table({"these rules", "value", "95 % interval", "cases", "target"});
  for (const kpi::Description& kpi : kpi::descriptions()) {
    const Figure& figure = row.kpis.*kpi.figure;
    table.add({{std::string(kpi.label)},
               {short_figure(figure, kpi.decimals)},
               {interval_of(figure, kpi.decimals)},
               {std::to_string(figure.count)},
               judge(kpi, figure)});
  }
  std::string text = table.render(style);
  if (row.kpis.left_out > 0) {
    text += fmt::format("{} runs left out: the data end before their transition is decided\n",
                        row.kpis.left_out);
  }
  return text +
         "Intervals resample whole months, because runs overlap. Not proven: the interval allows "
         "both, or has no width.\nPnL is mostly noise: one run varies by about 57 per 1,000.\n";
}

std::string render_announcements(const std::vector<backtest::Announcement>& announcements,
                                 const Style& style) {
  if (announcements.empty()) return "no run of the first offset faced a transition\n";
  Table table({"transition", "market", "run since", "warned before", "exit"});
  const std::size_t first =
      announcements.size() > kShown ? announcements.size() - kShown : std::size_t{0};
  for (std::size_t i = first; i < announcements.size(); ++i) {
    const backtest::Announcement& seen = announcements[i];
    const bool late = !seen.exit_hours || *seen.exit_hours < 0;
    table.add({{format_hour(seen.transition)},
               {seen.symbol},
               {format_hour(seen.started)},
               {seen.warned_hours > 0 ? fmt::format("{} h", seen.warned_hours) : "not at all"},
               {lead_of(seen), late ? Tone::danger : Tone::plain}});
  }
  std::string text = table.render(style);
  if (first > 0) {
    text +=
        fmt::format("the last {} of {}; all of them with -o json\n", kShown, announcements.size());
  }
  return text;
}

Value to_value(const backtest::Row& row) {
  Value value = Value::object();
  value.set("runs", row.kpis.runs).set("left_out", row.kpis.left_out);
  for (const kpi::Description& kpi : kpi::descriptions())
    value.set(std::string(kpi.name), to_value(row.kpis.*kpi.figure));
  value.set("pnl", row.earnings.pnl).set("drawdown", row.earnings.drawdown);
  return value;
}

Value to_value(const backtest::Announcement& seen) {
  Value value = Value::object();
  value.set("symbol", seen.symbol).set("started", format_utc(seen.started));
  value.set("transition", format_utc(seen.transition)).set("warned_hours", seen.warned_hours);
  value.set("exit_hours", seen.exit_hours);
  return value;
}

Value to_value(const backtest::MarketSpan& market) {
  Value value = Value::object();
  value.set("symbol", market.symbol).set("from", format_utc(market.from));
  value.set("to", format_utc(market.to)).set("hours", static_cast<int>(market.bars));
  return value.set("evaluated", static_cast<int>(market.evaluated));
}

Value to_value(const std::vector<backtest::MoneyPoint>& curve) {
  Value points = Value::array();
  for (const backtest::MoneyPoint& point : curve)
    points.add(Value::array().add(format_utc(point.at)).add(point.pnl));
  return points;
}

Value to_value(const backtest::PolicyRow& row) {
  Value value = Value::object();
  value.set("policy", row.policy).set("figures", to_value(row.row));
  Value error;
  if (row.model_error) {
    error = Value::object();
    error.set("pessimistic", to_value(row.model_error->pessimistic));
    error.set("optimistic", to_value(row.model_error->optimistic));
  }
  return value.set("model_error", std::move(error)).set("curve", to_value(row.curve));
}

Value to_value(const backtest::Comparison& comparison) {
  Value markets = Value::array();
  for (const backtest::MarketSpan& market : comparison.markets) markets.add(to_value(market));
  Value policies = Value::array();
  for (const backtest::PolicyRow& row : comparison.rows) policies.add(to_value(row));
  Value announcements = Value::array();
  for (const backtest::Announcement& seen : comparison.announcements)
    announcements.add(to_value(seen));
  Value value = Value::object();
  value.set("markets", std::move(markets)).set("policies", std::move(policies));
  return value.set("transitions", std::move(announcements));
}

}  // namespace gridexit::app
