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
    case ExitState::normal: return "";
    case ExitState::warning: return "WARN";
    case ExitState::latest_acceptable_exit: return "LATE";
    case ExitState::mandatory_exit: return "MAND";
  }
  return "";
}

// What is not met takes one line, so that everything fits on the screen; `explain` has all of its
// figures.
std::string shortened(const std::vector<std::string>& lines, std::size_t room) {
  if (lines.size() == 1) return lines.front();
  std::string line = lines.front();
  while (line.size() + 4 > room && line.find(' ') != std::string::npos)
    line.resize(line.rfind(' '));
  return line + " ...";
}

std::string render_condition(const Condition& condition, const Style& style, int width) {
  const std::string head =
      fmt::format("{} {:<4} {:<{}} ", mark(condition.met), short_name(condition.tier),
                  to_text(condition.name), kNameWidth);
  const std::string detail =
      condition.met == Truth::unknown && condition.detail.empty() ? "unknown" : condition.detail;
  const std::size_t room = static_cast<std::size_t>(width) - head.size();
  const auto lines = wrap(detail, room);
  std::string out = style.paint(tone_of(condition), head);
  if (condition.met == Truth::no || condition.met == Truth::not_applicable) {
    return out + shortened(lines, room) + "\n";
  }
  out += lines.front() + "\n";
  for (std::size_t i = 1; i < lines.size(); ++i)
    out += std::string(head.size(), ' ') + lines[i] + "\n";
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
  out += fmt::format("  {}, {}, {} away\n",
                     distance("lower", position.distance_lower_pct, position.distance_lower_atr),
                     distance("upper", position.distance_upper_pct, position.distance_upper_atr),
                     distance("stop", position.distance_stop_pct, position.distance_stop_atr));
  if (position.difference) out += "  " + style.paint(Tone::caution, *position.difference) + "\n";
  return out;
}

}  // namespace gridexit::app
