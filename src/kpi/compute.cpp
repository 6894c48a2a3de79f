#include "gridexit/kpi/compute.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include "tally.hpp"

namespace gridexit::kpi {
namespace {

using MaybeValue = std::optional<double>;

MaybeValue value_of(const Ratio& ratio) {
  if (ratio.cases == 0) return std::nullopt;
  return static_cast<double>(ratio.hits) / ratio.cases;
}

MaybeValue retention(const Tally& tally) {
  if (!(tally.at_stake > 0)) return std::nullopt;
  return 1 - tally.given_back / tally.at_stake;
}

// The hours of one run hang together, so this share is resampled by runs even where runs are
// separate.
MaybeValue share_above_normal(const Tally& tally) {
  return value_of(tally.hours_above_normal);
}

MaybeValue missed_cost(const Tally& tally) {
  return tally.missed_cost;
}

/// Runs as independent groups: single ones, or the months of their starts.
std::vector<Tally> group(std::span<const GridRun> runs, Dependence dependence) {
  std::vector<Tally> groups;
  std::map<std::chrono::year_month, Tally> months;
  for (const GridRun& run : runs) {
    if (!run.price.known) continue;
    if (dependence == Dependence::separate_runs) {
      groups.push_back(tally(run));
      continue;
    }
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(run.start)};
    months[day.year() / day.month()].add(tally(run));
  }
  for (auto& month : months) groups.push_back(std::move(month.second));
  return groups;
}

/// Computes figures over the groups and their intervals.
class Figures {
 public:
  Figures(const std::vector<Tally>& groups, Dependence dependence, const BootstrapOptions& options)
      : groups_(groups), dependence_(dependence), options_(options) {
    for (const Tally& group : groups) total_.add(group);
  }

  const Tally& total() const { return total_; }

  Figure rate(Ratio Tally::*member) const {
    const Ratio& ratio = total_.*member;
    if (dependence_ == Dependence::separate_runs) {
      return {value_of(ratio), ratio.cases, wilson(ratio.hits, ratio.cases)};
    }
    const auto resampled = [&](std::span<const std::size_t> drawn) {
      Ratio sum;
      for (const std::size_t index : drawn) sum.add(groups_[index].*member);
      return value_of(sum);
    };
    return {value_of(ratio), ratio.cases, bootstrap(groups_.size(), resampled, options_)};
  }

  Figure hours(std::vector<double> Tally::*member, double share) const {
    const auto resampled = [&](std::span<const std::size_t> drawn) {
      std::vector<double> values;
      for (const std::size_t index : drawn) {
        const std::vector<double>& more = groups_[index].*member;
        values.insert(values.end(), more.begin(), more.end());
      }
      return quantile(std::move(values), share);
    };
    const std::vector<double>& all = total_.*member;
    return {quantile(all, share), static_cast<int>(all.size()),
            bootstrap(groups_.size(), resampled, options_)};
  }

  template <class Value>
  Figure sum(int count, Value value) const {
    const auto resampled = [&](std::span<const std::size_t> drawn) {
      Tally drawn_total;
      for (const std::size_t index : drawn) drawn_total.add(groups_[index]);
      return value(drawn_total);
    };
    return {value(total_), count, bootstrap(groups_.size(), resampled, options_)};
  }

 private:
  const std::vector<Tally>& groups_;
  Dependence dependence_;
  BootstrapOptions options_;
  Tally total_;
};

}  // namespace

Kpis compute(std::span<const GridRun> runs, Dependence dependence,
             const BootstrapOptions& options) {
  const std::vector<Tally> groups = group(runs, dependence);
  const Figures figures(groups, dependence, options);
  const Tally& total = figures.total();
  Kpis kpis;
  kpis.left_out = static_cast<int>(
      std::count_if(runs.begin(), runs.end(), [](const GridRun& run) { return !run.price.known; }));
  kpis.runs = static_cast<int>(runs.size()) - kpis.left_out;
  kpis.undecided_exits = total.undecided_exits;
  kpis.slar = figures.rate(&Tally::stops_avoided);
  kpis.prr = figures.sum(total.exited_runs, retention);
  kpis.ttdr = figures.rate(&Tally::detected);
  kpis.ttdr_early = figures.rate(&Tally::detected_early);
  kpis.fer = figures.rate(&Tally::false_exits);
  kpis.ert_median = figures.hours(&Tally::reaction_hours, 0.5);
  kpis.ert_p90 = figures.hours(&Tally::reaction_hours, 0.9);
  kpis.eaw_median = figures.hours(&Tally::advance_hours, 0.5);
  kpis.eaw_over_2h = figures.rate(&Tally::warned_over_2h);
  kpis.warning_share = figures.sum(total.hours_above_normal.cases, share_above_normal);
  kpis.mec = figures.sum(total.missed, missed_cost);
  kpis.wpr_24h = figures.rate(&Tally::spells_right_24h);
  kpis.wpr_72h = figures.rate(&Tally::spells_right_72h);
  return kpis;
}

}  // namespace gridexit::kpi
