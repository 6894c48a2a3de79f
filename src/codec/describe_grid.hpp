#pragma once
// The description of `grids/{grid_id}.yaml` (SPEC.md section 5). Written by hand as well, so it is
// lenient where a default is harmless.

#include <algorithm>

#include "about.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::codec {

template <class V, Is<GridVersion> D>
void describe(V& v, D& d) {
  v.field("from", d.from, {.doc = "In force from this time on.", .required = true});
  v.field(
      "lower", d.lower,
      {.doc = "Lower bound, quote per base.", .above = 0, .max = kLargestAmount, .required = true});
  v.field(
      "upper", d.upper,
      {.doc = "Upper bound, quote per base.", .above = 0, .max = kLargestAmount, .required = true});
  v.field("cells", d.cells, {.doc = "Number of cells.", .min = 1, .max = 1000, .required = true});
  v.field("spacing", d.spacing, {.doc = "How the lines are spaced.", .required = true});
  v.field("amount_per_grid", d.amount_per_grid,
          {.doc = "Base per cell.", .above = 0, .max = kLargestAmount, .absent_when_unset = true});
  v.field("capital_quote", d.capital_quote,
          {.doc = "Capital in all, quote.",
           .above = 0,
           .max = kLargestAmount,
           .absent_when_unset = true});
  v.field(
      "entry_price", d.entry_price,
      {.doc = "Price at the start.", .above = 0, .max = kLargestAmount, .absent_when_unset = true});
  v.field("fee", d.fee, {.doc = "Share of each fill.", .min = 0, .max = 0.05, .defaulted = true});
  v.field("stop_loss", d.stop_loss,
          {.doc = "Price at which all is sold.",
           .above = 0,
           .max = kLargestAmount,
           .absent_when_unset = true});
  v.field("take_profit", d.take_profit,
          {.doc = "Price at which the grid ends with a profit.",
           .above = 0,
           .max = kLargestAmount,
           .absent_when_unset = true});
  v.exactly_one("amount_per_grid", d.amount_per_grid.has_value(), "capital_quote",
                d.capital_quote.has_value());
  v.check(d.lower < d.upper, "upper", "must be above lower");
  v.check(!d.stop_loss || *d.stop_loss < d.lower, "stop_loss", "must be below lower");
  v.check(!d.take_profit || *d.take_profit > d.upper, "take_profit", "must be above upper");
}

template <class V, Is<GridEvent> D>
void describe(V& v, D& d) {
  constexpr bool reading = !std::is_const_v<D>;
  std::optional<UtcTime> enabled;
  std::optional<UtcTime> disabled;
  if constexpr (!reading) (d.enabled ? enabled : disabled) = d.time;
  v.field("enabled", enabled, {.doc = "Time of a start.", .absent_when_unset = true});
  v.field("disabled", disabled, {.doc = "Time of a stop.", .absent_when_unset = true});
  v.field("reason", d.reason, {.doc = "Why."});
  v.field("by", d.by, {.doc = "Who."});
  v.field("decision_id", d.decision_id,
          {.doc = "The decision that was followed.",
           .text = TextKind::decision_id,
           .absent_when_unset = true});
  v.exactly_one("enabled", enabled.has_value(), "disabled", disabled.has_value());
  if constexpr (reading) {
    d.enabled = enabled.has_value();
    d.time = enabled ? *enabled : disabled.value_or(UtcTime{});
  }
}

template <class V, Is<Grid> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("grid_id", d.grid_id,
          {.doc = "The grid's name, that of its file.", .text = TextKind::name, .required = true});
  v.field("symbol", d.symbol, {.doc = "The market.", .text = TextKind::symbol, .required = true});
  v.field("exchange", d.exchange,
          {.doc = "Where it runs.", .text = TextKind::filled, .defaulted = true});
  v.field("versions", d.versions, {.doc = "Definitions, append-only.", .required = true});
  v.field("history", d.history,
          {.doc = "Starts and stops, append-only; the only truth on running or not.",
           .defaulted = true,
           .style = Style::flow});
  v.check(!d.versions.empty(), "versions", "must hold at least one version");
  v.check(
      std::is_sorted(d.versions.begin(), d.versions.end(),
                     [](const GridVersion& a, const GridVersion& b) { return a.from < b.from; }),
      "versions", "must be in ascending order of from");
  v.check(std::is_sorted(d.history.begin(), d.history.end(),
                         [](const GridEvent& a, const GridEvent& b) { return a.time < b.time; }),
          "history", "must be in ascending order of time");
}

}  // namespace gridexit::codec
