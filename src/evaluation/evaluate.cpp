#include "gridexit/evaluation/evaluate.hpp"

#include <algorithm>
#include <iterator>

#include "facts.hpp"
#include "grid_risk.hpp"
#include "gridexit/decision/recommend.hpp"
#include "gridexit/exit_state/evaluate.hpp"
#include "gridexit/gates/advance.hpp"
#include "gridexit/integrity/check.hpp"
#include "gridexit/metrics/compute.hpp"
#include "gridexit/regime/classify.hpp"
#include "outcome.hpp"

namespace gridexit::evaluation {
namespace {

// Section 0, "consecutive evaluations": the predecessor as far as this evaluation continues it.
const MetricsRecord* continued(const HourInputs& inputs, const EvaluationRules& rules) {
  if (!inputs.predecessor) return nullptr;
  const MetricsRecord& record = inputs.predecessor->record;
  const bool follows =
      inputs.at > record.timestamp && inputs.at - record.timestamp <= Hours{rules.max_gap_hours};
  return follows ? &record : nullptr;
}

// The state is kept over any gap, but belongs to one run of one grid.
exit_state::StateBefore state_before(const HourInputs& inputs, bool continues) {
  if (!inputs.predecessor || !inputs.predecessor->record.exit_state) return {};
  const MetricsRecord& record = inputs.predecessor->record;
  const ExitEvaluation& exit = *record.exit_state;
  const bool same_run =
      exit.grid_id == inputs.grid->grid_id && record.timestamp >= inputs.grid->start;
  if (!same_run) return {};
  return {exit.state, exit.calm_count, exit.evaluations_in_state, continues};
}

gates::Counters counters_before(const MetricsRecord* predecessor) {
  gates::Counters counters{};
  if (predecessor == nullptr || predecessor->gate_evaluation.gates.size() != counters.size())
    return counters;
  std::transform(predecessor->gate_evaluation.gates.begin(),
                 predecessor->gate_evaluation.gates.end(), counters.begin(),
                 [](const Gate& gate) { return gate.count; });
  return counters;
}

// What the operator said about leaving this run of the grid.
exit_state::ExitAnswer answer_to_exit(const HourInputs& inputs) {
  for (const DecisionRecord& decision : inputs.recent_decisions) {
    if (decision.grid_id != inputs.grid->grid_id || decision.created_at < inputs.grid->start)
      continue;
    if (decision.recommendation.action != Action::stop_grid) continue;
    for (const ActionRecord& record : decision.action_records) {
      if (record.at > inputs.at) continue;
      const bool executed = record.action == OperatorAction::executed;
      const bool declined_until_later =
          record.action == OperatorAction::declined && record.until && *record.until > inputs.at;
      if (executed || declined_until_later)
        return exit_state::ExitAnswer::executed_or_declined_until_later;
    }
  }
  return exit_state::ExitAnswer::none;
}

decision::CapitalInputs capital_inputs(const HourInputs& inputs, double close,
                                       const CapitalRules& rules) {
  decision::CapitalInputs capital;
  capital.equity = rules.total_quote;
  if (inputs.account) {
    capital.equity = std::min(capital.equity, inputs.account->quote + inputs.account->base * close);
    capital.unlocked_quote = inputs.account->quote_available;
  }
  capital.held_by_running_grids = inputs.held_by_running_grids;
  capital.another_grid_runs = inputs.another_grid_runs;
  return capital;
}

// The stages of one hour, in section 4's order. Each fills its part of the record.
class Hour {
 public:
  Hour(const HourInputs& inputs, const Rules& rules) : in_(inputs), rules_(rules) {}

  Result<HourOutcome> evaluate() {
    GX_CHECK(check_data());
    compute_metrics();
    take_verdict();
    if (in_.grid) {
      assess_risk();
    } else {
      pass_gates();
    }
    take_confidence();
    if (in_.grid) take_exit_state();
    recommend();
    return finish();
  }

