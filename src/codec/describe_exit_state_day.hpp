#pragma once
// The description of `exit_states/{symbol}/…/{YYYY-MM-DD}.yaml` (SPEC.md section 5).

#include "about.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::codec {

template <class V, Is<Transition> D>
void describe(V& v, D& d) {
  v.field("timestamp", d.timestamp, {.doc = "The hour evaluated (T).", .required = true});
  v.field("grid_id", d.grid_id, {.doc = "The grid.", .text = TextKind::name, .required = true});
  v.field("from_state", d.from_state, {.doc = "State before.", .required = true});
  v.field("to_state", d.to_state, {.doc = "State after.", .required = true});
  v.field(
      "reasons", d.reasons,
      {.doc = "The conditions that caused it, with values and thresholds.", .style = Style::flow});
  v.object("metrics", {.doc = "Metrics at the time.", .style = Style::flow}, [&d](V& inner) {
    inner.field("adx", d.adx, {.doc = "ADX of 1h."});
    inner.field("efficiency_ratio", d.efficiency_ratio, {.doc = "Efficiency ratio of 1h."});
  });
}

template <class V, Is<Notified> D>
void describe(V& v, D& d) {
  v.field("timestamp", d.timestamp, {.doc = "The hour evaluated (T).", .required = true});
  v.field("grid_id", d.grid_id, {.doc = "The grid.", .text = TextKind::name, .required = true});
  v.field("state", d.state, {.doc = "The state that a message was queued for.", .required = true});
}

template <class V, Is<ExitStateDay> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("symbol", d.symbol, {.doc = "The market.", .text = TextKind::symbol, .required = true});
  v.field("date", d.date, {.doc = "The UTC day.", .text = TextKind::date, .required = true});
  v.field("transitions", d.transitions, {.doc = "Changes of state, append-only."});
  v.field("notified", d.notified, {.doc = "Messages queued, append-only.", .style = Style::flow});
}

}  // namespace gridexit::codec
