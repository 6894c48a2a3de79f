#pragma once
// The description of `config/exit_strategy_config.yaml`: every threshold of STRATEGY.md under its
// key, with its range.

#include "about.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::codec {

template <class V, Is<ScoreRule> D>
void describe(V& v, D& d) {
  v.field("one", d.one, {.doc = "Value that scores 1.", .min = -1000, .max = 1000});
  v.field("zero", d.zero, {.doc = "Value that scores 0.", .min = -1000, .max = 1000});
  v.field("weight", d.weight, {.doc = "Weight among the metrics.", .min = 0, .max = 1});
  v.check(d.one < d.zero, "zero", "must be above one: a larger value means more trend");
}

template <class V, Is<ScoreRules> D>
void describe(V& v, D& d) {
  v.field("adx", d.adx, {.doc = "ADX(14).", .style = Style::flow});
  v.field("efficiency_ratio", d.efficiency_ratio,
          {.doc = "Kaufman's efficiency ratio.", .style = Style::flow});
  v.field("autocorrelation", d.autocorrelation,
          {.doc = "Of returns, lag 1.", .style = Style::flow});
  v.field("ou_half_life", d.ou_half_life,
          {.doc = "Half-life of mean reversion, in bars.", .style = Style::flow});
  v.field("normalized_slope", d.normalized_slope,
          {.doc = "Slope without its sign, ATR per bar.", .style = Style::flow});
  v.field("bandwidth_ratio", d.bandwidth_ratio,
          {.doc = "Bollinger bandwidth over its median.", .style = Style::flow});
  const double weights = d.adx.weight + d.efficiency_ratio.weight + d.autocorrelation.weight +
                         d.ou_half_life.weight + d.normalized_slope.weight +
                         d.bandwidth_ratio.weight;
  v.check(weights > 0, "adx", "needs a weight, or another metric does: all of them are 0");
}

template <class V, Is<DataRules> D>
void describe(V& v, D& d) {
  v.field(
      "window", d.window,
      {.doc = "Bars that everything is computed from, per timeframe.", .min = 169, .max = 1000});
  v.field(
      "max_fill", d.max_fill,
      {.doc = "Longest gap that is filled with flat bars; across a longer one the history is cut.",
       .min = 0,
       .max = 168});
  v.field("max_stale_minutes", d.max_stale_minutes,
          {.doc = "Minutes from the end of the newest bar to the hour evaluated; beyond it nothing "
                  "is evaluated.",
           .min = 60,
           .max = 1440});
}

template <class V, Is<EvaluationRules> D>
void describe(V& v, D& d) {
  v.field("max_gap_hours", d.max_gap_hours,
          {.doc = "An evaluation continues its predecessor when that is at most this old; "
                  "otherwise counters start anew.",
           .min = 1,
           .max = 24});
}

template <class V, Is<RegimeRules> D>
void describe(V& v, D& d) {
  v.field("scores", d.scores,
          {.doc = "Range score per metric: 1 (ranging) at the value one, 0 (trending) at the value "
                  "zero, with a weight among the metrics."});
  v.field("weight_1h", d.weight_1h,
          {.doc = "Weight of S(1h) in the combined score; 4h has the rest.", .min = 0, .max = 1});
  v.field("trend_1h", d.trend_1h, {.doc = "TREND: S(1h) at most this,", .min = 0, .max = 1});
  v.field("trend_4h", d.trend_4h, {.doc = "and S(4h) at most this.", .min = 0, .max = 1});
  v.field("transition", d.transition,
          {.doc = "TRANSITION: combined score at most this,", .min = 0, .max = 1});
  v.field("transition_1h", d.transition_1h, {.doc = "or S(1h) at most this.", .min = 0, .max = 1});
  v.field(
      "weak", d.weak,
      {.doc = "RANGE_WEAK: combined score at most this; above it RANGE_OK.", .min = 0, .max = 1});
  v.field("hold", d.hold,
          {.doc = "Evaluations that have to agree before the verdict becomes less dangerous.",
           .min = 1,
           .max = 48});
  v.check(d.transition <= d.weak, "weak", "must not be below transition");
}

