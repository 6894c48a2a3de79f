#include "app/render/sweep_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/render/backtest_text.hpp"
#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"

namespace gridexit::app {
namespace {

// Rule sets shown to a person; all of them are in -o json.
constexpr std::size_t kShown = 10;

std::string two_digits(const kpi::Figure& figure) {
  return figure.value ? format_fixed(*figure.value, 2) : "-";
}

std::vector<Cell> cells_of(const std::string& name, const backtest::Row& row,
                           const std::string& mark) {
  return {{mark},
          {std::to_string(row.kpis.runs)},
          {two_digits(row.kpis.slar)},
          {two_digits(row.kpis.ttdr)},
          {two_digits(row.kpis.ttdr_early)},
          {two_digits(row.kpis.fer)},
          {fmt::format("{:.0f}", row.earnings.pnl)},
          {name}};
}

const std::vector<std::string> kHead{"", "runs", "SLAR", "TTDR", "early", "FER", "PnL", "rule set"};

std::string tried(std::size_t count) {
  return fmt::format(
      "{} rule sets tried{}\n", count,
      count > 1 ? ": the best of so many looks better than it is; see --walk-forward" : "");
}

bool contains(const std::vector<std::size_t>& list, std::size_t index) {
  return std::find(list.begin(), list.end(), index) != list.end();
}

bool same_outcome(const backtest::Row& a, const backtest::Row& b) {
  return a.kpis.runs == b.kpis.runs && backtest::merit(a) == backtest::merit(b) &&
         two_digits(a.kpis.fer) == two_digits(b.kpis.fer);
}

// The first rule sets of a list. Ones that came out like the one before them are counted, not
// shown: a rule that changes nothing would fill the table.
std::string first_of(const Swept& swept, const std::vector<std::size_t>& list,
                     const std::vector<std::size_t>& front, const Style& style) {
  Table table(kHead);
  std::size_t shown = 0;
  for (std::size_t i = 0; i < list.size() && shown < kShown; ++shown) {
    const std::size_t set = list[i];
    std::size_t alike = 1;
    while (i + alike < list.size() && same_outcome(swept.rows[set], swept.rows[list[i + alike]]))
      ++alike;
    auto cells = cells_of(swept.names[set], swept.rows[set], contains(front, set) ? "*" : "");
    if (alike > 1) cells.back().text += fmt::format(" (and {} alike)", alike - 1);
    table.add(std::move(cells));
    i += alike;
  }
  return table.render(style);
}

}  // namespace

std::string render_sweep(const Swept& swept, const Style& style) {
  const std::vector<std::size_t> front = backtest::pareto_front(swept.rows);
  std::string text = tried(swept.names.size());
  text += "\nbest by targets, early against false exits, money (* no other beats it in all):\n";
  text += first_of(swept, backtest::ranking(swept.rows), front, style);
  text += fmt::format("\n{} that no other beats in false exits, early exits and money together:\n",
                      front.size());
  return text + first_of(swept, front, front, style);
}

Value to_value(const Swept& swept) {
  const std::vector<std::size_t> front = backtest::pareto_front(swept.rows);
  Value ranked = Value::array();
  for (const std::size_t set : backtest::ranking(swept.rows)) {
    Value entry = Value::object();
    entry.set("rule_set", swept.names[set]).set("unbeaten", contains(front, set));
    entry.set("figures", to_value(swept.rows[set]));
    ranked.add(std::move(entry));
  }
  Value value = Value::object();
  value.set("tried", static_cast<int>(swept.names.size())).set("ranking", std::move(ranked));
  return value;
}

std::string render_walk_forward(const Walked& walked, const Style& style) {
  if (walked.steps.empty()) {
    return tried(walked.names.size()) +
           "not enough data: no window to choose in with one after it to judge by\n";
  }
  Table steps({"chosen on", "judged until", "early", "FER", "rule set"});
  for (const backtest::Step& step : walked.steps) {
    steps.add({{format_date(step.tune_from) + " to " + format_date(step.test_from)},
               {format_date(step.test_to)},
               {two_digits(step.tuned.kpis.ttdr_early)},
               {two_digits(step.tuned.kpis.fer)},
               {walked.names[step.chosen]}});
  }
  return tried(walked.names.size()) + "\n" + steps.render(style) +
         "\nout of sample, in the windows after each choice:\n" +
         render_targets(walked.outside, style);
}

Value to_value(const Walked& walked) {
  Value steps = Value::array();
  for (const backtest::Step& step : walked.steps) {
    Value entry = Value::object();
    entry.set("tune_from", format_utc(step.tune_from)).set("test_from", format_utc(step.test_from));
    entry.set("test_to", format_utc(step.test_to));
    entry.set("rule_set", walked.names[step.chosen]).set("tuned", to_value(step.tuned));
    steps.add(std::move(entry));
  }
  Value value = Value::object();
  value.set("tried", static_cast<int>(walked.names.size())).set("steps", std::move(steps));
  value.set("out_of_sample", to_value(walked.outside)).set("curve", to_value(walked.curve));
  return value;
}

}  // namespace gridexit::app
