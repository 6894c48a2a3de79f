#pragma once
// The description of `kpis/{YYYY}/{YYYY-MM-DD}.yaml` (SPEC.md section 5).

#include "about.hpp"
#include "gridexit/domain/kpi_day.hpp"

namespace gridexit::codec {

template <class V, Is<KpiFigure> D>
void describe(V& v, D& d) {
  v.field("name", d.name, {.doc = "Which figure.", .text = TextKind::name, .required = true});
  v.field("value", d.value, {.doc = "The figure; null: see reason."});
  v.field("low", d.low, {.doc = "Lower end of the 95 % interval."});
  v.field("high", d.high, {.doc = "Upper end of the 95 % interval."});
  v.field("count", d.count, {.doc = "Cases behind it.", .min = 0});
  v.field("target", d.target, {.doc = "What it should be; empty: no target."});
  v.field("verdict", d.verdict, {.doc = "Whether the target is met, and whether that is proven."});
  v.field("reason", d.reason, {.doc = "Why there is no value, or no interval."});
}

template <class V, Is<KpiRun> D>
void describe(V& v, D& d) {
  v.field("grid_id", d.grid_id, {.doc = "The grid.", .text = TextKind::name, .required = true});
  v.field("symbol", d.symbol, {.doc = "The market.", .text = TextKind::symbol, .required = true});
  v.field("started", d.started, {.doc = "When it was started.", .required = true});
  v.field("stopped", d.stopped, {.doc = "When it was stopped; null: running."});
  v.field("counted", d.counted, {.doc = "Whether the figures count it."});
  v.field("reason", d.reason, {.doc = "Why it is not counted."});
}

template <class V, Is<KpiMarketDay> D>
void describe(V& v, D& d) {
  v.field("symbol", d.symbol, {.doc = "The market.", .text = TextKind::symbol, .required = true});
  v.field("evaluations", d.evaluations, {.doc = "Hours with a record.", .min = 0});
  v.field("failed_hours", d.failed_hours, {.doc = "Hours with failed attempts.", .min = 0});
  v.field("running_hours", d.running_hours, {.doc = "Hours that a grid ran.", .min = 0});
  v.field("hours_above_normal", d.hours_above_normal,
          {.doc = "Of these, in a state above NORMAL.", .min = 0});
  v.field("exits", d.exits, {.doc = "Rises to LATEST_ACCEPTABLE_EXIT or above.", .min = 0});
  v.field("notified", d.notified, {.doc = "Messages queued about the exit state.", .min = 0});
  v.field("decisions", d.decisions, {.doc = "Decisions recorded.", .min = 0});
  v.field("answers", d.answers, {.doc = "What the operator recorded about decisions.", .min = 0});
}

template <class V, Is<KpiDay> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("date", d.date, {.doc = "The UTC day.", .text = TextKind::date, .required = true});
  v.field("source", d.source, {.doc = "Where the candles are from.", .text = TextKind::filled});
  v.object("engine", {.doc = "The program that computed it.", .style = Style::flow},
           [&d](V& inner) {
             inner.field("version", d.engine.version, {.doc = "The program's version."});
             inner.field("commit", d.engine.commit, {.doc = "The commit it was built from."});
           });
  v.field("money", d.money, {.doc = "What grids earned is simulated."});
  v.field("runs", d.runs, {.doc = "Runs of grids so far that are counted.", .min = 0});
  v.field("left_out", d.left_out, {.doc = "Runs that are not counted yet.", .min = 0});
  v.field("undecided_exits", d.undecided_exits,
          {.doc = "Exits whose 72 h are not over.", .min = 0});
  v.field("figures", d.figures,
          {.doc = "Over all runs so far, as known at the end of the day.", .style = Style::flow});
  v.field("grids", d.grids, {.doc = "The runs.", .style = Style::flow});
  v.field("day", d.day, {.doc = "What this day brought, by market.", .style = Style::flow});
}

}  // namespace gridexit::codec
