// Scores, verdicts, confidence, exit conditions, states and gates against reference values made by
// another implementation.

#include <gtest/gtest.h>

#include "golden/golden.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/exit_state/evaluate.hpp"
#include "gridexit/gates/advance.hpp"
#include "gridexit/regime/classify.hpp"

namespace gridexit {
namespace {

using golden::expect_near;
using golden::finite;
using golden::Json;

Json own() {
  return golden::load(golden::own_file("strategy.json"));
}

/// The reference's name of a metric's scored quantity.
std::string scored_name(MetricKey key) {
  return key == MetricKey::bollinger_bandwidth ? "bandwidth_ratio" : std::string(to_text(key));
}

/// Sets the quantity that a metric is scored by.
void set_scored(TimeframeMetrics& metrics, MetricKey key, const Json& value) {
  metrics.metric(key).value = finite(value);
  if (key == MetricKey::bollinger_bandwidth) {
    metrics.bollinger_bandwidth.bandwidth_ratio = finite(value);
  }
  if (!finite(value)) metrics.metric(key).reason = FailureReason::non_stationary;
}

TimeframeMetrics scored(const Json& values, Timeframe timeframe) {
  TimeframeMetrics metrics;
  for (const MetricKey key : kMetricKeys) set_scored(metrics, key, values.at(scored_name(key)));
  regime::score_metrics(metrics, timeframe, ScoreRules{});
  return metrics;
}

TEST(StrategyGolden, Scores) {
  const Json examples = own().at("scores");
  ASSERT_GT(examples.size(), 40U);
  for (const Json& example : examples) {
    const auto name = example.at("metric").get<std::string>();
    for (const MetricKey key : kMetricKeys) {
      if (scored_name(key) != name) continue;
      TimeframeMetrics metrics;
      set_scored(metrics, key, example.at("value"));
      regime::score_metrics(metrics, Timeframe::h1, ScoreRules{});
      expect_near(metrics.metric(key).score, example.at("score"), example.dump());
    }
  }
}

TEST(StrategyGolden, Touch) {
  const Json examples = own().at("touch");
  ASSERT_GT(examples.size(), 40U);
  for (const Json& example : examples) {
    expect_near(
        exit_state::touch(example.at("distance").get<double>(), example.at("atr").get<double>(),
                          example.at("close").get<double>(), example.at("hours").get<double>()),
        example.at("probability"), example.dump());
  }
}

void check_verdicts(const Json& series) {
  SCOPED_TRACE(series.at("name").get<std::string>());
  const Rules rules;
  regime::VerdictHistory history;
  for (const Json& row : series.at("rows")) {
    SCOPED_TRACE(row.at("time").dump());
    const TimeframeMetrics h1 = scored(row.at("m1"), Timeframe::h1);
    const TimeframeMetrics h4 = scored(row.at("m4"), Timeframe::h4);
    const RangeScores scores =
        regime::combine(regime::range_score(h1, rules.regime.scores),
                        regime::range_score(h4, rules.regime.scores), rules.regime);
    expect_near(scores.h1, row.at("S1"), "S(1h)");
    expect_near(scores.h4, row.at("S4"), "S(4h)");
    expect_near(scores.combined, row.at("combined"), "combined");
    const Verdict raw = regime::classify(scores, rules.regime);
    EXPECT_EQ(to_text(raw), row.at("raw").get<std::string>());
    const Regime regime = regime::advance(raw, scores, history, rules);
    EXPECT_EQ(to_text(regime.verdict), row.at("verdict").get<std::string>());
    EXPECT_EQ(regime.hours_in_verdict, row.at("hours_in_verdict").get<int>());

    const Confidence confidence = regime::confidence(regime, h1, h4, {}, rules);
    expect_near(confidence.base, row.at("base"), "base");
    expect_near(confidence.value, row.at("confidence"), "confidence");
    const Json& penalties = row.at("penalties");
    ASSERT_EQ(confidence.penalties.size(), penalties.size());
    for (std::size_t i = 0; i < penalties.size(); ++i) {
      EXPECT_EQ(confidence.penalties[i].name, penalties[i].at(0).get<std::string>());
      expect_near(confidence.penalties[i].amount, penalties[i].at(1), "penalty");
    }
    history = {regime.memory, regime.hours_in_verdict};
  }
}

exit_state::ConditionInputs inputs_of(const Json& row) {
  exit_state::ConditionInputs inputs;
  inputs.close = row.at("close").get<double>();
  inputs.lower = row.at("lower").get<double>();
  inputs.upper = row.at("upper").get<double>();
  inputs.stop_loss = finite(row.at("stop"));
  inputs.stop_loss_touched = inputs.stop_loss && row.at("low").get<double>() <= *inputs.stop_loss;
  inputs.atr = finite(row.at("atr"));
  inputs.break_probability = {finite(row.at("break_p")), finite(row.at("p_low")),
                              finite(row.at("p_up"))};
  inputs.adx = finite(row.at("adx"));
  inputs.adx_3 = finite(row.at("adx_3"));
  inputs.efficiency_ratio = finite(row.at("er"));
  inputs.autocorrelation = finite(row.at("ac"));
  inputs.half_life = finite(row.at("hl"));
  inputs.half_life_non_stationary = row.at("hl") == "inf";
  inputs.slope = finite(row.at("slope"));
  inputs.bandwidth = finite(row.at("bw"));
  inputs.bandwidth_6 = finite(row.at("bw_6"));
  inputs.bandwidth_ratio = finite(row.at("bwr"));
  for (std::size_t i = 0; i < row.at("verdicts").size(); ++i) {
    const auto verdict = static_cast<Verdict>(row.at("verdicts").at(i).get<int>());
    inputs.memory.push_back({verdict, verdict, row.at("confs").at(i).get<double>()});
  }
  inputs.closes_low = row.at("closes_low").get<int>();
  inputs.closes_up = row.at("closes_up").get<int>();
  inputs.loss_share = finite(row.at("loss_share"));
  return inputs;
}

exit_state::StateBefore as_before(const ExitEvaluation& evaluation) {
  return {evaluation.state, evaluation.calm_count, evaluation.evaluations_in_state, true};
}

void check_exits(const Json& series) {
  SCOPED_TRACE(series.at("name").get<std::string>());
  const ExitRules rules;
  exit_state::StateBefore before;
  int row_number = 0;
  for (const Json& row : series.at("rows")) {
    SCOPED_TRACE(row_number++);
    const auto inputs = inputs_of(row.at("inputs"));
    const auto found = exit_state::conditions(inputs, rules);
    ASSERT_EQ(found.size(), row.at("conditions").size());
    for (const Condition& condition : found) {
      const Json& met = row.at("conditions").at(std::string(to_text(condition.name)));
      const Truth expected = met.is_null()     ? Truth::unknown
                             : met.get<bool>() ? Truth::yes
                                               : Truth::no;
      EXPECT_EQ(condition.met, expected) << to_text(condition.name) << ": " << condition.detail;
    }
    EXPECT_EQ(exit_state::tier(found, rules), static_cast<ExitState>(row.at("tier").get<int>()));
    const ExitEvaluation evaluation =
        exit_state::advance(found, before, exit_state::ExitAnswer::none, rules);
    EXPECT_EQ(to_text(evaluation.state), row.at("state").get<std::string>());
    before = as_before(evaluation);
    const BreakProbability touch =
        exit_state::break_probability(inputs.close, inputs.lower, inputs.upper, inputs.atr, 24.0);
    expect_near(touch.both, row.at("inputs").at("break_p"), "break probability");
  }
}

/// Conditions that amount to a tier; blocked = one of the highest tier is unknown.
std::vector<Condition> conditions_of(ExitState tier, bool blocked) {
  std::vector<Condition> result;
  const auto add = [&result](ConditionName name, ExitState its_tier, bool threat, Truth met) {
    Condition& condition = result.emplace_back();
    condition.name = name;
    condition.tier = its_tier;
    condition.threat = threat;
    condition.met = met;
  };
  const auto when = [tier](ExitState wanted) { return tier == wanted ? Truth::yes : Truth::no; };
  add(ConditionName::near_bound, ExitState::warning, true, when(ExitState::warning));
  add(ConditionName::adx_rising, ExitState::warning, false, when(ExitState::warning));
  add(ConditionName::outside_range, ExitState::latest_acceptable_exit, false,
      when(ExitState::latest_acceptable_exit));
  add(ConditionName::break_confirmed, ExitState::mandatory_exit, false,
      when(ExitState::mandatory_exit));
  add(ConditionName::stop_loss_near, ExitState::mandatory_exit, false,
      blocked ? Truth::unknown : Truth::no);
  return result;
}

TEST(StrategyGolden, Machine) {
  const Json examples = own().at("machine");
  ASSERT_EQ(examples.size(), 7U);
  for (const Json& example : examples) {
    SCOPED_TRACE(example.at("name").get<std::string>());
    exit_state::StateBefore before;
    int step_number = 0;
    for (const Json& step : example.at("steps")) {
      const auto tier = static_cast<ExitState>(step.at("tier").get<int>());
      const ExitEvaluation evaluation =
          exit_state::advance(conditions_of(tier, step.at("blocked").get<bool>()), before,
                              exit_state::ExitAnswer::none, ExitRules{});
      EXPECT_EQ(to_text(evaluation.state), step.at("state").get<std::string>())
          << "step " << step_number;
      before = as_before(evaluation);
      ++step_number;
    }
  }
}

void check_gates(const Json& series) {
  const GateRules rules;
  gates::Counters counters{};
  int row_number = 0;
  for (const Json& row : series.at("rows")) {
    SCOPED_TRACE(row_number++);
    const Json& in = row.at("inputs");
    TimeframeMetrics h1;
    h1.adx.value = finite(in.at("adx"));
    h1.adx.value_6_bars_ago = finite(in.at("adx_6"));
    h1.normalized_slope.value = finite(in.at("slope"));
    h1.ou_half_life.value = finite(in.at("hl"));
    h1.autocorrelation.value = finite(in.at("ac"));
    h1.efficiency_ratio.value = finite(in.at("er"));
    h1.bollinger_bandwidth.value = finite(in.at("bw"));
    h1.bollinger_bandwidth.value_6_bars_ago = finite(in.at("bw_6"));
    h1.bollinger_bandwidth.bandwidth_ratio = finite(in.at("bwr"));
    h1.atr = finite(in.at("atr"));
    std::vector<VerdictMemory> memory;
    for (const Json& verdict : in.at("verdicts")) {
      const auto value = static_cast<Verdict>(verdict.get<int>());
      memory.push_back({value, value, 0.0});
    }
    const GateEvaluation evaluation =
        gates::advance(h1, finite(in.at("close")), 0.001, memory, counters, rules);
    for (std::size_t i = 0; i < evaluation.gates.size(); ++i) {
      EXPECT_EQ(evaluation.gates[i].holds, row.at("holds").at(i).get<bool>()) << "gate " << i;
      EXPECT_EQ(evaluation.gates[i].count, row.at("counters").at(i).get<int>()) << "gate " << i;
      counters[i] = evaluation.gates[i].count;
    }
    EXPECT_EQ(evaluation.passed, row.at("all_passed").get<bool>());
  }
}

TEST(StrategyGolden, RealCandles) {
  const auto file = golden::shared_file("strategy.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no reference values at " << file;
  const Json document = golden::load(file);
  for (const Json& series : document.at("verdicts")) check_verdicts(series);
  for (const Json& series : document.at("exits")) check_exits(series);
  check_gates(document.at("gates"));
}

}  // namespace
}  // namespace gridexit
