#pragma once
// The description of `metrics/{symbol}/…/{YYYY-MM-DD}-{HH}.yaml` (SPEC.md section 5).

#include "about.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::codec {

enum class MetricStatus { ok, failed };
constexpr auto enum_names(MetricStatus) {
  return NameTable<2>{"ok", "failed"};
}

template <class V, Is<PreviousRecord> D>
void describe(V& v, D& d) {
  v.field("path", d.path,
          {.doc = "Path of the record within the repository.", .text = TextKind::filled});
  v.field("blob", d.blob, {.doc = "Git blob id of the record.", .text = TextKind::object_id});
}

template <class V, Is<EngineVersion> D>
void describe(V& v, D& d) {
  v.field("version", d.version, {.doc = "The program's version."});
  v.field("commit", d.commit, {.doc = "The commit that the program was built from."});
}

template <class V, Is<ConfigVersion> D>
void describe(V& v, D& d) {
  v.field("version", d.version,
          {.doc = "Git commit of the configuration, outside git its SHA-256."});
  v.field(
      "fallback", d.fallback,
      {.doc = "Not all of the newest configuration was valid: an earlier one decided, or this one "
              "without its invalid overrides."});
}

template <class V, Is<DataProblem> D>
void describe(V& v, D& d) {
  v.field("code", d.code, {.doc = "Kind of problem.", .text = TextKind::filled});
  v.field("message", d.message, {.doc = "The problem in words."});
}

template <class V, Is<WindowFacts> D>
void describe(V& v, D& d) {
  v.field("bars", d.bars, {.doc = "Bars in the window, filled ones included.", .min = 0});
  v.field("filled", d.filled, {.doc = "Flat bars put in for missing ones.", .min = 0});
  v.field("first", d.first, {.doc = "Open time of the oldest bar."});
  v.field("last", d.last, {.doc = "Open time of the newest bar."});
  v.field("gaps", d.gaps, {.doc = "Runs of missing bars.", .min = 0});
}

template <class V, Is<DataFacts> D>
void describe(V& v, D& d) {
  v.field("ok", d.ok, {.doc = "The integrity gate found nothing that lowers confidence."});
  v.field("source", d.source, {.doc = "Where the candles came from.", .text = TextKind::filled});
  v.field(
      "dataset_hash", d.dataset_hash,
      {.doc = "SHA-256 of the delivered 1h bars behind both windows.", .text = TextKind::sha256});
  v.field("grid_dataset_hash", d.grid_dataset_hash,
          {.doc = "SHA-256 of all 1h bars since the grid's start.", .text = TextKind::sha256});
  v.object("timeframes", {.doc = "The windows that were computed from."}, [&d](V& inner) {
    inner.field("1h", d.h1, {.doc = "Primary timeframe.", .style = Style::flow});
    inner.field("4h", d.h4, {.doc = "Confirmation timeframe.", .style = Style::flow});
  });
  v.field("staleness_minutes", d.staleness_minutes,
          {.doc = "From the end of the newest bar to the hour evaluated."});
  v.field("problems", d.problems, {.doc = "What the integrity gate found.", .style = Style::flow});
}

template <class V, Is<PriceFacts> D>
void describe(V& v, D& d) {
  v.field("close", d.close, {.doc = "Last 1h close, quote per base.", .above = 0});
  v.field("atr", d.atr, {.doc = "ATR(14) of 1h, quote per base; null when unknown.", .min = 0});
  v.field("change_24h_pct", d.change_24h_pct, {.doc = "Change over 24 h in per cent."});
  v.field("high_24h", d.high_24h, {.doc = "Highest price of 24 h."});
  v.field("low_24h", d.low_24h, {.doc = "Lowest price of 24 h."});
}

template <class V, class D>
void describe_metric(V& v, D& d) {
  auto status = d.ok() ? MetricStatus::ok : MetricStatus::failed;
  v.field("value", d.value, {.doc = "The metric; null when it failed, never 0 instead."});
  v.field("status", status, {.doc = "Whether there is a value."});
  v.field("reason", d.reason, {.doc = "Why there is none."});
  v.field("score", d.score, {.doc = "Range score: 1 ranging, 0 trending.", .min = 0, .max = 1});
  v.check((status == MetricStatus::ok) == d.ok(), "status", "contradicts the value");
  v.check(d.ok() != d.reason.has_value(), "reason",
          "must be there if and only if the metric failed");
}

template <class V, Is<Metric> D>
void describe(V& v, D& d) {
  describe_metric(v, d);
}

template <class V, Is<AdxMetric> D>
void describe(V& v, D& d) {
  describe_metric(v, d);
  v.field("plus_di", d.plus_di, {.doc = "+DI."});
  v.field("minus_di", d.minus_di, {.doc = "-DI."});
  v.field("value_3_bars_ago", d.value_3_bars_ago, {.doc = "The same series three bars earlier."});
  v.field("value_6_bars_ago", d.value_6_bars_ago, {.doc = "The same series six bars earlier."});
}

