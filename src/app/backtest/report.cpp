#include "app/backtest/report.hpp"

#include <algorithm>

#include "app/render/backtest_text.hpp"
#include "app/render/report_page.hpp"

namespace gridexit::app {
namespace {

using backtest::Comparison;

/// Item i is the (i / n)-th of the part with the slice i % n.
template <class Found, class Member>
auto in_order(std::vector<Part>& parts, Member member) {
  std::remove_reference_t<decltype(std::get<Found>(parts.front().found).*member)> rows;
  const std::size_t items = parts.front().items();
  for (std::size_t i = 0; i < items; ++i) {
    auto& found = std::get<Found>(parts[i % parts.size()].found);
    rows.push_back(std::move((found.*member)[i / parts.size()]));
  }
  return rows;
}

Comparison join_compared(std::vector<Part>& parts) {
  Comparison comparison;
  comparison.markets = parts.front().asked.markets;
  comparison.rows = in_order<ComparedPart>(parts, &ComparedPart::rows);
  for (Part& part : parts) {
    auto& announcements = std::get<ComparedPart>(part.found).announcements;
    if (!announcements.empty()) comparison.announcements = std::move(announcements);
  }
  return comparison;
}

Walked join_walked(std::vector<Part>& parts) {
  std::vector<std::vector<backtest::Step>> slices;
  slices.reserve(parts.size());
  for (Part& part : parts) slices.push_back(std::move(std::get<WalkedPart>(part.found).steps));
  Walked walked{parts.front().asked.rule_sets, backtest::best_of(std::move(slices)), {}, {}};
  const auto outside = backtest::out_of_sample(walked.steps);
  walked.outside = backtest::summarise(outside);
  walked.curve = backtest::money_curve(outside);
  return walked;
}

std::string render(const Comparison& comparison, const Asked& asked, const Style& style) {
  std::string text = render_comparison(comparison, style) + "\n" +
                     render_model_error(comparison.rows, style) + "\n" +
                     render_targets(comparison.rows.back().row, style) + "\n" +
                     render_announcements(comparison.announcements, style);
  if (asked.recorded) text += "\nrecorded and done:\n" + render_recorded(*asked.recorded);
  return text;
}

std::string render(const Swept& swept, const Asked&, const Style& style) {
  return render_sweep(swept, style);
}

std::string render(const Walked& walked, const Asked&, const Style& style) {
  return render_walk_forward(walked, style);
}

Value settings_value(const Asked& asked) {
  Value value = Value::object();
  for (const auto& [name, setting] : asked.settings) value.set(name, setting);
  return value;
}

}  // namespace

BacktestReport assemble(std::vector<Part> parts) {
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.slice.index < b.slice.index; });
  const Part& first = parts.front();
  BacktestReport report{first.asked, Comparison{}};
  if (std::holds_alternative<ComparedPart>(first.found)) {
    report.found = join_compared(parts);
  } else if (std::holds_alternative<SweptPart>(first.found)) {
    report.found = Swept{first.asked.rule_sets, in_order<SweptPart>(parts, &SweptPart::rows)};
  } else {
    report.found = join_walked(parts);
  }
  return report;
}

std::string render_report(const BacktestReport& report, const Style& style) {
  const std::string banner = report.asked.simulated ? "SIMULATED DATA - not a market\n" : "";
  return banner + std::visit([&](const auto& found) { return render(found, report.asked, style); },
                             report.found);
}

Value to_value(const BacktestReport& report) {
  const Asked& asked = report.asked;
  Value value = std::visit([](const auto& found) { return to_value(found); }, report.found);
  if (!std::holds_alternative<Comparison>(report.found)) {
    Value markets = Value::array();
    for (const backtest::MarketSpan& market : asked.markets) markets.add(to_value(market));
    value.set("markets", std::move(markets));
  }
  value.set("source", asked.source).set("simulated", asked.simulated);
  if (asked.recorded) value.set("recorded", to_value(*asked.recorded));
  return value.set("settings", settings_value(asked));
}

Result<ExitCode> publish(const BacktestReport& report, const std::optional<std::string>& html,
                         Context& context) {
  Output& output = context.output;
  if (html == "-") {
    output.deliver(render_page(report));
    return ExitCode::done;
  }
  if (html) GX_CHECK(context.wiring.write_file(*html, render_page(report)));
  if (output.is_text()) {
    output.print(render_report(report, output.style()));
  } else {
    output.print_tree(to_value(report));
  }
  if (html) output.remark("the page is in " + *html);
  return ExitCode::done;
}

}  // namespace gridexit::app
