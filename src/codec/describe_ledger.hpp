#pragma once
// The description of `ledger.yaml` in the state folder: read by the next run, never committed.

#include "about.hpp"
#include "gridexit/domain/ledger.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::codec {

template <class V, Is<Delivery> D>
void describe(V& v, D& d) {
  v.field("message_id", d.message_id, {.doc = "Which message."});
  v.field("channel", d.channel, {.doc = "Which channel."});
  v.field("status", d.status, {.doc = "How it ended."});
  v.field("at", d.at, {.doc = "When."});
}

template <class V, Is<Message> D>
void describe(V& v, D& d) {
  v.field("id", d.id, {.doc = "Stable over repetitions."});
  v.field("kind", d.kind, {.doc = "Kind of event."});
  v.field("event", d.event, {.doc = "The event, or the alert's error id."});
  v.field("symbol", d.symbol, {.doc = "Empty for what concerns the whole run."});
  v.field("grid_id", d.grid_id, {.doc = "The grid."});
  v.field("timestamp", d.timestamp, {.doc = "The hour evaluated (T)."});
  v.field("state", d.state, {.doc = "Exit state."});
  v.field("previous_state", d.previous_state, {.doc = "Exit state before."});
  v.field("action", d.action, {.doc = "Recommended action."});
  v.field("decision_id", d.decision_id, {.doc = "The decision that stands."});
  v.field("confidence", d.confidence, {.doc = "Confidence."});
  v.field("price", d.price, {.doc = "Last close."});
  v.field("break_probability", d.break_probability, {.doc = "Within 24 h."});
  v.field("reasons", d.reasons, {.doc = "Why."});
  v.field("problems", d.problems, {.doc = "What failed and what that does."});
  v.field("head", d.head, {.doc = "Commit id of HEAD."});
  v.field("page", d.page, {.doc = "URL or path."});
  v.field("title", d.title, {.doc = "Title."});
  v.field("text", d.text, {.doc = "Text for people."});
  v.field("priority", d.priority, {.doc = "Pushover's."});
}

template <class V, Is<FailureStreak> D>
void describe(V& v, D& d) {
  v.field("key", d.key, {.doc = "What fails."});
  v.field("since", d.since, {.doc = "Hour of the first failure."});
  v.field("last", d.last, {.doc = "Hour of the newest failure."});
  v.field("count", d.count, {.doc = "Hours in a row."});
  v.field("alerted_at", d.alerted_at, {.doc = "When the operator was told."});
}

template <class V, Is<Ledger> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("deliveries", d.deliveries, {.doc = "Settled messages.", .style = Style::flow});
  v.field("pending_alerts", d.pending_alerts, {.doc = "Alerts that wait."});
  v.field("failures", d.failures, {.doc = "What keeps failing.", .style = Style::flow});
}

}  // namespace gridexit::codec