template <class V, Is<HalfLifeMetric> D>
void describe(V& v, D& d) {
  describe_metric(v, d);
  v.field("b", d.b, {.doc = "Slope of the regression."});
  v.field("phi", d.phi, {.doc = "1 + b."});
  v.field("t_stat", d.t_stat, {.doc = "t-statistic of b."});
}

template <class V, Is<BandwidthMetric> D>
void describe(V& v, D& d) {
  describe_metric(v, d);
  v.field("bandwidth_ratio", d.bandwidth_ratio, {.doc = "Bandwidth over its median."});
  v.field("percent_b", d.percent_b, {.doc = "Place of the close within the bands."});
  v.field("value_6_bars_ago", d.value_6_bars_ago, {.doc = "Bandwidth six bars earlier."});
}

template <class V, Is<TimeframeMetrics> D>
void describe(V& v, D& d) {
  v.field("adx", d.adx, {.doc = "Average directional index, 0 to 100.", .style = Style::flow});
  v.field("efficiency_ratio", d.efficiency_ratio,
          {.doc = "Kaufman's, 0 to 1.", .style = Style::flow});
  v.field("autocorrelation", d.autocorrelation,
          {.doc = "Of returns, lag 1.", .style = Style::flow});
  v.field("ou_half_life", d.ou_half_life,
          {.doc = "Half-life of mean reversion, hours.", .style = Style::flow});
  v.field("normalized_slope", d.normalized_slope,
          {.doc = "ATR per bar, signed.", .style = Style::flow});
  v.field("bollinger_bandwidth", d.bollinger_bandwidth,
          {.doc = "Bands (20, 2).", .style = Style::flow});
  v.field("atr", d.atr, {.doc = "ATR(14) of this timeframe; null when unknown.", .min = 0});
}

template <class V, Is<RangeScores> D>
void describe(V& v, D& d) {
  v.field("1h", d.h1, {.doc = "S(1h).", .min = 0, .max = 1});
  v.field("4h", d.h4, {.doc = "S(4h).", .min = 0, .max = 1});
  v.field("combined", d.combined, {.doc = "Weighted sum.", .min = 0, .max = 1});
}

template <class V, Is<VerdictMemory> D>
void describe(V& v, D& d) {
  v.field("raw", d.raw, {.doc = "Raw verdict."});
  v.field("verdict", d.verdict, {.doc = "Verdict."});
  v.field("confidence", d.confidence, {.doc = "Confidence.", .min = 0, .max = 1});
}

template <class V, Is<Regime> D>
void describe(V& v, D& d) {
  v.field("raw", d.raw, {.doc = "Verdict of this hour alone."});
  v.field("verdict", d.verdict, {.doc = "Verdict with memory.", .required = true});
  v.field("range_score", d.range_score,
          {.doc = "1 = ranging, 0 = trending; null without any score.", .style = Style::flow});
  v.field("hours_in_verdict", d.hours_in_verdict,
          {.doc = "Evaluations since the verdict changed.", .min = 0});
  v.field("memory", d.memory,
          {.doc = "Consecutive evaluations, oldest first, this one last.", .style = Style::flow});
}

template <class V, Is<Penalty> D>
void describe(V& v, D& d) {
  v.field("name", d.name, {.doc = "Which penalty.", .text = TextKind::filled});
  v.field("amount", d.amount, {.doc = "What it takes away.", .min = 0});
  v.field("reason", d.reason, {.doc = "Why."});
}

template <class V, Is<Confidence> D>
void describe(V& v, D& d) {
  v.field("value", d.value,
          {.doc = "Agreement of the metrics less the penalties.",
           .min = 0,
           .max = 1,
           .required = true});
  v.field("base", d.base, {.doc = "Before the penalties.", .min = 0, .max = 1});
  v.field("penalties", d.penalties, {.doc = "Each with its reason.", .style = Style::flow});
}

template <class V, Is<Gate> D>
void describe(V& v, D& d) {
  v.field("name", d.name, {.doc = "Which gate.", .text = TextKind::filled});
  v.field("holds", d.holds, {.doc = "Its conditions hold now."});
  v.field("count", d.count, {.doc = "Evaluations in a row.", .min = 0});
  v.field("values", d.values, {.doc = "Its inputs by name; null where unknown."});
}

template <class V, Is<GateEvaluation> D>
void describe(V& v, D& d) {
  v.field("gates", d.gates, {.doc = "In order; empty while a grid runs.", .style = Style::flow});
  v.field("passed", d.passed, {.doc = "All gates have held long enough."});
}

