#pragma once
// The follow-ups that a commit appended to a decision, made again from what the repository held
// then. What the operator recorded at the same time may not have been seen yet by the run that
// wrote them: any part of it may be missing.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/domain/rules.hpp"
#include "recorded_past.hpp"
#include "rederive.hpp"

namespace gridexit::pipeline {

struct FollowUpContext {
  const RecordedPast& past;
  /// All grids, as they stand and as they stood when the symbol was last recorded.
  std::vector<std::vector<Grid>> grids;
  /// The rules of the symbol's record of that hour in the same commit; null when there is none.
  std::function<const Rules*(UtcTime at)> rules;
  /// A record by its path; nothing when it is not there.
  std::function<Result<std::optional<MetricsRecord>>(const std::string& path)> record;
};

/// How the follow-ups of `after` beyond the first `known` do not follow; nothing when they do.
std::optional<Mismatch> rederive_follow_ups(const DecisionRecord& after, std::size_t known,
                                            const FollowUpContext& context);

}  // namespace gridexit::pipeline
