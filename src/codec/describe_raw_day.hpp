#pragma once
// The description of `raw_data/{symbol}/…/{YYYY-MM-DD}.json`. Used to write and for the schema;
// reading goes straight from text into the candle series (raw_day.cpp).

#include "about.hpp"
#include "gridexit/domain/raw_day.hpp"

namespace gridexit::codec {

template <class V, Is<RawDay> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("symbol", d.symbol, {.doc = "The market.", .text = TextKind::symbol, .required = true});
  v.field("date", d.date, {.doc = "The UTC day.", .text = TextKind::date, .required = true});
  v.field("source", d.source, {.doc = "Where the candles came from.", .text = TextKind::name});
  v.object(
      "candles",
      {.doc = "Rows of open time (unix seconds), open, high, low, close, volume; only ever added."},
      [&d](V& inner) {
        inner.field("1h", d.h1, {.doc = "The day's closed 1h bars."});
        inner.field("15m", d.m15, {.doc = "The day's closed 15m bars."});
        inner.field("1m", d.m1, {.doc = "Empty until the day is complete."});
      });
}

}  // namespace gridexit::codec