template <class V, Is<ConfidenceRules> D>
void describe(V& v, D& d) {
  v.field("young_hours", d.young_hours,
          {.doc = "A range verdict is young for this many hours.", .min = 1, .max = 720});
  v.field("young", d.young,
          {.doc = "Penalty of a verdict of age 0, shrinking to 0.", .min = 0, .max = 1});
  v.field("missing", d.missing, {.doc = "Penalty for each missing score.", .min = 0, .max = 1});
  v.field("disagree_at", d.disagree_at,
          {.doc = "The timeframes disagree beyond this difference of their scores.",
           .min = 0,
           .max = 1});
  v.field("disagree", d.disagree, {.doc = "Penalty for that.", .min = 0, .max = 1});
  v.field("position", d.position,
          {.doc = "Penalty at a break probability of 1, with a running grid and a range verdict.",
           .min = 0,
           .max = 1});
  v.field("mature_hours", d.mature_hours,
          {.doc = "A grid is immature for this many hours.", .min = 0, .max = 720});
  v.field("immature", d.immature, {.doc = "Penalty for that.", .min = 0, .max = 1});
  v.field("spacing_low", d.spacing_low,
          {.doc = "Grid step below this many ATR: too narrow.", .min = 0, .max = 10});
  v.field("spacing_high", d.spacing_high,
          {.doc = "Grid step above this many ATR: too wide.", .min = 0, .max = 100});
  v.field("spacing", d.spacing, {.doc = "Penalty for either.", .min = 0, .max = 1});
  v.field("data_mended", d.data_mended,
          {.doc = "Penalty when all data problems were mended.", .min = 0, .max = 1});
  v.field("data_other", d.data_other,
          {.doc = "Penalty for any other data problem.", .min = 0, .max = 1});
  v.field("cap", d.cap, {.doc = "Confidence never exceeds this.", .min = 0.5, .max = 1});
  v.check(d.spacing_low < d.spacing_high, "spacing_high", "must be above spacing_low");
}

template <class V, Is<WarningRules> D>
void describe(V& v, D& d) {
  v.field("min_conditions", d.min_conditions,
          {.doc = "Warning conditions that have to hold.", .min = 1, .max = 9});
  v.field("need_threat", d.need_threat,
          {.doc = "At least one of them has to be a threat (near_bound, loss_rising)."});
  v.field("near_bound", d.near_bound,
          {.doc = "Threat: break probability within 24 h.", .above = 0, .max = 1});
  v.field("loss", d.loss, {.doc = "Threat: loss as a share of the risk.", .above = 0, .max = 1});
  v.field("adx_level", d.adx_level, {.doc = "ADX at least this,", .min = 0, .max = 100});
  v.field("adx_rise", d.adx_rise, {.doc = "and up by this over 3 bars.", .min = 0, .max = 100});
  v.field("efficiency", d.efficiency, {.doc = "Efficiency ratio.", .min = 0, .max = 1});
  v.field("autocorrelation", d.autocorrelation, {.doc = "Autocorrelation.", .min = -1, .max = 1});
  v.field("half_life", d.half_life,
          {.doc = "Half-life of mean reversion, hours.", .above = 0, .max = 10000});
  v.field("slope", d.slope,
          {.doc = "Slope towards the nearer bound, ATR per bar.", .min = 0, .max = 10});
  v.field("bandwidth_ratio", d.bandwidth_ratio,
          {.doc = "Bandwidth over its median,", .min = 0, .max = 100});
  v.field("bandwidth_growth", d.bandwidth_growth,
          {.doc = "and over that of 6 bars ago.", .min = 0, .max = 100});
}