template <class V, Is<BreakProbability> D>
void describe(V& v, D& d) {
  v.field("24h", d.both, {.doc = "Chance to touch a bound within 24 h.", .min = 0, .max = 1});
  v.field("lower", d.lower, {.doc = "Of the lower bound alone.", .min = 0, .max = 1});
  v.field("upper", d.upper, {.doc = "Of the upper bound alone.", .min = 0, .max = 1});
}

template <class V, Is<Condition> D>
void describe(V& v, D& d) {
  v.field("name", d.name, {.doc = "Which condition."});
  v.field("tier", d.tier, {.doc = "The tier that it belongs to."});
  v.field("met", d.met, {.doc = "Whether it is met."});
  v.field("value", d.value, {.doc = "Value of its leading part."});
  v.field("threshold", d.threshold, {.doc = "Threshold of its leading part."});
  v.field("threat", d.threat, {.doc = "A threat among the warning conditions."});
  v.field("detail", d.detail, {.doc = "All of it in words."});
}

template <class V, Is<ExitEvaluation> D>
void describe(V& v, D& d) {
  v.field("grid_id", d.grid_id, {.doc = "The running grid.", .text = TextKind::name});
  v.field("state", d.state, {.doc = "Urgency of an exit."});
  v.field("previous", d.previous, {.doc = "State of the evaluation before."});
  v.field("tier", d.tier, {.doc = "Tier of this evaluation."});
  v.field("calm_count", d.calm_count,
          {.doc = "Evaluations in a row whose tier was below the state.", .min = 0});
  v.field("evaluations_in_state", d.evaluations_in_state,
          {.doc = "0 at the one that entered it.", .min = 0});
  v.field("break_probability", d.break_probability_24h,
          {.doc = "Null when ATR is unknown.", .style = Style::flow});
  v.field("conditions", d.conditions,
          {.doc = "All conditions, in the order of the rules.", .style = Style::flow});
}

template <class V, Is<BreakHorizons> D>
void describe(V& v, D& d) {
  v.field("6h", d.h6, {.doc = "Within 6 hours.", .min = 0, .max = 1});
  v.field("24h", d.h24, {.doc = "Within 24 hours.", .min = 0, .max = 1});
  v.field("72h", d.h72, {.doc = "Within 72 hours.", .min = 0, .max = 1});
}

template <class V, Is<FillFigures> D>
void describe(V& v, D& d) {
  v.field("from", d.from, {.doc = "Fills from here to the hour."});
  v.field("count", d.count, {.doc = "How many.", .min = 0});
  v.field("base_bought", d.base_bought, {.doc = "Base.", .min = 0});
  v.field("quote_paid", d.quote_paid, {.doc = "For what was bought, without fees.", .min = 0});
  v.field("base_sold", d.base_sold, {.doc = "Base.", .min = 0});
  v.field("quote_received", d.quote_received,
          {.doc = "For what was sold, without fees.", .min = 0});
  v.field("fees", d.fees, {.doc = "Fees taken in quote; negative when they were paid out."});
  v.field("other_fees", d.other_fees,
          {.doc = "Fills whose fee was taken in another currency.", .min = 0});
}

template <class V, Is<AccountFigures> D>
void describe(V& v, D& d) {
  v.field("base", d.base, {.doc = "Base currency, total."});
  v.field("quote", d.quote, {.doc = "Quote currency, total."});
  v.field("base_available", d.base_available, {.doc = "Base currency, not locked."});
  v.field("quote_available", d.quote_available, {.doc = "Quote currency, not locked."});
  v.field("fills", d.fills,
          {.doc = "What the account's orders did in the last 24 hours of the grid; absent when "
                  "not known.",
           .absent_when_unset = true,
           .style = Style::flow});
}

