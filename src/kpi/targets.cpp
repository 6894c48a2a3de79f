#include "gridexit/kpi/targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "gridexit/base/number.hpp"

namespace gridexit::kpi {
namespace {

constexpr std::string_view kNoRun = "no run is counted yet";
constexpr std::string_view kNoBreak = "no break was faced yet";
constexpr std::string_view kNoAnswer = "no exit was answered yet";
constexpr std::string_view kNoSpell = "no warning is old enough to be judged";

bool has_target(const Description& kpi) {
  return kpi.at_least || kpi.at_most || kpi.below;
}

bool holds(const Description& kpi, double value) {
  return (!kpi.at_least || value >= *kpi.at_least) && (!kpi.at_most || value <= *kpi.at_most) &&
         (!kpi.below || value < *kpi.below);
}

std::optional<double> rounded(std::optional<double> value) {
  constexpr double kPlaces = 1e6;
  if (!value) return value;
  return std::round(*value * kPlaces) / kPlaces + 0.0;
}

std::optional<std::string> reason_of(const Description& kpi, const Kpis& kpis,
                                     const KpiFigure& figure) {
  if (kpis.runs == 0) return std::string(kNoRun);
  if (!figure.value && kpi.name == "fer" && kpis.undecided_exits > 0) {
    return kpis.undecided_exits == 1
               ? std::string("the 72 h after the only exit are not over")
               : fmt::format("the 72 h after {} exits are not over", kpis.undecided_exits);
  }
  if (!figure.value || (figure.count == 0 && kpi.name == "mec")) return std::string(kpi.none);
  if (!figure.low) return "no interval: it needs two runs at least";
  return std::nullopt;
}

}  // namespace

std::span<const Description> descriptions() {
  static const std::array all{
      Description{"slar",
                  "SLAR   stop-loss avoided",
                  &Kpis::slar,
                  2,
                  0.90,
                  {},
                  {},
                  "no run has met its stop-loss"},
      Description{
          "prr", "PRR    profit kept", &Kpis::prr, 2, 0.80, {}, {}, "no run has had an exit"},
      Description{"ttdr", "TTDR   transitions detected", &Kpis::ttdr, 2, 0.90, {}, {}, kNoBreak},
      Description{
          "ttdr_early", "       1 h or more before", &Kpis::ttdr_early, 2, {}, {}, {}, kNoBreak},
      Description{
          "fer", "FER    false exits", &Kpis::fer, 2, {}, {}, 0.30, "there was no exit yet"},
      Description{"ert_median",
                  "ERT    reaction, hours, median",
                  &Kpis::ert_median,
                  1,
                  {},
                  1.0,
                  {},
                  kNoAnswer},
      Description{"ert_p90", "       90 of 100", &Kpis::ert_p90, 1, {}, {}, {}, kNoAnswer},
      Description{"eaw_median",
                  "EAW    warning, hours, median",
                  &Kpis::eaw_median,
                  1,
                  12.0,
                  {},
                  {},
                  kNoBreak},
      Description{"eaw_over_2h", "       over 2 h", &Kpis::eaw_over_2h, 2, 0.80, {}, {}, kNoBreak},
      Description{"warning_share",
                  "       share of hours above NORMAL",
                  &Kpis::warning_share,
                  2,
                  {},
                  {},
                  {},
                  "no run has lasted an hour"},
      Description{"mec",
                  "MEC    missed exits cost, quote",
                  &Kpis::mec,
                  0,
                  {},
                  {},
                  {},
                  "no break was missed"},
      Description{
          "wpr_24h", "WPR    warnings come true in 24 h", &Kpis::wpr_24h, 2, {}, {}, {}, kNoSpell},
      Description{"wpr_72h", "       in 72 h", &Kpis::wpr_72h, 2, {}, {}, {}, kNoSpell}};
  return all;
}

const Description* description_of(std::string_view name) {
  const auto all = descriptions();
  const auto found =
      std::find_if(all.begin(), all.end(), [name](const auto& kpi) { return kpi.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::string target_text(const Description& kpi) {
  if (kpi.at_least) return ">= " + format_fixed(kpi.at_least, kpi.decimals);
  if (kpi.at_most) return "<= " + format_fixed(kpi.at_most, kpi.decimals);
  return kpi.below ? "< " + format_fixed(kpi.below, kpi.decimals) : std::string();
}

std::string verdict(const Description& kpi, const Figure& figure) {
  if (!has_target(kpi)) return "";
  if (!figure.value || figure.count < kEnoughCases) return "not enough data";
  const bool met = holds(kpi, *figure.value);
  // Resampling cases that all came out alike gives no width, which proves nothing.
  const auto& interval = figure.interval;
  const bool sure = interval && interval->low < interval->high &&
                    holds(kpi, interval->low) == met && holds(kpi, interval->high) == met;
  return fmt::format("{}{}", met ? "met" : "missed", sure ? "" : ", not proven");
}

std::vector<KpiFigure> figures(const Kpis& kpis) {
  std::vector<KpiFigure> list;
  for (const Description& kpi : descriptions()) {
    const Figure& figure = kpis.*kpi.figure;
    KpiFigure entry;
    entry.name = kpi.name;
    // A sum over nothing and a share of no hours say nothing while no run is counted.
    if (kpis.runs > 0) entry.value = rounded(figure.value);
    entry.count = figure.count;
    if (figure.interval && entry.value) {
      entry.low = rounded(figure.interval->low);
      entry.high = rounded(figure.interval->high);
    }
    entry.target = target_text(kpi);
    entry.verdict = verdict(kpi, figure);
    entry.reason = reason_of(kpi, kpis, entry);
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace gridexit::kpi
