#include "records_data.hpp"

#include <algorithm>
#include <string>

#include "gridexit/domain/names.hpp"

namespace gridexit::dashboard {
namespace {

Json unix_time(UtcTime time) {
  return time.time_since_epoch().count();
}

Json optional_time(std::optional<UtcTime> time) {
  return time ? unix_time(*time) : Json{};
}

Json optional_text(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json{};
}

// Entries newest first, at most `limit`, as {"rows": [...], "omitted": n}.
template <class Entry, class Row>
Json newest_first(const std::vector<Entry>& entries, std::size_t limit, Row row) {
  const std::size_t shown = std::min(limit, entries.size());
  Json rows = Json::array();
  for (std::size_t i = 0; i < shown; ++i) rows.push_back(row(entries[entries.size() - 1 - i]));
  return {{"rows", std::move(rows)}, {"omitted", entries.size() - shown}};
}

Json decision_row(const DecisionRecord& decision) {
  Json answers = Json::array();
  for (const ActionRecord& answer : decision.action_records) {
    answers.push_back({unix_time(answer.at), to_text(answer.action), answer.by, price(answer.price),
                       optional_text(answer.note), optional_time(answer.until)});
  }
  Json outcomes = Json::array();
  for (const EvaluationRecord& outcome : decision.evaluation_records) {
    outcomes.push_back({outcome.horizon, outcome.recommendation_quality, outcome.action_quality,
                        decimal(outcome.economic_impact_usd, 2), optional_text(outcome.note)});
  }
  const Recommendation& recommendation = decision.recommendation;
  return {unix_time(decision.created_at),
          to_text(recommendation.action),
          to_text(recommendation.urgency),
          decimal(recommendation.confidence, 2),
          optional_time(recommendation.valid_until),
          std::move(answers),
          std::move(outcomes)};
}

Json window_data(const WindowFacts& window) {
  return {window.bars, window.filled, window.gaps, optional_time(window.first),
          optional_time(window.last)};
}

}  // namespace

Json exit_data(const ExitEvaluation& exit, const ExitRules& rules) {
  Json conditions = Json::array();
  for (const Condition& condition : exit.conditions) {
    conditions.push_back({to_text(condition.name), static_cast<int>(condition.tier),
                          to_text(condition.met), condition.detail});
  }
  return {{"state", to_text(exit.state)},
          {"tier", to_text(exit.tier)},
          {"min_conditions", rules.warning.min_conditions},
          {"need_threat", rules.warning.need_threat},
          {"lines",
           {{rules.warning.near_bound, "warning"},
            {rules.latest.trend_break, "exit, lower bound in a trend"},
            {rules.latest.break_low, "exit, lower bound"}}},
          {"conditions", std::move(conditions)}};
}

Json gates_data(const GateEvaluation& evaluation, const GateRules& rules) {
  Json gates = Json::array();
  for (const Gate& gate : evaluation.gates) {
    Json values = Json::array();
    for (const auto& [name, value] : gate.values) values.push_back({name, decimal(value, 4)});
    gates.push_back({gate.name, gate.holds, gate.count, std::move(values)});
  }
  return {{"hold", rules.hold}, {"passed", evaluation.passed}, {"rows", std::move(gates)}};
}

Json position_data(const PositionRisk& position) {
  Json data{{"source", position.source},
            {"base", decimal(position.base, 6)},
            {"quote", decimal(position.quote, 2)},
            {"average_cost", price(position.average_cost)},
            {"capital", decimal(position.capital, 2)},
            {"pnl", decimal(position.pnl, 2)},
            {"realised_profit", decimal(position.realised_profit, 2)},
            {"unrealised_profit", decimal(position.unrealised_profit, 2)},
            {"grid_profit", decimal(position.grid_profit, 2)},
            {"loss_share", decimal(position.loss_share, 2)},
            {"capital_at_risk", decimal(position.capital_at_risk, 2)},
            {"value_at_stop", decimal(position.value_at_stop, 2)},
            {"break",
             {decimal(position.break_probability.h6, 2), decimal(position.break_probability.h24, 2),
              decimal(position.break_probability.h72, 2)}}};
  if (position.account) {
    data["account"] = {decimal(position.account->base, 6), decimal(position.account->quote, 2)};
  }
  if (position.account && position.account->fills) {
    const FillFigures& fills = *position.account->fills;
    data["fills"] = {{"count", fills.count},
                     {"from", unix_time(fills.from)},
                     {"bought", decimal(fills.base_bought, 6)},
                     {"sold", decimal(fills.base_sold, 6)}};
  }
  if (position.difference) data["difference"] = *position.difference;
  return data;
}

Json proposal_data(const PageInputs& inputs) {
  const auto& id = inputs.record.recommendation.decision_id;
  for (const DecisionRecord& decision : inputs.decisions) {
    if (!id || decision.decision_id != *id || !decision.recommendation.proposal) continue;
    const Proposal& proposal = *decision.recommendation.proposal;
    return {{"lower", price(proposal.lower)},
            {"upper", price(proposal.upper)},
            {"cells", proposal.cells},
            {"spacing", to_text(proposal.spacing)},
            {"stop_loss", price(proposal.stop_loss)},
            {"capital", decimal(proposal.capital_quote, 2)},
            {"amount_per_grid", decimal(proposal.amount_per_grid, 8)},
            {"profit_per_grid_pct", decimal(proposal.profit_per_grid_pct, 3)},
            {"allocation_pct", decimal(proposal.allocation_pct, 1)}};
  }
  return nullptr;
}

Json decisions_data(const std::vector<DecisionRecord>& decisions, std::size_t limit) {
  return newest_first(decisions, limit, decision_row);
}

Json transitions_data(const std::vector<Transition>& transitions, std::size_t limit) {
  return newest_first(transitions, limit, [](const Transition& transition) -> Json {
    return {unix_time(transition.timestamp), static_cast<int>(transition.from_state),
            static_cast<int>(transition.to_state), transition.reasons};
  });
}

Json quality_data(const MetricsRecord& record) {
  Json problems = Json::array();
  for (const DataProblem& problem : record.data.problems) {
    problems.push_back({problem.code, problem.message});
  }
  Json anomalies = Json::array();
  for (const Anomaly& anomaly : record.anomalies) {
    anomalies.push_back({anomaly.metric, anomaly.timeframe, decimal(anomaly.value, 4),
                         decimal(anomaly.expected_min, 4), decimal(anomaly.expected_max, 4)});
  }
  return {{"ok", record.data.ok},
          {"source", record.data.source},
          {"hash", optional_text(record.data.dataset_hash)},
          {"1h", window_data(record.data.h1)},
          {"4h", window_data(record.data.h4)},
          {"staleness", record.data.staleness_minutes},
          {"problems", std::move(problems)},
          {"anomalies", std::move(anomalies)},
          {"context_15m",
           {record.context_15m.bars, decimal(record.context_15m.change_1h_pct, 2),
            decimal(record.context_15m.range_1h_pct, 2)}}};
}

}  // namespace gridexit::dashboard
