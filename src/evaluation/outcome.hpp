#pragma once
// What follows from a finished record: transition, notification, decision document.

#include <optional>
#include <vector>

#include "gridexit/decision/recommend.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::evaluation {

/// The change of state with its reasons; none when the state stayed.
std::optional<Transition> transition(const MetricsRecord& record);

/// A message of this state is due: every rise at once, reminders at their gap while it lasts,
/// NORMAL once on return.
std::optional<Notified> notification(const MetricsRecord& record,
                                     const std::vector<Notified>& recent,
                                     const ReminderRules& rules);

/// The decision document of a recommendation that is due to be recorded.
DecisionRecord decision_record(const MetricsRecord& record, const Recommendation& recommendation);

}  // namespace gridexit::evaluation
