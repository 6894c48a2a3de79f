#pragma once
// A track as one set of regime, confidence and gate rules judges it: verdict and confidence of
// every hour, and the hours at which the gates are passed. Needs no grid; exit rules look back
// into it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gridexit/backtest/track.hpp"
#include "gridexit/domain/regime.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::backtest {

class Timeline {
 public:
  /// Judges every evaluation of the track in turn (STRATEGY.md sections 2 and 3). Of the
  /// confidence penalties only `young_verdict` and `timeframes_disagree` are applied
  /// (EVALUATION.md): the others depend on a grid or on how the data were delivered.
  Timeline(const Track& track, const Rules& given);

  /// The consecutive evaluations up to the bar's close, oldest first, at most `memory_length` of
  /// the rules; that of the bar itself is the last. Only for bars that were evaluated.
  std::span<const VerdictMemory> memory(std::size_t bar) const;
  const VerdictMemory& verdict(std::size_t bar) const { return memory(bar).back(); }
  /// Whether the evaluation at the bar's close continues the one before it (section 0).
  bool continues(std::size_t bar) const { return spans_[bar].first + 1 < spans_[bar].end; }

 private:
  struct Span {
    std::uint32_t first = 0;  ///< the evaluation with which the memory began
    std::uint32_t end = 0;    ///< one past the bar's own evaluation
  };

  std::vector<VerdictMemory> memory_;  ///< one per evaluation
  std::vector<Span> spans_;            ///< one per bar
  std::size_t length_ = 0;
};

/// Per bar, whether all three gates are passed at its close (1) or not (0). The counters run from
/// `first_bar` on, whether a grid runs or not.
std::vector<std::uint8_t> gates_passed(const Track& track, const Timeline& timeline,
                                       const Rules& rules, std::size_t first_bar);

}  // namespace gridexit::backtest
