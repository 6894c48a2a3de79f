#include "app/render/evaluation_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/render/decision_text.hpp"
#include "app/render/grid_text.hpp"
#include "app/render/position_text.hpp"
#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::app {
namespace {

std::string signed_pct(std::optional<double> value) {
  return value ? fmt::format("{:+.1f} %", *value) : std::string("change unknown");
}

// What the operator is to do, in words; the exchange offers no way to do it for them.
std::string_view in_words(Action action, std::optional<ExitState> state) {
  switch (action) {
    case Action::hold: return "keep the grid running";
    case Action::prepare_exit: return "be ready to stop the grid; nothing to do yet";
    case Action::stop_grid:
      return state == ExitState::mandatory_exit ? "stop the grid on the exchange immediately"
                                                : "act now: stop the grid on the exchange";
    case Action::wait: return "start no grid now";
    case Action::create_probationary_grid: return "a small grid may be started";
    case Action::create_grid: return "a grid may be started";
  }
  return "";
}

std::string value_of(const Metric& metric, MetricKey key) {
  if (!metric.value) return metric.reason ? std::string(to_text(*metric.reason)) : "unknown";
  switch (key) {
    case MetricKey::adx: return format_fixed(metric.value, 1);
    case MetricKey::ou_half_life: return format_fixed(metric.value, 1) + " h";
    case MetricKey::bollinger_bandwidth: return format_fixed(*metric.value * 100, 2) + " %";
    case MetricKey::efficiency_ratio:
    case MetricKey::autocorrelation:
    case MetricKey::normalized_slope: return format_fixed(metric.value, 3);
  }
  return "unknown";
}

Cell value_cell(const Metric& metric, MetricKey key) {
  return {value_of(metric, key), metric.ok() ? Tone::plain : Tone::caution};
}

Cell score_cell(const Metric& metric) {
  if (!metric.score) return {"none", Tone::caution};
  return {format_fixed(metric.score, 2), *metric.score > 0.5 ? Tone::good : Tone::danger};
}

std::string describe_window(const WindowFacts& window, std::string_view name) {
  std::string text = fmt::format("{} {} bars", window.bars, name);
  if (window.filled > 0) text += fmt::format(" ({} filled in {} gaps)", window.filled, window.gaps);
  return text;
}

std::string lines_of(std::string_view text, const std::string& margin, int width) {
  std::string out;
  for (const std::string& line : wrap(text, static_cast<std::size_t>(width) - margin.size())) {
    out += margin + line + "\n";
  }
  return out;
}

std::string render_regime(const MetricsRecord& record, const RenderOptions& options) {
  const Regime& regime = record.regime;
  std::string out = fmt::format(
      "{} for {} h", options.style.paint(tone_of(regime.verdict), to_text(regime.verdict)),
      regime.hours_in_verdict);
  if (regime.raw != regime.verdict)
    out += fmt::format(" (this hour alone: {})", to_text(regime.raw));
  out +=
      fmt::format("; range score {} (1h {}, 4h {})\n", format_fixed(regime.range_score.combined, 2),
                  format_fixed(regime.range_score.h1, 2), format_fixed(regime.range_score.h4, 2));
  std::string confidence = fmt::format("confidence {}: the metrics agree to {}",
                                       format_fixed(record.confidence.value, 2),
                                       format_fixed(record.confidence.base, 2));
  for (const Penalty& penalty : record.confidence.penalties) {
    confidence += fmt::format(", {} -{}", penalty.name, format_fixed(penalty.amount, 2));
  }
  return out + lines_of(confidence, "", options.width);
}

}  // namespace

Tone tone_of(ExitState state) {
  switch (state) {
    case ExitState::normal: return Tone::good;
    case ExitState::warning: return Tone::caution;
    case ExitState::latest_acceptable_exit:
    case ExitState::mandatory_exit: return Tone::danger;
  }
  return Tone::plain;
}

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::range_ok: return Tone::good;
    case Verdict::range_weak: return Tone::plain;
    case Verdict::transition: return Tone::caution;
    case Verdict::trend: return Tone::danger;
  }
  return Tone::plain;
}

std::string render_gates(const GateEvaluation& evaluation, const RenderOptions& options) {
  std::string out = fmt::format("restart gates {}\n", evaluation.passed ? "passed" : "not passed");
  for (const Gate& gate : evaluation.gates) {
    const Tone tone = gate.holds ? Tone::good : Tone::faint;
    out +=
        fmt::format("  {} {:<28} holds for {}\n",
                    options.style.paint(tone, gate.holds ? "[x]" : "[ ]"), gate.name, gate.count);
    std::string values;
    for (const auto& [name, value] : gate.values) {
      values += fmt::format("{}{} {}", values.empty() ? "" : ", ", name,
                            value ? fmt::format("{:.4g}", *value) : std::string("unknown"));
    }
    if (!values.empty()) out += lines_of(values, "      ", options.width);
  }
  return out;
}