 private:
  Result<void> check_data() {
    checked_ = integrity::check(in_.delivered_1h, in_.at, rules_.data);
    if (checked_.unusable) {
      return Error{ErrorCode::data_unusable,
                   in_.symbol.text() + " at " + format_hour(in_.at) + ": " + *checked_.unusable,
                   "check the exchange's candles; the next run tries again",
                   {}};
    }
    bars_4h_ = aggregate(checked_.bars.view(), Timeframe::h4, in_.at);
    for (DataProblem& problem : integrity::compare_coarse(in_.exchange_4h, bars_4h_.view())) {
      checked_.problems.push_back(std::move(problem));
    }
    // In the order in which the gate itself reports: what concerns single bars, then the rest.
    auto place = checked_.problems.begin();
    for (const DataProblem& known : in_.delivery_problems) {
      if (known.code == "coarse_mismatch") place = checked_.problems.end();
      place = std::next(checked_.problems.insert(place, known));
    }
    return {};
  }

  void compute_metrics() {
    window_1h_ = metrics::make_window(checked_.bars.view(), Timeframe::h1, rules_.data);
    window_4h_ = metrics::make_window(bars_4h_.view(), Timeframe::h4, rules_.data);
    record_.h1 = metrics::compute(window_1h_.bars.view(), Timeframe::h1);
    record_.h4 = metrics::compute(window_4h_.bars.view(), Timeframe::h4);
    regime::score_metrics(record_.h1, Timeframe::h1, rules_.regime.scores);
    regime::score_metrics(record_.h4, Timeframe::h4, rules_.regime.scores);
    close_ = window_1h_.bars.view().close.back();
  }

  void take_verdict() {
    predecessor_ = continued(in_, rules_.evaluation);
    regime::VerdictHistory history;
    if (predecessor_ != nullptr) {
      history = {predecessor_->regime.memory, predecessor_->regime.hours_in_verdict};
    }
    const RangeScores scores =
        regime::combine(regime::range_score(record_.h1, rules_.regime.scores),
                        regime::range_score(record_.h4, rules_.regime.scores), rules_.regime);
    record_.regime =
        regime::advance(regime::classify(scores, rules_.regime), scores, history, rules_);
  }

  void assess_risk() {
    risk_ = assess_grid(*in_.grid, checked_.bars.view(), window_1h_.bars.view(), record_.h1.atr,
                        in_.account, in_.at);
    record_.position = risk_.position;
  }

  void pass_gates() {
    record_.gate_evaluation =
        gates::advance(record_.h1, close_, rules_.setup.fee, record_.regime.memory,
                       counters_before(predecessor_), rules_.gates);
  }

  decision::ProposalInputs proposal_inputs() const {
    return {close_,
            record_.h1.atr,
            record_.h4.atr,
            window_1h_.bars.view(),
            in_.symbol_rules.value_or(SymbolRules{}),
            capital_inputs(in_, close_, rules_.capital)};
  }

  void take_confidence() {
    regime::ConfidenceInputs inputs;
    inputs.grid_running = in_.grid.has_value();
    if (in_.grid) {
      inputs.break_probability = risk_.break_probability_24h.both;
      inputs.grid_age_hours = risk_.age_hours;
      inputs.step_atr = risk_.step_atr;
    } else if (record_.gate_evaluation.passed) {
      const auto geometry = decision::geometry(proposal_inputs(), 1.0, rules_.setup);
      if (geometry && record_.h1.atr) inputs.step_atr = geometry->step / *record_.h1.atr;
    }
    inputs.data_problems = !checked_.problems.empty();
    inputs.data_mended_only =
        std::all_of(checked_.problems.begin(), checked_.problems.end(), integrity::is_mended);
    record_.confidence = regime::confidence(record_.regime, record_.h1, record_.h4, inputs, rules_);
    record_.regime.memory.back().confidence = record_.confidence.value;
  }

