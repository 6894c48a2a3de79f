#pragma once
// What one evaluated hour leads to, and the document `unrecorded.SYMBOL.yaml` of the state folder,
// in which it waits when it could not be committed.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit {

/// Documents that are to be written are values here.
struct HourOutcome {
  MetricsRecord record;
  std::optional<Transition> transition;
  std::optional<Notified> notified;        ///< a message of this state is due
  std::optional<DecisionRecord> decision;  ///< a decision record is due
};

/// Hours of one symbol that were evaluated and told, but not committed; oldest first, each
/// following the one before it. May be deleted at any time: then the state before them is what is
/// remembered.
struct UnrecordedHours {
  std::string schema_version = "2.0";
  std::vector<HourOutcome> hours;
};

}  // namespace gridexit