std::string render_headline(const MetricsRecord& record, const RenderOptions& options) {
  std::string out;
  if (options.simulated)
    out += options.style.paint(Tone::caution, "SIMULATED DATA - not a market") + "\n";
  out += options.style.paint(Tone::strong, record.symbol + "  " + format_hour(record.timestamp));
  out += "  " +
         (record.price.close ? format_price(*record.price.close) : std::string("price unknown"));
  out += "  " + signed_pct(record.price.change_24h_pct) + " in 24 h";
  if (record.price.low_24h && record.price.high_24h) {
    out += fmt::format(" ({} to {})", format_price(*record.price.low_24h),
                       format_price(*record.price.high_24h));
  }
  return out + "\n";
}

std::string render_action(const MetricsRecord& record, const RenderOptions& options) {
  std::string out;
  std::optional<ExitState> state;
  Tone tone = Tone::plain;
  if (record.exit_state) {
    state = record.exit_state->state;
    tone = tone_of(*state);
    out += options.style.paint(tone, to_text(*state));
    if (record.exit_state->previous != *state)
      out += fmt::format(" (was {})", to_text(record.exit_state->previous));
    out += "  ";
  }
  const Action action = record.recommendation.action;
  out += options.style.paint(tone, to_text(action)) + "\n";
  std::string words(in_words(action, state));
  if (options.recorded && record.recommendation.decision_id)
    words += "; decision " + *record.recommendation.decision_id;
  out += lines_of(words, "", options.width);
  if (options.decision != nullptr) {
    const Recommendation& said = options.decision->recommendation;
    for (const std::string& reason : said.rationale) out += lines_of(reason, "  ", options.width);
    if (said.proposal) {
      out += lines_of("proposal: " + describe_proposal(*said.proposal, record.symbol), "  ",
                      options.width);
    }
  }
  return out;
}

std::string render_metrics(const MetricsRecord& record, const RenderOptions& options) {
  Table table({"METRIC", "1h", "SCORE", "4h", "SCORE"});
  for (const MetricKey key : kMetricKeys) {
    const Metric& h1 = record.h1.metric(key);
    const Metric& h4 = record.h4.metric(key);
    table.add({{std::string(to_text(key))},
               value_cell(h1, key),
               score_cell(h1),
               value_cell(h4, key),
               score_cell(h4)});
  }
  return table.render(options.style);
}

std::string render_data_quality(const MetricsRecord& record, const RenderOptions& options) {
  const DataFacts& data = record.data;
  std::string out = fmt::format(
      "data {}: {}, {}, {}, {}\n",
      options.style.paint(data.problems.empty() ? Tone::good : Tone::caution,
                          data.problems.empty() ? "ok" : "with problems"),
      data.source, describe_window(data.h1, "1h"), describe_window(data.h4, "4h"),
      data.staleness_minutes == 0 ? std::string("fresh")
                                  : fmt::format("{} min stale", data.staleness_minutes));
  for (const DataProblem& problem : data.problems)
    out += lines_of(problem.code + ": " + problem.message, "  ", options.width);
  for (const Anomaly& anomaly : record.anomalies) {
    out += lines_of(fmt::format("{} on {} is {}, outside what is expected", anomaly.metric,
                                anomaly.timeframe, format_number(anomaly.value)),
                    "  ", options.width);
  }
  for (const StepError& error : record.errors) {
    out += lines_of(fmt::format("failed: {}: {} ({})", error.step, error.message, error.code), "  ",
                    options.width);
  }
  return out;
}

std::string render_evaluation(const MetricsRecord& record, const RenderOptions& given) {
  RenderOptions options = given;
  options.width = std::clamp(given.width, 60, 120);
  std::string out = render_headline(record, options) + render_action(record, options);
  out += "\n" + render_regime(record, options);
  out += render_metrics(record, options);
  out += render_data_quality(record, options);
  if (record.exit_state) {
    out += "\n" + render_exit_state(*record.exit_state, options.style, options.width);
  } else {
    out += "\nno grid runs; " + render_gates(record.gate_evaluation, options);
  }
  if (record.position) {
    out += render_position(*record.position, record.symbol, options.style);
  }
  return out;
}

}  // namespace gridexit::app
