#pragma once
// The description of `decisions/…/dec-{symbol}-{HHMMSS}.yaml` (SPEC.md section 5).

#include "about.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::codec {

template <class V, Is<Proposal> D>
void describe(V& v, D& d) {
  v.field("lower", d.lower, {.doc = "Lower bound, quote per base.", .above = 0});
  v.field("upper", d.upper, {.doc = "Upper bound, quote per base.", .above = 0});
  v.field("cells", d.cells, {.doc = "Number of cells.", .min = 1});
  v.field("spacing", d.spacing, {.doc = "How the lines are spaced."});
  v.field("stop_loss", d.stop_loss, {.doc = "Stop-loss, quote per base."});
  v.field("capital_quote", d.capital_quote, {.doc = "Capital, quote.", .min = 0});
  v.field("amount_per_grid", d.amount_per_grid, {.doc = "Base per cell.", .min = 0});
  v.field("profit_per_grid_pct", d.profit_per_grid_pct, {.doc = "After fees, per cent."});
  v.field("allocation_pct", d.allocation_pct,
          {.doc = "Share of the full allocation, per cent.", .min = 0, .max = 100});
}

template <class V, Is<Recommendation> D>
void describe(V& v, D& d) {
  v.field("type", d.type, {.doc = "Kind of recommendation."});
  v.field("action", d.action, {.doc = "What the operator is told to do.", .required = true});
  v.field("confidence", d.confidence, {.doc = "Confidence in the verdict.", .min = 0, .max = 1});
  v.field("urgency", d.urgency, {.doc = "How soon."});
  v.field("rationale", d.rationale, {.doc = "Why, one reason each."});
  v.field("proposal", d.proposal,
          {.doc = "The grid to set up by hand; null unless one is recommended."});
  v.field("price", d.price, {.doc = "Close when it was made.", .above = 0, .defaulted = true});
  v.field("atr", d.atr, {.doc = "ATR of 1h when it was made.", .min = 0, .defaulted = true});
}

template <class V, Is<Lineage> D>
void describe(V& v, D& d) {
  v.field("metrics_file", d.metrics_file, {.doc = "The record that the decision follows from."});
  v.field("dataset_hash", d.dataset_hash, {.doc = "The record's dataset hash."});
  v.field("config_version", d.config_version, {.doc = "The configuration that decided."});
  v.field("engine_version", d.engine_version, {.doc = "The program that decided."});
}

template <class V, Is<ActionRecord> D>
void describe(V& v, D& d) {
  v.field("at", d.at, {.doc = "When.", .required = true});
  v.field("by", d.by, {.doc = "Who.", .text = TextKind::filled});
  v.field("action", d.action, {.doc = "What the operator did.", .required = true});
  v.field("price", d.price,
          {.doc = "Price of the execution.", .above = 0, .absent_when_unset = true});
  v.field("note", d.note, {.doc = "In the operator's words.", .absent_when_unset = true});
  v.field("until", d.until, {.doc = "How long a decline stands.", .absent_when_unset = true});
}

template <class V, Is<EvaluationRecord> D>
void describe(V& v, D& d) {
  v.field("horizon", d.horizon,
          {.doc = "24h, 72h or 7d.", .text = TextKind::filled, .required = true});
  v.field("evaluated_at", d.evaluated_at, {.doc = "When it was judged.", .required = true});
  v.field("recommendation_quality", d.recommendation_quality,
          {.doc = "Was the recommendation right."});
  v.field("action_quality", d.action_quality, {.doc = "Was the action right."});
  v.field("economic_impact_usd", d.economic_impact_usd, {.doc = "What it gained or cost."});
  v.field("note", d.note, {.doc = "How this was found."});
}

template <class V, Is<DecisionRecord> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("decision_id", d.decision_id,
          {.doc = "dec-{symbol}-{YYYYMMDD}T{HHMMSS}Z.",
           .text = TextKind::decision_id,
           .required = true});
  v.field("symbol", d.symbol, {.doc = "The market.", .text = TextKind::symbol, .required = true});
  v.field("grid_id", d.grid_id,
          {.doc = "The running grid; null for a setup.", .text = TextKind::name});
  v.field("created_at", d.created_at, {.doc = "The hour evaluated (T).", .required = true});
  v.field("valid_until", d.recommendation.valid_until,
          {.doc = "End of validity; null: until the next decision."});
  v.field("recommendation", d.recommendation, {.doc = "Immutable."});
  v.field("lineage", d.lineage, {.doc = "What it follows from."});
  v.field("action_records", d.action_records,
          {.doc = "What the operator did, append-only.", .style = Style::flow});
  v.field("evaluation_records", d.evaluation_records,
          {.doc = "How it looks later, append-only.", .style = Style::flow});
}

}  // namespace gridexit::codec
