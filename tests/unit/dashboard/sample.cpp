#include "unit/dashboard/sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "gridexit/domain/paths.hpp"

namespace gridexit::dashboard::sample {
namespace {

constexpr UtcTime kNow{Seconds{1770040800}};  // 2026-02-02T14:00:00Z

// A fixed walk: two sines for the range, then a decline over the last `falling` hours.
double price_at(int hours_ago, int falling) {
  const double t = hours_ago;
  const double range = 3320 + 46 * std::sin(t / 7.0) + 22 * std::sin(t / 2.3);
  const double decline = hours_ago < falling ? 4.92 * (falling - hours_ago) : 0;
  return range - decline;
}

CandleSeries candles(int falling) {
  CandleSeries series;
  for (int ago = kPageHours; ago >= 1; --ago) {
    const double open = price_at(ago, falling);
    const double close = price_at(ago - 1, falling);
    const double wick = 5 + 4 * std::fabs(std::sin(ago * 1.7));
    series.push_back({kNow - Hours{ago}, open, std::max(open, close) + wick,
                      std::min(open, close) - wick, close, 812.25 + ago});
  }
  return series;
}

TimeframeMetrics metrics_at(int ago, double trend) {
  TimeframeMetrics metrics;
  const double wave = std::sin(ago / 9.0);
  metrics.adx.value = 19 + 4 * wave + 14 * trend;
  metrics.adx.score = std::clamp((40 - *metrics.adx.value) / 22, 0.0, 1.0);
  metrics.efficiency_ratio.value = std::clamp(0.21 + 0.1 * wave + 0.3 * trend, 0.0, 1.0);
  metrics.efficiency_ratio.score = 0.412 - 0.3 * trend;
  metrics.autocorrelation.value = -0.051 + 0.06 * wave + 0.1 * trend;
  metrics.autocorrelation.score = 0.61 - 0.4 * trend;
  metrics.ou_half_life.value = 24.37 + 8 * wave + 45 * trend;
  metrics.ou_half_life.score = 0.72 - 0.6 * trend;
  metrics.normalized_slope.value = 0.031 * wave - 0.16 * trend;
  metrics.normalized_slope.score = 0.9 - 0.6 * trend;
  metrics.bollinger_bandwidth.value = 0.041 + 0.03 * trend;
  metrics.bollinger_bandwidth.bandwidth_ratio = 0.92 + 0.2 * wave + 0.9 * trend;
  metrics.bollinger_bandwidth.score = 0.8 - 0.5 * trend;
  metrics.atr = 21.42;
  return metrics;
}

// 0 in the range, up to 1 at the end of the decline.
double trend_at(int ago, int falling) {
  return ago < falling ? static_cast<double>(falling - ago) / falling : 0.0;
}

MetricsRecord record_at(int ago, int falling) {
  MetricsRecord record;
  const double trend = trend_at(ago, falling);
  record.symbol = "ETH-USDT";
  record.timestamp = kNow - Hours{ago};
  record.engine = {"0.1.0", "4f2c1e9a7b"};
  record.config = {"9b1c2d3e4f5a60718293a4b5c6d7e8f901234567", false};
  record.previous = PreviousRecord{paths::metrics("ETH-USDT", record.timestamp - Hours{1}),
                                   "3b18e512dba79e4c8300dd08aeb37f8e728b8dad"};
  record.data.source = "kucoin";
  record.data.dataset_hash = "5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99";
  record.data.h1 = {260, 2, record.timestamp - Hours{260}, record.timestamp - Hours{1}, 1};
  record.data.h4 = {260, 0, record.timestamp - Hours{1042}, record.timestamp - Hours{6}, 0};
  record.data.problems = {{"filled_gap", "2 missing 1h bars filled from 2026-01-29T03:00Z"}};
  const double close = price_at(ago, falling);
  record.price = {close, 21.42, -3.94, close + 138.2, close - 12.4};
  record.h1 = metrics_at(ago, trend);
  record.h4 = metrics_at(ago / 4 * 4, 0.6 * trend);
  record.regime.verdict = trend > 0.7   ? Verdict::trend
                          : trend > 0.3 ? Verdict::transition
                                        : Verdict::range_ok;
  record.regime.raw = record.regime.verdict;
  record.regime.range_score = {0.71 - 0.55 * trend, 0.64 - 0.3 * trend, 0.69 - 0.46 * trend};
  record.regime.hours_in_verdict = 6;
  record.confidence = {0.784 - 0.2 * std::fabs(0.5 - trend), 0.894, {}};
  record.context_15m = {4, -0.62, 0.94};
  return record;
}

Condition condition(ConditionName name, ExitState tier, Truth met, std::string detail) {
  Condition result;
  result.name = name;
  result.tier = tier;
  result.met = met;
  result.detail = std::move(detail);
  return result;
}

std::vector<Condition> conditions() {
  using enum ConditionName;
  constexpr auto warning = ExitState::warning;
  constexpr auto latest = ExitState::latest_acceptable_exit;
  constexpr auto mandatory = ExitState::mandatory_exit;
  return {
      condition(near_bound, warning, Truth::yes,
                "break probability 0.97 (>= 0.20), nearer bound: lower"),
      condition(loss_rising, warning, Truth::yes, "loss share 0.41 (>= 0.35)"),
      condition(adx_rising, warning, Truth::yes, "ADX 32.4 (>= 22), +3.1 in 3 h (>= 2)"),
      condition(efficiency_high, warning, Truth::yes, "efficiency ratio 0.49 (>= 0.45)"),
      condition(autocorrelation_positive, warning, Truth::no, "autocorrelation 0.04 (>= 0.12)"),
      condition(half_life_long, warning, Truth::yes, "half-life 69.4 h (>= 60)"),
      condition(slope_to_bound, warning, Truth::yes,
                "slope towards the lower bound 0.16 (>= 0.12)"),
      condition(bandwidth_expanding, warning, Truth::unknown,
                "bandwidth 6 bars ago unknown: insufficient_data"),
      condition(regime_weakening, warning, Truth::yes,
                "TRANSITION or TREND for 6 evaluations (>= 2)"),
      condition(outside_range, latest, Truth::no,
                "closes below the range in a row 0 (>= 1), above 0 (>= 1)"),
      condition(break_likely, latest, Truth::yes, "p_low 0.97 (>= 0.95)"),
      condition(trend_into_bound, latest, Truth::yes,
                "TREND for 6 evaluations (>= 2), p_low 0.97 (>= 0.75), slope -0.16 (<= -0.10)"),
      condition(loss_budget, latest, Truth::no, "loss share 0.41 (>= 0.60)"),
      condition(break_confirmed, mandatory, Truth::no,
                "closes below in a row 0 (>= 2), above 0 (>= 6)"),
      condition(stop_loss_hit, mandatory, Truth::no, "lowest low since the start 3158.2 (<= 3060)"),
      condition(stop_loss_near, mandatory, Truth::no, "close 3172.4 (<= 3081.4)"),
      condition(trend_confirmed, mandatory, Truth::no,
                "TREND with confidence >= 0.60 for 6 evaluations (>= 2), inside the range"),
      condition(overstayed, mandatory, Truth::no,
                "5 evaluations since LATEST_ACCEPTABLE_EXIT (>= 24)"),
  };
}

ExitEvaluation exit_at(int ago, int falling) {
  const double trend = trend_at(ago, falling);
  ExitEvaluation exit;
  exit.grid_id = "eth-grid-1";
  exit.state = trend > 0.85  ? ExitState::latest_acceptable_exit
               : trend > 0.4 ? ExitState::warning
                             : ExitState::normal;
  exit.tier = exit.state;
  exit.previous = exit.state;
  const double lower = std::min(0.97, 0.03 + 0.94 * trend * trend);
  const double upper = std::max(0.0, 0.12 + 0.08 * std::sin(ago / 7.0) - 0.3 * trend);
  exit.break_probability_24h = {std::min(1.0, lower + upper), lower, upper};
  exit.evaluations_in_state = 5;
  return exit;
}

PositionRisk position() {
  PositionRisk risk;
  risk.base = 0.2481;
  risk.quote = 214.07;
  risk.average_cost = 3301.42;
  risk.capital = 1000;
  risk.pnl = -12.84;
  risk.realised_profit = 18.31;
  risk.unrealised_profit = -31.15;
  risk.grid_profit = 18.31;
  risk.loss_share = 0.41;
  risk.capital_at_risk = 31.3;
  risk.value_at_stop = 968.7;
  risk.distance_lower_pct = 1.02;
  risk.distance_upper_pct = 8.12;
  risk.distance_stop_pct = 3.54;
  risk.distance_lower_atr = 1.5;
  risk.distance_upper_atr = 12.0;
  risk.distance_stop_atr = 5.2;
  risk.break_probability = {0.71, 0.97, 1.0};
  risk.account = AccountFigures{0.2481, 214.07, 0, 12.5};
  risk.account->fills = FillFigures{kNow - Hours{24}, 9, 0.0312, 96.5, 0.0248, 78.1, 0.17, 0};
  return risk;
}

DecisionRecord decision(int ago, Action action, Urgency urgency) {
  DecisionRecord record;
  record.symbol = "ETH-USDT";
  record.created_at = kNow - Hours{ago};
  record.decision_id = paths::decision_id(record.symbol, record.created_at);
  record.recommendation.type =
      action < Action::wait ? RecommendationType::grid_manage : RecommendationType::grid_setup;
  record.recommendation.action = action;
  record.recommendation.urgency = urgency;
  record.recommendation.confidence = 0.74;
  return record;
}

std::vector<DecisionRecord> decisions() {
  std::vector<DecisionRecord> all{decision(170, Action::prepare_exit, Urgency::normal),
                                  decision(150, Action::hold, Urgency::low),
                                  decision(60, Action::create_grid, Urgency::normal),
                                  decision(17, Action::prepare_exit, Urgency::normal),
                                  decision(5, Action::stop_grid, Urgency::high)};
  all[0].evaluation_records = {{"24h", kNow, "false_alarm", "not_recorded", 0.0, std::nullopt},
                               {"72h", kNow, "false_alarm", "not_recorded", 0.0, std::nullopt}};
  all[2].action_records = {
      {kNow - Hours{59}, "sam", OperatorAction::executed, 3318.4, "set up by hand", std::nullopt}};
  all[2].evaluation_records = {{"24h", kNow - Hours{36}, "good", "followed", 6.42, std::nullopt}};
  all[3].action_records = {{kNow - Hours{16}, "sam", OperatorAction::accepted, std::nullopt,
                            std::nullopt, std::nullopt}};
  all[4].action_records = {{kNow - Hours{4}, "sam", OperatorAction::declined, std::nullopt,
                            "waiting for the 4h close", kNow + Hours{2}}};
  return all;
}

std::vector<MetricsRecord> history(int falling, bool grid) {
  std::vector<MetricsRecord> records;
  for (int ago = kPageHours - 1; ago >= 1; --ago) {
    if (ago == 52 || ago == 53) continue;  // two hours without a record
    records.push_back(record_at(ago, falling));
    if (!grid || ago >= 70) continue;
    const ExitEvaluation exit = exit_at(ago, falling);
    records.back().exit_state = exit;
    records.back().recommendation.action = exit.state == ExitState::normal    ? Action::hold
                                           : exit.state == ExitState::warning ? Action::prepare_exit
                                                                              : Action::stop_grid;
  }
  return records;
}

GateEvaluation gates_at(int ago) {
  const int held = std::clamp(12 - ago, 0, 9);
  const std::array<int, 3> counts{std::clamp(held, 0, 3), std::clamp(held - 2, 0, 3),
                                  std::clamp(held - 4, 0, 3)};
  GateEvaluation gates;
  gates.gates = {{"directional_energy_decay",
                  counts[0] > 0,
                  counts[0],
                  {{"adx", 18.4},
                   {"adx_6_bars_ago", 21.9},
                   {"normalized_slope", 0.021},
                   {"quiet_evaluations", 6.0}}},
                 {"mean_reversion_return",
                  counts[1] > 0,
                  counts[1],
                  {{"ou_half_life", 21.4}, {"autocorrelation", -0.06}, {"efficiency_ratio", 0.18}}},
                 {"tradable_volatility",
                  counts[2] > 0,
                  counts[2],
                  {{"bandwidth_ratio", 0.88},
                   {"bandwidth_growth", 1.02},
                   {"atr_in_round_trips", std::nullopt}}}};
  gates.passed = counts[2] == 3;
  return gates;
}

}  // namespace

PageInputs Page::inputs() const {
  PageInputs inputs{.record = record, .history = history, .candles_1h = candles.view()};
  inputs.grid = grid;
  inputs.transitions = transitions;
  inputs.decisions = decisions;
  inputs.kpis = kpis;
  inputs.simulated = simulated;
  inputs.previous_hour = record.timestamp - Hours{1};
  inputs.head = "6d1f0c6f0a7f4f7a9f4ae9d1c5a3f1f2b7e8c9d0";
  return inputs;
}

Page falling_grid() {
  constexpr int falling = 30;
  Page page;
  page.record = record_at(0, falling);
  page.record.exit_state = exit_at(0, falling);
  page.record.exit_state->conditions = conditions();
  page.record.position = position();
  page.record.recommendation = {RecommendationType::grid_manage, Action::stop_grid,
                                paths::decision_id("ETH-USDT", kNow - Hours{5})};
  page.record.confidence = {0.745,
                            0.894,
                            {{"timeframes_disagree", 0.1, "S(1h) 0.16 and S(4h) 0.34 differ"},
                             {"data", 0.05, "2 bars filled"}}};
  page.record.h1.bollinger_bandwidth = {};
  page.record.h1.bollinger_bandwidth.reason = FailureReason::insufficient_data;
  page.history = history(falling, true);
  page.candles = candles(falling);
  page.grid = RunningGrid{"eth-grid-1",
                          kNow - Hours{70},
                          {kNow - Hours{70}, 3140, 3430, 24, Spacing::geometric, std::nullopt,
                           1000.0, std::nullopt, 0.001, 3060.0, std::nullopt}};
  page.transitions = {{kNow - Hours{17},
                       "eth-grid-1",
                       ExitState::normal,
                       ExitState::warning,
                       {"near_bound: break probability 0.27 (>= 0.20)",
                        "adx_rising: ADX 28.5 (>= 22), +3.1 in 3 h (>= 2)"},
                       28.5,
                       0.42},
                      {kNow - Hours{5},
                       "eth-grid-1",
                       ExitState::warning,
                       ExitState::latest_acceptable_exit,
                       {"break_likely: p_low 0.96 (>= 0.95)"},
                       31.2,
                       0.47}};
  page.decisions = decisions();
  return page;
}

Page waiting_for_gates() {
  Page page = falling_grid();
  page.simulated = true;
  page.record = record_at(0, 0);
  page.record.origin = Origin::simulated;
  page.record.data.source = "simulated";
  page.record.gate_evaluation = gates_at(0);
  page.history = history(0, false);
  for (MetricsRecord& record : page.history) {
    record.gate_evaluation = gates_at(static_cast<int>((kNow - record.timestamp) / Hours{1}));
  }
  page.candles = candles(0);
  page.grid.reset();
  page.transitions.clear();
  page.decisions = {decision(0, Action::create_probationary_grid, Urgency::normal)};
  Recommendation& recommendation = page.decisions[0].recommendation;
  recommendation.proposal =
      Proposal{3142.1, 3505.7, 11, Spacing::geometric, 3010.4, 412.5, 0.0112, 0.79, 55.2};
  recommendation.valid_until = kNow + Hours{4};
  page.record.recommendation = {RecommendationType::grid_setup, Action::create_probationary_grid,
                                page.decisions[0].decision_id};
  page.record.confidence = {0.702, 0.827, {{"young_verdict", 0.125, "RANGE_OK for 6 h (< 36)"}}};
  page.kpis = {{"FER", 0.27, 0.23, 0.32, 41, "< 0.30"},
               {"SLAR", std::nullopt, std::nullopt, std::nullopt, 0, ">= 0.90"}};
  return page;
}

Page hostile_texts() {
  const std::string attack =
      "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>{{data}}\"'<!--";
  Page page = falling_grid();
  MetricsRecord& record = page.record;
  record.errors = {{attack, attack, attack}};
  record.data.problems = {{attack, attack}};
  record.data.source = attack;
  record.engine.commit = attack;
  record.config.version = attack;
  record.confidence.penalties = {{attack, 0.1, attack}};
  for (Condition& each : record.exit_state->conditions) each.detail = attack;
  record.position->difference = attack;
  page.grid->grid_id = attack;
  page.transitions[0].reasons = {attack};
  page.decisions[4].action_records[0].note = attack;
  page.decisions[4].action_records[0].by = attack;
  return page;
}

}  // namespace gridexit::dashboard::sample
