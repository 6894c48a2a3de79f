#include "facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gridexit/base/number.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"
#include "html.hpp"

namespace gridexit::dashboard {
namespace {

std::string fact(std::string_view term, const std::string& value, const std::string& note) {
  return fmt::format("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>", term, escape(value),
                     escape(note));
}

std::string percent(std::optional<double> share) {
  return share ? fmt::format("{:.0f}\u00a0%", *share * 100.0) : "unknown";
}

// "4.1 % (2.3 ATR) away", or "crossed by 0.4 % (0.2 ATR)"
std::string distance(std::optional<double> pct, std::optional<double> atr) {
  if (!pct) return "distance unknown";
  const std::string in_atr = atr ? fmt::format(" ({:.1f} ATR)", std::fabs(*atr)) : "";
  const std::string size = fmt::format("{:.1f} %{}", std::fabs(*pct), in_atr);
  return *pct < 0 ? "crossed by " + size : size + " away";
}

std::string profit_note(const PositionRisk& position) {
  std::string capital = fmt::format("estimated, of {:.2f}", position.capital);
  if (position.loss_share <= 0) return capital;
  return fmt::format("{}; {} of the risk lost", capital, percent(position.loss_share));
}

std::string grid_facts(const RunningGrid& grid, const MetricsRecord& record) {
  const auto& position = record.position;
  std::string facts;
  if (record.exit_state) {
    const BreakProbability& chance = record.exit_state->break_probability_24h;
    facts += fact("Break within 24 h", percent(chance.both),
                  fmt::format("lower {}, upper {}", percent(chance.lower), percent(chance.upper)));
  }
  using Optional = std::optional<double>;
  facts += fact("Lower bound", format_price(grid.definition.lower),
                distance(position ? Optional{position->distance_lower_pct} : std::nullopt,
                         position ? position->distance_lower_atr : std::nullopt));
  facts += fact("Upper bound", format_price(grid.definition.upper),
                distance(position ? Optional{position->distance_upper_pct} : std::nullopt,
                         position ? position->distance_upper_atr : std::nullopt));
  const auto& stop = grid.definition.stop_loss;
  facts += fact("Stop-loss", stop ? format_price(*stop) : "none",
                stop ? distance(position ? position->distance_stop_pct : std::nullopt,
                                position ? position->distance_stop_atr : std::nullopt)
                     : "not set for this grid");
  if (!position) return facts + fact("Profit now", "unknown", "no position could be estimated");
  return facts + fact("Profit now", fmt::format("{:+.2f}", position->pnl), profit_note(*position));
}

std::string market_facts(const MetricsRecord& record) {
  const PriceFacts& price = record.price;
  const auto text = [](std::optional<double> value) {
    return value ? format_price(*value) : "unknown";
  };
  const auto& gates = record.gate_evaluation.gates;
  const auto holding =
      std::count_if(gates.begin(), gates.end(), [](const Gate& gate) { return gate.holds; });
  return fact("24 h range", fmt::format("{} to {}", text(price.low_24h), text(price.high_24h)),
              fmt::format("ATR of an hour {}", text(price.atr))) +
         fact("Restart gates", record.gate_evaluation.passed ? "passed" : "not passed",
              fmt::format("{} of {} hold this hour", holding, kGateCount));
}

}  // namespace

std::string render_facts(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  const PriceFacts& price = record.price;
  const std::string change = price.change_24h_pct
                                 ? fmt::format("{:+.1f} % in 24 h", *price.change_24h_pct)
                                 : "change unknown";
  std::string facts = fact("Price", price.close ? format_price(*price.close) : "unknown", change);
  facts += inputs.grid ? grid_facts(*inputs.grid, record) : market_facts(record);
  facts += fact("Regime", std::string{to_text(record.regime.verdict)},
                fmt::format("for {} h; this hour alone: {}", record.regime.hours_in_verdict,
                            to_text(record.regime.raw)));
  facts += fact("Confidence", format_fixed(record.confidence.value, 2),
                "agreement about the present, no promise");
  return "<dl class=\"facts\">" + facts + "</dl>";
}

std::string render_provenance(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  const std::string built_on = inputs.head.empty() ? "not recorded" : escape(inputs.head);
  return fmt::format(
      "<dl><dt>Record</dt><dd><code>{}</code></dd><dt>Engine</dt><dd>{} "
      "<code>{}</code></dd><dt>Configuration</dt><dd><code>{}</code></dd>"
      "<dt>Built on head</dt><dd><code>{}</code></dd><dt>Origin</dt><dd>{}</dd></dl>",
      escape(paths::metrics(record.symbol, record.timestamp)), escape(record.engine.version),
      escape(record.engine.commit), escape(record.config.version), built_on,
      to_text(record.origin));
}

}  // namespace gridexit::dashboard