template <class V, Is<LatestRules> D>
void describe(V& v, D& d) {
  v.field("outside_low", d.outside_low,
          {.doc = "1h closes in a row below the lower bound.", .min = 1, .max = 48});
  v.field("outside_up", d.outside_up,
          {.doc = "1h closes in a row above the upper bound.", .min = 1, .max = 48});
  v.field("break_low", d.break_low,
          {.doc = "Probability to touch the lower bound.", .above = 0, .max = 1});
  v.field(
      "break_up", d.break_up,
      {.doc = "Probability to touch the upper bound; 2 = never, for a break above loses nothing.",
       .above = 0,
       .max = 2});
  v.field("persist", d.persist,
          {.doc = "trend_into_bound: evaluations of TRANSITION or TREND in a row,",
           .min = 1,
           .max = 48});
  v.field("trend_break", d.trend_break,
          {.doc = "with this probability to touch the lower bound,", .above = 0, .max = 1});
  v.field("trend_slope", d.trend_slope,
          {.doc = "and a slope downwards of this, ATR per bar.", .min = 0, .max = 10});
  v.field("loss", d.loss, {.doc = "Loss as a share of the risk.", .above = 0, .max = 1});
}

template <class V, Is<MandatoryRules> D>
void describe(V& v, D& d) {
  v.field("confirm_low", d.confirm_low,
          {.doc = "1h closes in a row below the lower bound.", .min = 1, .max = 48});
  v.field("confirm_up", d.confirm_up,
          {.doc = "1h closes in a row above the upper bound.", .min = 1, .max = 48});
  v.field("confirm_atr", d.confirm_atr,
          {.doc = "Or one close below it by this many ATR.", .min = 0, .max = 100});
  v.field("stop_near_atr", d.stop_near_atr,
          {.doc = "Close within this many ATR of the stop-loss.", .min = 0, .max = 100});
  v.field("trend_conf", d.trend_conf,
          {.doc = "TREND outside the range with this confidence,", .min = 0, .max = 1});
  v.field("trend_persist", d.trend_persist,
          {.doc = "for this many evaluations.", .min = 1, .max = 48});
  v.field(
      "overstay", d.overstay,
      {.doc = "Evaluations in LATEST_ACCEPTABLE_EXIT without an answer.", .min = 1, .max = 720});
}

template <class V, Is<ExitRules> D>
void describe(V& v, D& d) {
  v.field("warning", d.warning, {.doc = "When WARNING is reached."});
  v.field("latest", d.latest, {.doc = "When LATEST_ACCEPTABLE_EXIT is reached; any one of these."});
  v.field("mandatory", d.mandatory, {.doc = "When MANDATORY_EXIT is reached; any one of these."});
  v.field(
      "calm", d.calm,
      {.doc = "Calmer evaluations in a row before the state falls by one.", .min = 1, .max = 48});
  v.check(d.latest.loss > d.warning.loss, "latest", "loss must be above warning.loss");
  v.check(d.latest.break_low > d.warning.near_bound, "latest",
          "break_low must be above warning.near_bound");
  v.check(d.mandatory.confirm_low >= d.latest.outside_low, "mandatory",
          "confirm_low must not be below latest.outside_low");
  v.check(d.mandatory.confirm_up >= d.latest.outside_up, "mandatory",
          "confirm_up must not be below latest.outside_up");
}

