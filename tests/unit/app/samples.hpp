#pragma once
// Documents that tests of several commands start from.

#include <string>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/domain/record.hpp"
#include "unit/app/fake_wiring.hpp"

namespace gridexit::testing {

inline const UtcTime kHour = *parse_utc("2026-02-02T14:00:00Z");
inline const std::string kHash(64, 'a');

inline Rules sample_rules() {
  Rules rules;
  rules.capital.total_quote = 1000;
  return rules;
}

inline Environment sample_environment() {
  Environment environment;
  environment.symbols.push_back({"ETH-USDT", true});
  return environment;
}

/// What `init` leaves behind.
inline void put_configuration(FakeStore& store) {
  store.put({{std::string(paths::kEnvironmentFile), codec::write(sample_environment())},
             {std::string(paths::kRulesFile), codec::write(sample_rules())}});
}

inline Grid sample_grid(const std::string& id = "eth-grid-1") {
  Grid grid;
  grid.grid_id = id;
  grid.symbol = "ETH-USDT";
  grid.exchange = "kucoin";
  GridVersion version;
  version.from = kHour - Hours{48};
  version.lower = 3000;
  version.upper = 3600;
  version.cells = 12;
  version.capital_quote = 800;
  version.stop_loss = 2880;
  grid.versions.push_back(version);
  grid.history.push_back({true, kHour - Hours{48}, "range", "ada", std::nullopt});
  return grid;
}

inline MetricsRecord sample_record() {
  MetricsRecord record;
  record.symbol = "ETH-USDT";
  record.timestamp = kHour;
  record.engine = {"0.1.0", "abc"};
  record.config = {"0123456789abcdef0123456789abcdef01234567", false};
  record.data.source = "kucoin";
  record.data.dataset_hash = kHash;
  record.data.h1.bars = 260;
  record.data.h4.bars = 260;
  record.price.close = 3012.5;
  record.price.atr = 21.25;
  record.price.change_24h_pct = -3.2;
  record.price.low_24h = 2995;
  record.price.high_24h = 3130;
  const auto set = [](Metric& metric, double value, double score) {
    metric.value = value;
    metric.score = score;
  };
  for (TimeframeMetrics* metrics : {&record.h1, &record.h4}) {
    set(metrics->adx, 28.5, 0.52);
    set(metrics->efficiency_ratio, 0.42, 0.09);
    set(metrics->autocorrelation, 0.05, 0.28);
    set(metrics->normalized_slope, -0.15, 0.39);
    set(metrics->bollinger_bandwidth, 0.031, 0.6);
    metrics->bollinger_bandwidth.bandwidth_ratio = 1.36;
    metrics->ou_half_life.reason = FailureReason::non_stationary;
    metrics->ou_half_life.score = 0;
  }
  record.h4.adx = AdxMetric{};
  record.h4.adx.reason = FailureReason::insufficient_data;
  record.regime.raw = Verdict::transition;
  record.regime.verdict = Verdict::transition;
  record.regime.hours_in_verdict = 2;
  record.regime.range_score = {0.36, 0.41, 0.38};
  record.regime.memory.push_back({Verdict::transition, Verdict::transition, 0.72});
  record.confidence = {0.72, 0.77, {{"missing_metrics", 0.05, "1 of 12 scores missing"}}};
  return record;
}

inline Condition condition(ConditionName name, ExitState tier, bool threat, Truth met,
                           std::optional<double> value, double threshold, std::string detail) {
  return {name, tier, threat, met, value, threshold, std::move(detail)};
}

/// The same hour with a running grid whose lower bound is near.
inline MetricsRecord sample_record_with_grid() {
  MetricsRecord record = sample_record();
  ExitEvaluation exit;
  exit.grid_id = "eth-grid-1";
  exit.state = ExitState::latest_acceptable_exit;
  exit.previous = ExitState::warning;
  exit.tier = ExitState::latest_acceptable_exit;
  exit.break_probability_24h = {0.97, 0.96, 0.01};
  for (int i = 0; i < kConditionCount; ++i) {
    const auto tier = i < 9    ? ExitState::warning
                      : i < 13 ? ExitState::latest_acceptable_exit
                               : ExitState::mandatory_exit;
    exit.conditions.push_back(condition(static_cast<ConditionName>(i), tier, i < 2, Truth::no, 0.1,
                                        0.2,
                                        "TRANSITION or TREND for 0 evaluations (< 2), break "
                                        "probability 0.10 (< 0.75), slope 0.11"));
  }
  exit.conditions[0] = condition(ConditionName::near_bound, ExitState::warning, true, Truth::yes,
                                 0.97, 0.20, "break probability 0.97 (>= 0.2)");
  exit.conditions[10] = condition(ConditionName::break_likely, ExitState::latest_acceptable_exit,
                                  false, Truth::yes, 0.96, 0.95, "lower 0.96 (>= 0.95)");
  exit.conditions[5] = condition(ConditionName::half_life_long, ExitState::warning, false,
                                 Truth::unknown, std::nullopt, 60, "half-life unknown (>= 60 h)");
  exit.conditions[14].met = Truth::not_applicable;
  record.exit_state = exit;
  PositionRisk position;
  position.base = 0.21;
  position.quote = 150;
  position.capital = 800;
  position.pnl = -31.4;
  position.loss_share = 0.22;
  position.distance_lower_pct = 0.4;
  position.distance_upper_pct = 19.5;
  position.distance_stop_pct = 14.4;
  position.distance_lower_atr = 10.6;
  position.distance_upper_atr = 27.6;
  position.distance_stop_atr = 20.4;
  record.position = position;
  record.recommendation = {RecommendationType::grid_manage, Action::stop_grid,
                           paths::decision_id("ETH-USDT", kHour)};
  return record;
}

inline DecisionRecord sample_decision(Action action) {
  DecisionRecord decision;
  decision.decision_id = paths::decision_id("ETH-USDT", kHour);
  decision.symbol = "ETH-USDT";
  decision.created_at = kHour;
  decision.recommendation.action = action;
  decision.recommendation.confidence = 0.72;
  decision.recommendation.urgency = Urgency::high;
  decision.recommendation.rationale = {"break_likely: lower 0.96 (>= 0.95)"};
  decision.lineage = {paths::metrics("ETH-USDT", kHour), kHash,
                      "0123456789abcdef0123456789abcdef01234567", "0.1.0"};
  if (action == Action::stop_grid) {
    decision.recommendation.type = RecommendationType::grid_manage;
    decision.grid_id = "eth-grid-1";
  } else {
    decision.recommendation.proposal =
        Proposal{2900, 3200, 8, Spacing::geometric, 2800, 400, 0.0166, 0.9, 50};
    decision.recommendation.valid_until = kHour + Hours{4};
  }
  return decision;
}

inline void put(FakeStore& store, const Grid& grid) {
  store.put({{paths::grid(grid.grid_id), codec::write(grid)}});
}
inline void put(FakeStore& store, const MetricsRecord& record) {
  store.put({{paths::metrics(record.symbol, record.timestamp), codec::write(record)}});
}
inline void put(FakeStore& store, const DecisionRecord& decision) {
  store.put({{paths::decision(decision.symbol, decision.created_at), codec::write(decision)}});
}
template <class Document>
Document stored(const FakeStore& store, const std::string& path) {
  auto read = codec::read<Document>(store.text(path), path);
  EXPECT_TRUE(read) << (read ? "" : read.error().text());
  return read ? read->document : Document{};
}

}  // namespace gridexit::testing