  void take_exit_state() {
    exit_state::GridNow now{in_.grid->definition, close_, risk_.since, risk_.bars_since_start,
                            std::nullopt};
    if (risk_.position) now.loss_share = risk_.position->loss_share;
    auto conditions = exit_state::conditions(
        exit_state::condition_inputs(now, record_.h1, record_.regime.memory), rules_.exit_rules);
    record_.exit_state =
        exit_state::advance(std::move(conditions), state_before(in_, predecessor_ != nullptr),
                            answer_to_exit(in_), rules_.exit_rules);
    record_.exit_state->grid_id = in_.grid->grid_id;
    record_.exit_state->break_probability_24h = risk_.break_probability_24h;
  }

  decision::ProposalOutcome proposal() const {
    if (!in_.symbol_rules) {
      return {std::nullopt, "the exchange's increments are unknown, so prices cannot be rounded"};
    }
    return decision::propose(proposal_inputs(), record_.confidence.value, rules_.setup,
                             rules_.capital);
  }

  void recommend() {
    decision::RecommendInputs inputs;
    inputs.at = in_.at;
    inputs.symbol = in_.symbol.text();
    inputs.verdict = record_.regime.verdict;
    inputs.confidence = record_.confidence.value;
    inputs.close = close_;
    inputs.atr = record_.h1.atr;
    inputs.exit_state = record_.exit_state;
    if (!in_.grid) inputs.gates = record_.gate_evaluation;
    if (record_.gate_evaluation.passed) inputs.proposal = proposal();
    inputs.recent = in_.recent_decisions;
    if (in_.predecessor) {
      inputs.standing_id = in_.predecessor->record.recommendation.decision_id;
      inputs.standing_action = in_.predecessor->record.recommendation.action;
    }
    inputs.last_stop = in_.last_stop;
    recommended_ = decision::recommend(inputs, rules_);
  }

  HourOutcome finish() {
    record_.symbol = in_.symbol.text();
    record_.timestamp = in_.at;
    record_.origin = in_.origin;
    if (in_.predecessor) record_.previous = in_.predecessor->reference;
    record_.engine = in_.engine;
    record_.config = in_.config;
    describe_data();
    record_.price = price_facts(checked_.bars.view(), record_.h1.atr, in_.at);
    record_.context_15m = context_15m(in_.context_15m, in_.at);
    record_.anomalies = anomalies(record_.h1, record_.h4, rules_.expected);
    record_.errors = in_.errors;
    for (StepError& error : metric_errors(record_.h1, record_.h4))
      record_.errors.push_back(std::move(error));
    record_.recommendation = {recommended_.recommendation.type, recommended_.recommendation.action,
                              recommended_.standing_id};

    HourOutcome outcome;
    if (recommended_.write_record) {
      outcome.decision = decision_record(record_, recommended_.recommendation);
      record_.recommendation.decision_id = outcome.decision->decision_id;
    }
    outcome.transition = transition(record_);
    outcome.notified = notification(record_, in_.recent_notified, rules_.reminders);
    outcome.record = std::move(record_);
    return outcome;
  }

  void describe_data() {
    const CandleView bars = checked_.bars.view();
    record_.data.ok = checked_.problems.empty();
    record_.data.source = in_.source;
    record_.data.dataset_hash = metrics::dataset_hash(bars_behind(bars, window_1h_, window_4h_));
    if (in_.grid)
      record_.data.grid_dataset_hash = metrics::dataset_hash(bars_since(bars, in_.grid->start));
    record_.data.h1 = window_facts(window_1h_);
    record_.data.h4 = window_facts(window_4h_);
    record_.data.staleness_minutes = checked_.staleness_minutes;
    record_.data.problems = checked_.problems;
  }

  const HourInputs& in_;
  const Rules& rules_;
  integrity::CheckedCandles checked_;
  CandleSeries bars_4h_;
  metrics::Window window_1h_;
  metrics::Window window_4h_;
  const MetricsRecord* predecessor_ = nullptr;
  GridRisk risk_;
  double close_ = 0;
  decision::RecommendOutcome recommended_;
  MetricsRecord record_;
};

}  // namespace

Result<HourOutcome> evaluate(const HourInputs& inputs, const Rules& rules) {
  return Hour(inputs, rules).evaluate();
}

}  // namespace gridexit::evaluation
