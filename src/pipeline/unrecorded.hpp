#pragma once
// Hours that were evaluated and told but could not be committed wait in the state folder, are part
// of the past of the hours after them, and are committed with the first of those that can be. So
// the exit state and the reminder gaps outlive a repository that can't be written for a while.

#include <optional>
#include <string_view>
#include <vector>

#include "gridexit/domain/hour_outcome.hpp"
#include "gridexit/ports/local_state.hpp"

namespace gridexit::pipeline {

/// The symbol's waiting hours before `at` that follow `newest`, the newest committed record; none
/// where they follow another one, because somebody wrote the history meanwhile. Error: io,
/// document_invalid.
Result<std::vector<HourOutcome>> unrecorded_hours(ports::LocalState& state, std::string_view symbol,
                                                  const std::optional<PreviousRecord>& newest,
                                                  UtcTime at);

/// Replaces the symbol's waiting hours. Error: io.
Result<void> keep_unrecorded(ports::LocalState& state, std::string_view symbol,
                             const std::vector<HourOutcome>& hours);

}  // namespace gridexit::pipeline
