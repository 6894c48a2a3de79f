#pragma once
// The description of `metrics/{symbol}/…/{YYYY-MM-DD}-{HH}.failed.yaml` (SPEC.md section 4).

#include "about.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::codec {

template <class V, Is<FailedAttempt> D>
void describe(V& v, D& d) {
  v.field("at", d.at, {.doc = "When.", .required = true});
  v.field("code", d.code, {.doc = "The error's id.", .text = TextKind::filled});
  v.field("message", d.message, {.doc = "The error in words."});
}

template <class V, Is<FailedHour> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("symbol", d.symbol, {.doc = "The market.", .text = TextKind::symbol, .required = true});
  v.field("timestamp", d.timestamp,
          {.doc = "The hour that has no evaluation (T).", .required = true});
  v.field("attempts", d.attempts, {.doc = "Each attempt, append-only.", .style = Style::flow});
}

}  // namespace gridexit::codec
