#pragma once
// The description of `ledger.yaml` in the state folder: deliveries, waiting alerts, failure streaks
// (SPEC.md section 2).

#include "about.hpp"
#include "gridexit/domain/ledger.hpp"

namespace gridexit::codec {

template <class V, Is<Delivery> D>
void describe(V& v, D& d) {
  v.field("message_id", d.message_id, {.doc = "The message.", .text = TextKind::filled});
  v.field("channel", d.channel, {.doc = "The channel that settled it.", .text = TextKind::filled});
  v.field("status", d.status, {.doc = "How it was settled.", .required = true});
  v.field("at", d.at, {.doc = "The hour of the run that settled it (T).", .required = true});
}

template <class V, Is<FailureStreak> D>
void describe(V& v, D& d) {
  v.field("key", d.key, {.doc = "What fails.", .text = TextKind::filled});
  v.field("since", d.since, {.doc = "The first hour.", .required = true});
  v.field("last", d.last, {.doc = "The newest hour.", .required = true});
  v.field("count", d.count, {.doc = "Hours in a row.", .min = 0});
  v.field("alerted_at", d.alerted_at, {.doc = "The hour of the last alert."});
}

template <class V, Is<Message> D>
void describe(V& v, D& d) {
  v.field("id", d.id, {.doc = "Stable over repetitions.", .text = TextKind::filled});
  v.field("kind", d.kind, {.doc = "What it is about."});
  v.field("event", d.event, {.doc = "The event's name."});
  v.field("symbol", d.symbol, {.doc = "The market; empty for the whole run."});
  v.field("timestamp", d.timestamp, {.doc = "The hour (T).", .required = true});
  v.field("problems", d.problems,
          {.doc = "What failed, and what that does.", .style = Style::flow});
  v.field("head", d.head, {.doc = "HEAD's commit; empty when not recorded."});
  v.field("page", d.page, {.doc = "Where to read on."});
  v.field("title", d.title, {.doc = "One line."});
  v.field("text", d.text, {.doc = "All of it, for people."});
  v.field("priority", d.priority, {.doc = "Pushover's.", .min = -2, .max = 2});
}

template <class V, Is<Ledger> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("deliveries", d.deliveries,
          {.doc = "Settled messages of the last 48 h.", .style = Style::flow});
  v.field("pending_alerts", d.pending_alerts,
          {.doc = "Alerts that some channel has not taken yet."});
  v.field("failures", d.failures, {.doc = "What fails run after run.", .style = Style::flow});
}

}  // namespace gridexit::codec
