#include "gridexit/kpi/run.hpp"

#include <algorithm>

namespace gridexit::kpi {
namespace {

bool is_exit(ExitState state) {
  return state >= ExitState::latest_acceptable_exit;
}

enum class Side { inside, below, above };

Side side_of(double close, const Bounds& bounds) {
  if (close < bounds.lower) return Side::below;
  return close > bounds.upper ? Side::above : Side::inside;
}

bool touches_stop(double low, const Bounds& bounds) {
  return bounds.stop_loss && low <= *bounds.stop_loss;
}

enum class Confirmation { yes, no, unknown };

/// Whether the price stays on the side where bar `first` closed: 12 more closes, cut short by the
/// stop-loss.
Confirmation confirm(CandleView bars, std::size_t first, const Bounds& bounds) {
  const Side side = side_of(bars.close[first], bounds);
  if (side == Side::inside) return Confirmation::no;
  for (std::size_t bar = first + 1; bar <= first + kConfirmingHours; ++bar) {
    if (bar >= bars.size()) return Confirmation::unknown;
    if (touches_stop(bars.low[bar], bounds)) return Confirmation::yes;
    if (side_of(bars.close[bar], bounds) != side) return Confirmation::no;
  }
  return Confirmation::yes;
}

}  // namespace

PriceOutcome price_outcome(CandleView bars_1h, std::size_t start, int hours, const Bounds& bounds) {
  PriceOutcome outcome;
  const std::size_t last = start + static_cast<std::size_t>(hours + kAftermathHours);
  bool looking = true;
  for (std::size_t bar = start + 1; bar <= last && bar < bars_1h.size(); ++bar) {
    const int hour = static_cast<int>(bar - start);
    const bool stop = touches_stop(bars_1h.low[bar], bounds);
    if (looking) {
      const Confirmation confirmed = stop ? Confirmation::yes : confirm(bars_1h, bar, bounds);
      if (confirmed == Confirmation::yes) outcome.transition = hour;
      outcome.known = confirmed != Confirmation::unknown;
      looking = confirmed == Confirmation::no;
    }
    if (stop) {
      outcome.stop_touch = hour;
      break;
    }
  }
  return outcome;
}

std::vector<int> exits(const GridRun& run) {
  std::vector<int> hours;
  for (int hour = 1; hour <= run.end(); ++hour) {
    if (run.price.stop_touch && hour >= *run.price.stop_touch) break;
    const auto index = static_cast<std::size_t>(hour);
    if (is_exit(run.states[index]) && !is_exit(run.states[index - 1])) hours.push_back(hour);
  }
  return hours;
}

std::vector<int> spells(const GridRun& run) {
  std::vector<int> starts;
  bool calm = true;
  for (int hour = 0; hour <= run.end(); ++hour) {
    const bool normal = run.states[static_cast<std::size_t>(hour)] == ExitState::normal;
    if (!normal && calm) starts.push_back(hour);
    calm = normal;
  }
  return starts;
}

std::optional<int> faced_transition(const GridRun& run) {
  if (!run.price.transition) return std::nullopt;
  const int transition = *run.price.transition;
  if (transition <= run.end()) return transition;
  const std::vector<int> left = exits(run);
  const bool soon_after = !left.empty() && transition <= left.back() + kAftermathHours;
  return soon_after ? std::optional{transition} : std::nullopt;
}

}  // namespace gridexit::kpi
