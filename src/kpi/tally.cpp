#include "tally.hpp"

#include <algorithm>

namespace gridexit::kpi {
namespace {

double pnl_at(const GridRun& run, int hour) {
  return run.pnl[static_cast<std::size_t>(hour)];
}

void tally_stop(Tally& tally, const GridRun& run, const std::vector<int>& exits) {
  if (!run.price.stop_touch || *run.price.stop_touch > run.end() + kAftermathHours) return;
  // Any exit came before the touch: later ones, and one within the same hour, are none.
  tally.stops_avoided.count(!exits.empty());
}

// A live run may go on after its first exit; what was advised was to leave there.
void tally_retention(Tally& tally, const GridRun& run, const std::vector<int>& exits) {
  if (exits.empty()) return;
  const int left = exits.front();
  const double best = std::max(0.0, *std::max_element(run.pnl.begin(), run.pnl.begin() + left + 1));
  tally.given_back += best - pnl_at(run, left);
  tally.at_stake += best + run.risk;
  ++tally.exited_runs;
}

void tally_exits(Tally& tally, const GridRun& run, const std::vector<int>& exits) {
  for (const int left : exits) {
    const bool right = run.price.transition && *run.price.transition <= left + kAftermathHours;
    if (right || run.seen(left + kAftermathHours)) {
      tally.false_exits.count(!right);
    } else {
      ++tally.undecided_exits;
    }
  }
}

/// Hours from the start of the spell that holds `hour` to the transition.
double advance(const GridRun& run, int hour, int transition) {
  int first = hour;
  while (first > 0 && run.states[static_cast<std::size_t>(first - 1)] != ExitState::normal) --first;
  return std::min(transition - first, kAftermathHours);
}

double advance_warning(const GridRun& run, int transition, const std::vector<int>& exits) {
  for (auto left = exits.rbegin(); left != exits.rend(); ++left) {
    const bool leads_to_it = *left <= transition && transition <= *left + kAftermathHours;
    if (leads_to_it) return advance(run, *left, transition);
  }
  if (transition > run.end()) return 0;
  const bool warned = run.states[static_cast<std::size_t>(transition)] != ExitState::normal;
  return warned ? advance(run, transition, transition) : 0;
}

void tally_transition(Tally& tally, const GridRun& run, const std::vector<int>& exits) {
  const std::optional<int> transition = faced_transition(run);
  if (!transition) return;
  const bool in_time = !exits.empty() && exits.front() <= *transition;
  tally.detected.count(in_time);
  tally.detected_early.count(!exits.empty() && exits.front() < *transition);
  tally.advance_hours.push_back(advance_warning(run, *transition, exits));
  tally.warned_over_2h.count(tally.advance_hours.back() > 2);
  if (in_time) return;
  // What the miss will have cost shows when the run has ended, or 72 h later.
  const bool costs_known = !exits.empty() || !run.price.observed ||
                           run.end() < *run.price.observed ||
                           run.seen(*transition + kAftermathHours);
  if (!costs_known) return;
  int until = std::min(run.end(), *transition + kAftermathHours);
  if (run.price.stop_touch) until = std::min(until, *run.price.stop_touch);
  if (!exits.empty()) until = exits.front();
  tally.missed_cost += pnl_at(run, *transition) - pnl_at(run, until);
  ++tally.missed;
}

void tally_warnings(Tally& tally, const GridRun& run) {
  for (int hour = 1; hour <= run.end(); ++hour) {
    tally.hours_above_normal.count(run.states[static_cast<std::size_t>(hour)] != ExitState::normal);
  }
  for (const int first : spells(run)) {
    const auto followed_within = [&](int hours) {
      return run.price.transition && *run.price.transition >= first &&
             *run.price.transition <= first + hours;
    };
    const auto judge = [&](Ratio& ratio, int hours) {
      const bool right = followed_within(hours);
      if (right || run.seen(first + hours)) ratio.count(right);
    };
    judge(tally.spells_right_24h, 24);
    judge(tally.spells_right_72h, 72);
  }
}

void append(std::vector<double>& values, const std::vector<double>& more) {
  values.insert(values.end(), more.begin(), more.end());
}

}  // namespace

void Ratio::count(bool hit) {
  hits += hit ? 1 : 0;
  ++cases;
}

void Ratio::add(const Ratio& other) {
  hits += other.hits;
  cases += other.cases;
}

void Tally::add(const Tally& other) {
  stops_avoided.add(other.stops_avoided);
  given_back += other.given_back;
  at_stake += other.at_stake;
  exited_runs += other.exited_runs;
  detected.add(other.detected);
  detected_early.add(other.detected_early);
  false_exits.add(other.false_exits);
  undecided_exits += other.undecided_exits;
  append(reaction_hours, other.reaction_hours);
  append(advance_hours, other.advance_hours);
  warned_over_2h.add(other.warned_over_2h);
  hours_above_normal.add(other.hours_above_normal);
  missed_cost += other.missed_cost;
  missed += other.missed;
  spells_right_24h.add(other.spells_right_24h);
  spells_right_72h.add(other.spells_right_72h);
}

Tally tally(const GridRun& run) {
  Tally sums;
  const std::vector<int> left = exits(run);
  tally_stop(sums, run, left);
  tally_retention(sums, run, left);
  tally_exits(sums, run, left);
  tally_transition(sums, run, left);
  tally_warnings(sums, run);
  sums.reaction_hours = run.reaction_hours;
  return sums;
}

}  // namespace gridexit::kpi
