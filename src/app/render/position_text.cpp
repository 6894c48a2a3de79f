#include "app/render/position_text.hpp"

#include <fmt/format.h>

#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::app {
namespace {

constexpr std::size_t kNameWidth = 24;

std::string_view mark(Truth met) {
  switch (met) {
    case Truth::yes: return "[x]";
    case Truth::no: return "[ ]";
    case Truth::unknown: return "[?]";
    case Truth::not_applicable: return "[-]";
  }
  return "[?]";
}

Tone tone_of(const Condition& condition) {
  switch (condition.met) {
    case Truth::yes: return condition.tier == ExitState::warning ? Tone::caution : Tone::danger;
    case Truth::unknown: return Tone::caution;
    case Truth::no:
    case Truth::not_applicable: return Tone::faint;
  }
  return Tone::plain;
}

std::string_view short_name(ExitState tier) {
  switch (tier) {
    case ExitState::normal: return "NORMAL";
    case ExitState::warning: return "WARNING";
    case ExitState::latest_acceptable_exit: return "LATEST";
    case ExitState::mandatory_exit: return "MANDATORY";
  }
  return "";
}

std::string render_condition(const Condition& condition, const Style& style, int width) {
  constexpr std::size_t tier_width = 9;
  const std::string margin(4 + tier_width + 1 + kNameWidth + 2, ' ');
  std::string detail = condition.detail;
  if (condition.met == Truth::unknown && detail.empty()) detail = "unknown";
  const auto lines = wrap(detail, static_cast<std::size_t>(width) - margin.size());
  const Tone tone = tone_of(condition);
  std::string out = style.paint(
      tone, fmt::format("{} {:<{}} {:<{}}", mark(condition.met), short_name(condition.tier),
                        tier_width, to_text(condition.name), kNameWidth + 1));
  out += lines.front() + "\n";
  for (std::size_t i = 1; i < lines.size(); ++i) out += margin + lines[i] + "\n";
  return out;
}

std::string distance(std::string_view name, std::optional<double> pct, std::optional<double> atr) {
  if (!pct) return fmt::format("{} none", name);
  return fmt::format("{} {:.1f} %{}", name, *pct,
                     atr ? fmt::format(" ({:.1f} ATR)", *atr) : std::string());
}

std::string amount(double value) {
  return fmt::format("{:.6g}", value);
}

}  // namespace

std::string render_exit_state(const ExitEvaluation& evaluation, const Style& style, int width) {
  const BreakProbability& chance = evaluation.break_probability_24h;
  std::string out = fmt::format("grid {}: break probability in 24 h {} (lower {}, upper {})\n",
                                evaluation.grid_id, format_fixed(chance.both, 2),
                                format_fixed(chance.lower, 2), format_fixed(chance.upper, 2));
  if (evaluation.tier != evaluation.state) {
    out += fmt::format("this hour alone {}; below the state for {} evaluations\n",
                       to_text(evaluation.tier), evaluation.calm_count);
  }
  for (const Condition& condition : evaluation.conditions)
    out += render_condition(condition, style, width);
  return out;
}

std::string render_position(const PositionRisk& position, const std::string& symbol,
                            const Style& style) {
  const auto dash = symbol.find('-');
  const std::string quote = symbol.substr(dash + 1);
  std::string out =
      fmt::format("position ({}): {} {} and {} {}\n", position.source, amount(position.base),
                  symbol.substr(0, dash), amount(position.quote), quote);
  out += fmt::format("  PnL {:+.2f} {}, of it grid profit {:+.2f}{}\n", position.pnl, quote,
                     position.grid_profit,
                     position.loss_share ? fmt::format("; loss share {:.2f}", *position.loss_share)
                                         : std::string());
  out += fmt::format("  distance to {}, {}, {}\n",
                     distance("lower", position.distance_lower_pct, position.distance_lower_atr),
                     distance("upper", position.distance_upper_pct, position.distance_upper_atr),
                     distance("stop-loss", position.distance_stop_pct, position.distance_stop_atr));
  if (position.difference) out += "  " + style.paint(Tone::caution, *position.difference) + "\n";
  return out;
}

}  // namespace gridexit::app