template <class V, Is<GateRules> D>
void describe(V& v, D& d) {
  v.field("hold", d.hold, {.doc = "Evaluations that each gate has to hold.", .min = 1, .max = 48});
  v.field("adx", d.adx, {.doc = "Gate 1: ADX at most this, or falling,", .min = 0, .max = 100});
  v.field("slope", d.slope,
          {.doc = "slope of either sign at most this, ATR per bar,", .min = 0, .max = 10});
  v.field("quiet_hours", d.quiet_hours,
          {.doc = "and no TREND or TRANSITION in this many evaluations.", .min = 1, .max = 168});
  v.field("half_life_min", d.half_life_min,
          {.doc = "Gate 2: half-life at least this, hours,", .min = 0, .max = 10000});
  v.field("half_life_max", d.half_life_max, {.doc = "and at most this,", .min = 0, .max = 10000});
  v.field("autocorrelation", d.autocorrelation,
          {.doc = "autocorrelation at most this,", .min = -1, .max = 1});
  v.field("efficiency", d.efficiency,
          {.doc = "efficiency ratio at most this.", .min = 0, .max = 1});
  v.field("bandwidth_min", d.bandwidth_min,
          {.doc = "Gate 3: bandwidth over its median at least this", .min = 0, .max = 100});
  v.field("bandwidth_max", d.bandwidth_max, {.doc = "and at most this,", .min = 0, .max = 100});
  v.field("bandwidth_growth", d.bandwidth_growth,
          {.doc = "at most this times that of 6 bars ago,", .min = 0, .max = 100});
  v.field("atr_fees", d.atr_fees,
          {.doc = "ATR at least this many round-trip fees.", .min = 0, .max = 100});
  v.check(d.half_life_min < d.half_life_max, "half_life_max", "must be above half_life_min");
  v.check(d.bandwidth_min < d.bandwidth_max, "bandwidth_max", "must be above bandwidth_min");
}

template <class V, Is<EscalationRules> D>
void describe(V& v, D& d) {
  v.field("confidence", d.confidence,
          {.doc = "A WARNING in TREND is urgent from this confidence on.", .min = 0, .max = 1});
}

template <class V, Is<SetupRules> D>
void describe(V& v, D& d) {
  v.field("confidence_probationary", d.confidence_probationary,
          {.doc = "A probationary grid is proposed from this confidence on,", .min = 0, .max = 1});
  v.field("confidence_full", d.confidence_full,
          {.doc = "a full one from this.", .min = 0, .max = 1});
  v.field("width_sigma", d.width_sigma,
          {.doc = "Half-width of the range in standard deviations,", .above = 0, .max = 10});
  v.field("width_hours", d.width_hours, {.doc = "over this many hours,", .min = 1, .max = 720});
  v.field("width_min", d.width_min, {.doc = "at least this (logarithmic),", .above = 0, .max = 1});
  v.field("width_max", d.width_max, {.doc = "at most this.", .above = 0, .max = 1});
  v.field("sigma_bars", d.sigma_bars,
          {.doc = "1h returns that the deviation is taken from.", .min = 24, .max = 259});
  v.field("step_fees", d.step_fees,
          {.doc = "A step earns at least this many round-trip fees.", .min = 1, .max = 100});
  v.field("cells_min", d.cells_min, {.doc = "Fewest cells.", .min = 2, .max = 200});
  v.field("cells_max", d.cells_max, {.doc = "Most cells.", .min = 2, .max = 200});
  v.field("stop_atr", d.stop_atr,
          {.doc = "Stop-loss below the lower bound, in ATR(14) of 4h.", .above = 0, .max = 20});
  v.field("probationary_step", d.probationary_step,
          {.doc = "A probationary grid's step is wider by this factor.", .min = 1, .max = 5});
  v.field("probationary_share_min", d.probationary_share_min,
          {.doc = "Its share of the allocation at the lower confidence,", .above = 0, .max = 1});
  v.field("probationary_share_max", d.probationary_share_max,
          {.doc = "and at the higher one.", .above = 0, .max = 1});
  v.field("fee", d.fee, {.doc = "Fee as a share of each fill.", .min = 0, .max = 0.05});
  v.field("valid_hours", d.valid_hours,
          {.doc = "How long a setup recommendation stands.", .min = 1, .max = 48});
  v.field("cooldown_after_stop_minutes", d.cooldown_after_stop_minutes,
          {.doc = "No setup for this long after an executed stop,", .min = 0, .max = 10080});
  v.field("cooldown_after_setup_minutes", d.cooldown_after_setup_minutes,
          {.doc = "nor after a declined or expired setup.", .min = 0, .max = 10080});
  v.check(d.confidence_probationary < d.confidence_full, "confidence_full",
          "must be above confidence_probationary");
  v.check(d.width_min <= d.width_max, "width_max", "must not be below width_min");
  v.check(d.cells_min <= d.cells_max, "cells_max", "must not be below cells_min");
  v.check(d.probationary_share_min <= d.probationary_share_max, "probationary_share_max",
          "must not be below probationary_share_min");
}

