#include "gridexit/backtest/lookahead.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "gridexit/backtest/replay.hpp"
#include "gridexit/backtest/sweep.hpp"
#include "gridexit/backtest/timeline.hpp"

namespace gridexit::backtest {
namespace {

/// All that came out of some candles.
struct Outcome {
  Track track;
  Timeline timeline;
  std::vector<Sequence> sequences;

  Outcome(Track made, const Rules& rules, const Harness& harness)
      : track(std::move(made)),
        timeline(track, rules),
        sequences(replay({track, timeline, rules}, harness, ExitRulesPolicy{})) {}
};

std::string at_close(const Track& track, std::size_t bar) {
  return format_hour(track.bars.view().time[bar] + length(Timeframe::h1));
}

/// The first of the bars [from, size of `part`) that is judged otherwise than in `whole`, where
/// each lies `shift` bars later.
std::optional<std::string> judged_otherwise(const Track& whole, const Timeline& expected,
                                            const Track& part, const Timeline& actual,
                                            std::size_t from, std::size_t shift) {
  for (std::size_t bar = from; bar < part.size(); ++bar) {
    const bool evaluated = part.evaluated(bar);
    const bool same = evaluated == whole.evaluated(bar + shift) &&
                      (!evaluated || actual.verdict(bar) == expected.verdict(bar + shift));
    if (!same) return fmt::format("verdict or confidence at {}", at_close(part, bar));
  }
  return std::nullopt;
}

/// Whether a run of the cut data is the beginning of the same run.
bool begins(const kpi::GridRun& run, const kpi::GridRun& whole) {
  return run.start == whole.start && run.end() <= whole.end() &&
         std::equal(run.states.begin(), run.states.end(), whole.states.begin()) &&
         std::equal(run.pnl.begin(), run.pnl.end(), whole.pnl.begin());
}

std::optional<std::string> run_otherwise(const Sequence& whole, const Sequence& part) {
  for (std::size_t i = 0; i < part.runs.size(); ++i) {
    const bool same = i < whole.runs.size() && begins(part.runs[i], whole.runs[i]);
    if (!same) {
      return fmt::format("run of {} from {} (offset {})", part.symbol,
                         format_hour(part.runs[i].start), part.offset);
    }
  }
  return std::nullopt;
}

std::optional<std::string> first_difference(const Outcome& whole, const Outcome& part) {
  auto what = judged_otherwise(whole.track, whole.timeline, part.track, part.timeline, 0, 0);
  for (std::size_t i = 0; !what && i < part.sequences.size(); ++i) {
    what = run_otherwise(whole.sequences[i], part.sequences[i]);
  }
  return what;
}

}  // namespace

std::vector<Difference> check_lookahead(CandleView delivered_1h, const TrackFactory& make,
                                        const Rules& rules, const Harness& harness, int samples) {
  std::vector<Difference> found;
  if (delivered_1h.size() <= harness.first_bar || samples < 1) return found;
  const Outcome whole(make(delivered_1h), rules, harness);
  const std::size_t span = delivered_1h.size() - harness.first_bar;
  const auto count = static_cast<std::size_t>(samples);
  for (std::size_t i = 1; i <= count; ++i) {
    const std::size_t kept = harness.first_bar + span * i / (count + 1);
    const CandleView past = delivered_1h.part(0, kept);
    const Outcome part(make(past), rules, harness);
    if (auto what = first_difference(whole, part)) {
      found.push_back({past.time.back() + length(Timeframe::h1), std::move(*what)});
    }
  }
  return found;
}

std::vector<Difference> check_warm_up(CandleView delivered_1h, const TrackFactory& make,
                                      const Rules& rules, const Harness& harness) {
  if (delivered_1h.size() <= 2 * harness.first_bar) return {};
  const std::size_t cut = harness.first_bar;
  const Track whole = make(delivered_1h);
  const Track part = make(delivered_1h.part(cut, delivered_1h.size() - cut));
  if (part.bars.empty()) return {};
  const std::size_t shift = whole.size() - part.size();
  const auto what = judged_otherwise(whole, Timeline(whole, rules), part, Timeline(part, rules),
                                     harness.first_bar, shift);
  if (!what) return {};
  return {{part.bars.view().time.front(), *what}};
}

}  // namespace gridexit::backtest
