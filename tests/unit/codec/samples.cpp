#include "unit/codec/samples.hpp"

#include <string>

namespace gridexit::codec::samples {
namespace {

TimeframeMetrics metrics(double shift) {
  TimeframeMetrics all;
  all.adx.value = 28.5 + shift;
  all.adx.score = 0.5;
  all.adx.plus_di = 21.25;
  all.adx.minus_di = 1.0 / 3;
  all.adx.value_3_bars_ago = 25.4;
  all.adx.value_6_bars_ago = 24;
  all.efficiency_ratio.value = 0.42;
  all.efficiency_ratio.score = 0.0857142857142857;
  all.autocorrelation.value = -0.07;
  all.autocorrelation.score = 0.76;
  all.ou_half_life.reason = FailureReason::non_stationary;
  all.ou_half_life.score = 0.0;
  all.ou_half_life.b = 1e-7;
  all.ou_half_life.phi = 1.0000001;
  all.ou_half_life.t_stat = 0.2;
  all.normalized_slope.value = -0.11;
  all.normalized_slope.score = 0.611;
  all.bollinger_bandwidth.value = 0.0213;
  all.bollinger_bandwidth.score = 0.9;
  all.bollinger_bandwidth.bandwidth_ratio = 0.94;
  all.bollinger_bandwidth.percent_b = 0.12;
  all.bollinger_bandwidth.value_6_bars_ago = 0.019;
  all.atr = 12.345678901234567;
  return all;
}

ExitEvaluation exit_state() {
  ExitEvaluation exit;
  exit.grid_id = "eth-grid-1";
  exit.state = ExitState::warning;
  exit.previous = ExitState::normal;
  exit.tier = ExitState::warning;
  exit.break_probability_24h = {0.27, 0.26, 0.01};
  exit.conditions = {
      {ConditionName::near_bound, ExitState::warning, true, Truth::yes, 0.27, 0.2,
       "break probability 0.27 (>= 0.20)"},
      {ConditionName::loss_rising, ExitState::warning, true, Truth::no, 0.1, 0.35,
       "loss 10 % of risk: \"fine\""},
      {ConditionName::half_life_long, ExitState::warning, false, Truth::unknown, std::nullopt, 60.0,
       "half-life unknown"},
      {ConditionName::stop_loss_hit, ExitState::mandatory_exit, false, Truth::not_applicable,
       std::nullopt, std::nullopt, "no stop-loss"},
  };
  return exit;
}

PositionRisk position() {
  PositionRisk risk;
  risk.base = 0.25;
  risk.quote = 120.5;
  risk.average_cost = 3412.5;
  risk.capital = 1000;
  risk.pnl = -12.75;
  risk.loss_share = 0.05;
  risk.capital_at_risk = 250;
  risk.distance_lower_pct = 2.5;
  risk.distance_lower_atr = 1.75;
  risk.break_probability = {0.1, 0.27, 0.6};
  risk.account = AccountFigures{0.24, 121, 0.2, 100};
  risk.account->fills = FillFigures{at(), 12, 0.5, 1700.25, 0.25, 860, 2.5, 1};
  risk.difference = "base 4 % below the estimate";
  return risk;
}

}  // namespace

UtcTime at() {
  return UtcTime{Seconds{1770040800}};
}

MetricsRecord record_with_grid() {
  MetricsRecord record;
  record.symbol = "ETH-USDT";
  record.timestamp = at();
  record.previous =
      PreviousRecord{"metrics/ETH-USDT/2026/02/02/2026-02-02-13.yaml", std::string(40, '1')};
  record.engine = {"0.1.0", "012345"};
  record.config = {"1.0", true};
  record.data.ok = false;
  record.data.source = "kucoin";
  record.data.dataset_hash = std::string(64, '2');
  record.data.h1 = {260, 2, at() - Hours{260}, at() - Hours{1}, 1};
  record.data.staleness_minutes = 0;
  record.data.problems = {{"gap", "2 bars missing: 01:00 to 02:00"}};
  record.price = {3412.5, 12.345678901234567, -1.25, 3500, 3400.1};
  record.h1 = metrics(0);
  record.h4 = metrics(1);
  record.regime.raw = Verdict::transition;
  record.regime.verdict = Verdict::transition;
  record.regime.range_score = {0.41, 0.4, 0.4065};
  record.regime.memory = {{Verdict::range_ok, Verdict::range_ok, 0.8},
                          {Verdict::transition, Verdict::transition, 0.61}};
  record.confidence = {0.61, 0.7, {{"missing_metrics", 0.09, "2 scores missing"}}};
  record.exit_state = exit_state();
  record.position = position();
  record.recommendation = {RecommendationType::grid_manage, Action::prepare_exit,
                           "dec-ETH-USDT-20260202T140000Z"};
  record.context_15m = {4, -0.2, 0.7};
  record.anomalies = {{"adx", "4h", 81, 0.0, 80.0}};
  record.errors = {{"account", "exchange.unreachable", "connection refused\nby 127.0.0.1"}};
  return record;
}

MetricsRecord record_without_grid() {
  MetricsRecord record = record_with_grid();
  record.exit_state.reset();
  record.position.reset();
  record.previous.reset();
  record.anomalies.clear();
  record.errors.clear();
  record.gate_evaluation.gates = {
      {"directional_energy_decay", true, 3, {{"adx", 18.5}, {"slope", 0.01}}},
      {"mean_reversion_return",
       false,
       0,
       {{"half_life", std::nullopt}, {"autocorrelation", 0.02}}}};
  record.recommendation = {RecommendationType::grid_setup, Action::wait, std::nullopt};
  return record;
}

ExitStateDay exit_state_day() {
  ExitStateDay day;
  day.symbol = "ETH-USDT";
  day.date = "2026-02-02";
  day.transitions = {{at(),
                      "eth-grid-1",
                      ExitState::normal,
                      ExitState::warning,
                      {"near_bound: break probability 0.27 (>= 0.20)",
                       "adx_rising: ADX 28.5 (>= 22), +3.1 in 3 h (>= 2)"},
                      28.5,
                      0.42}};
  day.notified = {{at(), "eth-grid-1", ExitState::warning}};
  return day;
}

DecisionRecord decision() {
  DecisionRecord decision;
  decision.decision_id = "dec-ETH-USDT-20260202T140000Z";
  decision.symbol = "ETH-USDT";
  decision.created_at = at();
  decision.recommendation = {
      RecommendationType::grid_setup,
      Action::create_grid,
      0.82,
      Urgency::normal,
      {"gates passed", "confidence 0.82"},
      Proposal{3200, 3600.5, 12, Spacing::geometric, 3100, 800, 0.02, 0.75, 100},
      at() + Hours{4},
      3412.5,
      12.25};
  decision.lineage = {"metrics/ETH-USDT/2026/02/02/2026-02-02-14.yaml", std::string(64, 'a'),
                      std::string(40, 'b'), "0.1.0"};
  decision.action_records = {{at() + Seconds{600}, "ana", OperatorAction::executed, 3410.0,
                              "done: \u00fcber", std::nullopt},
                             {at() + Seconds{900}, "ana", OperatorAction::declined, std::nullopt,
                              std::nullopt, at() + Hours{6}}};
  decision.evaluation_records = {{"24h", at() + Hours{24}, "good", "good", -3.25, std::nullopt}};
  return decision;
}

Grid grid() {
  Grid grid;
  grid.grid_id = "eth-grid-1";
  grid.symbol = "ETH-USDT";
  grid.exchange = "kucoin";
  GridVersion first;
  first.from = at() - Hours{48};
  first.lower = 3200;
  first.upper = 3600;
  first.cells = 12;
  first.capital_quote = 1000;
  first.stop_loss = 3100;
  GridVersion second = first;
  second.from = at();
  second.spacing = Spacing::arithmetic;
  second.capital_quote.reset();
  second.amount_per_grid = 0.02;
  second.entry_price = 3412.5;
  second.take_profit = 3700;
  grid.versions = {first, second};
  grid.history = {{true, at() - Hours{48}, "set up", "ana", "dec-ETH-USDT-20260202T140000Z"},
                  {false, at(), "range broken", "ana", std::nullopt}};
  return grid;
}

FailedHour failed_hour() {
  return {
      "2.0", "ETH-USDT", at(), {{at() + Seconds{30}, "exchange.unreachable", "no route to host"}}};
}

KpiDay kpi_day() {
  KpiDay day;
  day.date = "2026-02-02";
  day.source = "kucoin";
  day.engine = {"0.1.0", "012345"};
  day.runs = 1;
  day.left_out = 1;
  day.undecided_exits = 1;
  day.figures = {{"fer", 0.25, 0.05, 0.7, 4, "< 0.30", "not enough data", std::nullopt},
                 {"slar", std::nullopt, std::nullopt, std::nullopt, 0, ">= 0.90", "not enough data",
                  "no run has met its stop-loss"}};
  day.grids = {{"eth-grid-1", "ETH-USDT", at() - Hours{48}, at(), true, std::nullopt},
               {"eth-grid-2", "ETH-USDT", at() + Hours{1}, std::nullopt, false, "under way"}};
  day.day = {{"ETH-USDT", 24, 0, 20, 3, 1, 2, 2, 1}};
  return day;
}

RawDay raw_day() {
  RawDay day;
  day.symbol = "ETH-USDT";
  day.date = "2026-02-02";
  day.source = "kucoin";
  const UtcTime start = floor_day(at());
  for (int hour = 0; hour < 3; ++hour) {
    const double price = 3400.1 + hour;
    day.h1.push_back({start + Hours{hour}, price, price + 5, price - 5.25, price + 1, 1234.5678});
  }
  day.m15.push_back({start + Seconds{900}, 0.00001, 0.00002, 0.000009, 0.000011, 0});
  return day;
}

Rules rules() {
  Rules rules;
  rules.capital.total_quote = 1000;
  return rules;
}

Environment environment() {
  Environment environment;
  environment.symbols = {{"ETH-USDT", true}, {"BTC-USDT", false}};
  return environment;
}

}  // namespace gridexit::codec::samples
