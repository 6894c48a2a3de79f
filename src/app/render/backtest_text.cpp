#include "app/render/backtest_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"

namespace gridexit::app {
namespace {

using kpi::Figure;
using kpi::Kpis;

// Below this many cases a share is an anecdote.
constexpr int kEnough = 10;

// Transitions shown to a person; all of them are in -o json.
constexpr std::size_t kShown = 20;

/// A KPI by its name in documents and for people, and its target (STRATEGY.md section 8).
struct Kpi {
  const char* key;
  const char* label;
  Figure Kpis::*figure;
  int decimals;
  std::optional<double> at_least = std::nullopt;
  std::optional<double> below = std::nullopt;
};

const std::array kKpis{
    Kpi{"slar", "SLAR   stop-loss avoided", &Kpis::slar, 2, 0.90},
    Kpi{"prr", "PRR    profit kept", &Kpis::prr, 2, 0.80},
    Kpi{"ttdr", "TTDR   transitions detected", &Kpis::ttdr, 2, 0.90},
    Kpi{"ttdr_early", "       1 h or more before", &Kpis::ttdr_early, 2},
    Kpi{"fer", "FER    false exits", &Kpis::fer, 2, std::nullopt, 0.30},
    Kpi{"ert_median", "ERT    reaction, hours, median", &Kpis::ert_median, 1},
    Kpi{"ert_p90", "       90 of 100", &Kpis::ert_p90, 1},
    Kpi{"eaw_median", "EAW    warning, hours, median", &Kpis::eaw_median, 1, 12.0},
    Kpi{"eaw_over_2h", "       over 2 h", &Kpis::eaw_over_2h, 2, 0.80},
    Kpi{"warning_share", "       share of hours above NORMAL", &Kpis::warning_share, 2},
    Kpi{"mec", "MEC    missed exits cost, quote", &Kpis::mec, 0},
    Kpi{"wpr_24h", "WPR    warnings come true in 24 h", &Kpis::wpr_24h, 2},
    Kpi{"wpr_72h", "       in 72 h", &Kpis::wpr_72h, 2},
};

std::string short_figure(const Figure& figure, int decimals) {
  return figure.value ? format_fixed(*figure.value, decimals) : "-";
}

std::string interval_of(const Figure& figure, int decimals) {
  if (!figure.interval) return "";
  return fmt::format("{} to {}", format_fixed(figure.interval->low, decimals),
                     format_fixed(figure.interval->high, decimals));
}

// Whether the target is met; and when its interval says otherwise too, that nothing is proven.
Cell judge(const Kpi& kpi, const Figure& figure) {
  if (!figure.value || figure.count < kEnough) return {"not enough data", Tone::faint};
  if (!kpi.at_least && !kpi.below) return {};
  const auto holds = [&kpi](double value) {
    return kpi.at_least ? value >= *kpi.at_least : value < *kpi.below;
  };
  const std::string target = kpi.at_least
                                 ? fmt::format(">= {}", format_fixed(kpi.at_least, kpi.decimals))
                                 : fmt::format("< {}", format_fixed(kpi.below, kpi.decimals));
  const bool met = holds(*figure.value);
  // Resampling cases that all came out alike gives no width, which proves nothing.
  const auto& interval = figure.interval;
  const bool sure = interval && interval->low < interval->high && holds(interval->low) == met &&
                    holds(interval->high) == met;
  return {fmt::format("{} {}{}", target, met ? "met" : "missed", sure ? "" : ", not proven"),
          met ? Tone::good : Tone::caution};
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

Value to_value(const backtest::Announcement& seen) {
  Value value = Value::object();
  value.set("symbol", seen.symbol).set("started", format_utc(seen.started));
  value.set("transition", format_utc(seen.transition)).set("warned_hours", seen.warned_hours);
  value.set("exit_hours", seen.exit_hours);
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
  for (const Kpi& kpi : kKpis) {
    const Figure& figure = row.kpis.*kpi.figure;
    table.add({{kpi.label},
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
  for (const Kpi& kpi : kKpis) value.set(kpi.key, to_value(row.kpis.*kpi.figure));
  value.set("pnl", row.earnings.pnl).set("drawdown", row.earnings.drawdown);
  return value;
}

Value to_value(const backtest::Comparison& comparison) {
  Value markets = Value::array();
  for (const backtest::MarketSpan& market : comparison.markets) {
    Value entry = Value::object();
    entry.set("symbol", market.symbol).set("from", format_utc(market.from));
    entry.set("to", format_utc(market.to)).set("hours", static_cast<int>(market.bars));
    entry.set("evaluated", static_cast<int>(market.evaluated));
    markets.add(std::move(entry));
  }
  Value policies = Value::array();
  for (const backtest::PolicyRow& row : comparison.rows) {
    Value entry = Value::object();
    entry.set("policy", row.policy).set("figures", to_value(row.row));
    Value error;
    if (row.model_error) {
      error = Value::object();
      error.set("pessimistic", to_value(row.model_error->pessimistic));
      error.set("optimistic", to_value(row.model_error->optimistic));
    }
    entry.set("model_error", std::move(error));
    policies.add(std::move(entry));
  }
  Value announcements = Value::array();
  for (const backtest::Announcement& seen : comparison.announcements)
    announcements.add(to_value(seen));
  Value value = Value::object();
  value.set("markets", std::move(markets)).set("policies", std::move(policies));
  value.set("transitions", std::move(announcements));
  return value;
}

}  // namespace gridexit::app
