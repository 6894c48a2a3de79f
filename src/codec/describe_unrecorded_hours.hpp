#pragma once
// The description of `unrecorded.SYMBOL.yaml` in the state folder: read by the next run, never
// committed as it is.

#include "describe_decision.hpp"
#include "describe_exit_state_day.hpp"
#include "describe_metrics_record.hpp"
#include "gridexit/domain/hour_outcome.hpp"

namespace gridexit::codec {

template <class V, Is<HourOutcome> D>
void describe(V& v, D& d) {
  v.field("record", d.record, {.doc = "The evaluation.", .required = true});
  v.field("transition", d.transition, {.doc = "Change of the exit state; null without one."});
  v.field("notified", d.notified, {.doc = "Message queued; null without one."});
  v.field("decision", d.decision, {.doc = "Decision record; null without one."});
}

template <class V, Is<UnrecordedHours> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("hours", d.hours, {.doc = "Oldest first."});
}

}  // namespace gridexit::codec