template <class V, Is<ReminderRules> D>
void describe(V& v, D& d) {
  v.field("warning", d.warning, {.doc = "WARNING.", .min = 1, .max = 48});
  v.field("latest", d.latest, {.doc = "LATEST_ACCEPTABLE_EXIT.", .min = 1, .max = 24});
  v.field("mandatory", d.mandatory, {.doc = "MANDATORY_EXIT.", .min = 1, .max = 24});
  v.check(d.latest <= d.warning, "latest", "must not be above warning");
  v.check(d.mandatory <= d.latest, "mandatory", "must not be above latest");
}

template <class V, Is<CapitalRules> D>
void describe(V& v, D& d) {
  v.field("mode", d.mode, {.doc = "SINGLE_GRID: one running grid in all."});
  v.field(
      "total_quote", d.total_quote,
      {.doc = "Required: the money for grids, in the quote currency. There is no default for it.",
       .above = 0,
       .max = 1e12,
       .required = true});
  v.field("reserve_share", d.reserve_share,
          {.doc = "Share of it that is never put into a grid.", .min = 0, .max = 0.95});
}

template <class V, Is<Expected> D>
void describe(V& v, D& d) {
  v.field("min", d.min, {.doc = "Smallest expected value; null = any.", .min = -1e6, .max = 1e6});
  v.field("max", d.max, {.doc = "Largest expected value; null = any.", .min = -1e6, .max = 1e6});
  v.check(!d.min || !d.max || *d.min < *d.max, "max", "must be above min");
}

template <class V, Is<ExpectedRules> D>
void describe(V& v, D& d) {
  v.field("adx", d.adx, {.doc = "0 to 100.", .style = Style::flow});
  v.field("efficiency_ratio", d.efficiency_ratio, {.doc = "0 to 1.", .style = Style::flow});
  v.field("autocorrelation", d.autocorrelation, {.doc = "-1 to 1.", .style = Style::flow});
  v.field("ou_half_life", d.ou_half_life, {.doc = "Hours.", .style = Style::flow});
  v.field("normalized_slope", d.normalized_slope,
          {.doc = "ATR per bar, signed.", .style = Style::flow});
  v.field("bollinger_bandwidth", d.bollinger_bandwidth,
          {.doc = "Share of the price.", .style = Style::flow});
}

template <class V, Is<Rules> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("data", d.data, {.doc = "The data that decisions are made on."});
  v.field("evaluation", d.evaluation, {.doc = "How evaluations follow each other."});
  v.field("regime", d.regime, {.doc = "Range score and regime verdict."});
  v.field("confidence", d.confidence,
          {.doc = "Confidence in the verdict: what is taken away from it, and when."});
  v.field("exit_rules", d.exit_rules, {.doc = "Exit states of a running grid."});
  v.field("gates", d.gates, {.doc = "Restart gates, while no grid runs; all on 1h."});
  v.field("escalation", d.escalation, {.doc = "Urgency."});
  v.field("setup", d.setup, {.doc = "Proposals for a new grid."});
  v.field("reminders", d.reminders, {.doc = "Hours between messages while a state lasts."});
  v.field("capital", d.capital, {.doc = "The money."});
  v.field("expected", d.expected,
          {.doc = "Where each metric is expected; a value outside is an anomaly (alert, recorded), "
                  "not a failure."});
}

}  // namespace gridexit::codec