template <class V, Is<PositionRisk> D>
void describe(V& v, D& d) {
  v.field("source", d.source,
          {.doc = "estimated (simulated fills) or account.", .text = TextKind::filled});
  v.field("base", d.base, {.doc = "Base held."});
  v.field("quote", d.quote, {.doc = "Quote held."});
  v.field("average_cost", d.average_cost, {.doc = "Quote per base held."});
  v.field("capital", d.capital, {.doc = "What the grid started with, quote."});
  v.field("pnl", d.pnl, {.doc = "Liquidation value now minus capital, quote."});
  v.field("realised_profit", d.realised_profit, {.doc = "Realised, quote."});
  v.field("unrealised_profit", d.unrealised_profit, {.doc = "Unrealised, quote."});
  v.field("grid_profit", d.grid_profit, {.doc = "Matched grid profit after fees, quote."});
  v.field("loss_share", d.loss_share, {.doc = "Loss over risk.", .min = 0});
  v.field("capital_at_risk", d.capital_at_risk, {.doc = "Quote."});
  v.field("value_at_stop", d.value_at_stop,
          {.doc = "Value of all at the stop-loss; null without one."});
  v.field("distance_lower_pct", d.distance_lower_pct,
          {.doc = "To the lower bound, per cent of the close."});
  v.field("distance_upper_pct", d.distance_upper_pct,
          {.doc = "To the upper bound, per cent of the close."});
  v.field("distance_stop_pct", d.distance_stop_pct,
          {.doc = "To the stop-loss, per cent of the close."});
  v.field("distance_lower_atr", d.distance_lower_atr, {.doc = "To the lower bound, ATR."});
  v.field("distance_upper_atr", d.distance_upper_atr, {.doc = "To the upper bound, ATR."});
  v.field("distance_stop_atr", d.distance_stop_atr, {.doc = "To the stop-loss, ATR."});
  v.field("break_probability", d.break_probability,
          {.doc = "Chance to touch a bound.", .style = Style::flow});
  v.field("account", d.account,
          {.doc = "What the account shows; null without keys.", .style = Style::flow});
  v.field("difference", d.difference, {.doc = "Said when the account differs by more than 5 %."});
}

template <class V, Is<RecommendationSummary> D>
void describe(V& v, D& d) {
  v.field("type", d.type, {.doc = "Kind of recommendation."});
  v.field("action", d.action, {.doc = "What the operator is told to do."});
  v.field("decision_id", d.decision_id,
          {.doc = "The decision that stands.", .text = TextKind::decision_id});
}

template <class V, Is<Context15m> D>
void describe(V& v, D& d) {
  v.field("bars", d.bars, {.doc = "15m bars of the last hour.", .min = 0});
  v.field("change_1h_pct", d.change_1h_pct, {.doc = "Change in per cent."});
  v.field("range_1h_pct", d.range_1h_pct, {.doc = "Range in per cent."});
}

template <class V, Is<Anomaly> D>
void describe(V& v, D& d) {
  v.field("metric", d.metric, {.doc = "Which metric.", .text = TextKind::filled});
  v.field("timeframe", d.timeframe, {.doc = "1h or 4h.", .text = TextKind::filled});
  v.field("value", d.value, {.doc = "Its value."});
  v.field("expected_min", d.expected_min, {.doc = "Lower end of what is expected."});
  v.field("expected_max", d.expected_max, {.doc = "Upper end of what is expected."});
}

template <class V, Is<StepError> D>
void describe(V& v, D& d) {
  v.field("step", d.step, {.doc = "What failed.", .text = TextKind::filled});
  v.field("code", d.code, {.doc = "The error's id.", .text = TextKind::filled});
  v.field("message", d.message, {.doc = "The error in words."});
}

template <class V, Is<MetricsRecord> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("symbol", d.symbol, {.doc = "The market.", .text = TextKind::symbol, .required = true});
  v.field("timestamp", d.timestamp, {.doc = "The hour evaluated (T).", .required = true});
  v.field("origin", d.origin, {.doc = "How the record came to be."});
  v.field("previous", d.previous,
          {.doc = "The symbol's newest earlier record; null in the first.", .style = Style::flow});
  v.field("engine", d.engine, {.doc = "The program that decided.", .style = Style::flow});
  v.field("config", d.config, {.doc = "The configuration that decided.", .style = Style::flow});
  v.field("data", d.data, {.doc = "The data behind the record."});
  v.field("price", d.price, {.doc = "Prices at T.", .style = Style::flow});
  v.object("metrics", {.doc = "The six metrics per timeframe."}, [&d](V& inner) {
    inner.field("1h", d.h1, {.doc = "Primary timeframe."});
    inner.field("4h", d.h4, {.doc = "Confirmation timeframe."});
  });
  v.field("regime", d.regime, {.doc = "What the market is doing."});
  v.field("confidence", d.confidence,
          {.doc = "How far the metrics agree about the present; no probability of profit."});
  v.field("gate_evaluation", d.gate_evaluation, {.doc = "Restart gates."});
  v.field("exit_state", d.exit_state, {.doc = "Null while no grid runs."});
  v.field("position", d.position, {.doc = "Null while no grid runs."});
  v.field("recommendation", d.recommendation,
          {.doc = "What is recommended.", .style = Style::flow});
  v.object("detailed_analysis", {.doc = "Context that never decides."}, [&d](V& inner) {
    inner.field("context_15m", d.context_15m, {.doc = "15m bars.", .style = Style::flow});
    inner.field("anomalies", d.anomalies,
                {.doc = "Metrics outside their expected interval.", .style = Style::flow});
  });
  v.field("errors", d.errors, {.doc = "What failed on the way.", .style = Style::flow});
}

}  // namespace gridexit::codec
