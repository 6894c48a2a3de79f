#include <fmt/format.h>

#include <algorithm>

#include "cycle.hpp"
#include "gridexit/domain/names.hpp"
#include "hour_inputs.hpp"

namespace gridexit::pipeline {
namespace {

constexpr int kMetricsNeeded = 4;
// What an account did lately tells whether the bot works; all since its start would take more calls
// every week.
constexpr Hours kFillsShown{24};

int reminder_of(const std::optional<evaluation::Predecessor>& predecessor,
                const ReminderRules& rules) {
  if (!predecessor || !predecessor->record.exit_state) return rules.warning;
  switch (predecessor->record.exit_state->state) {
    case ExitState::normal:
    case ExitState::warning: return rules.warning;
    case ExitState::latest_acceptable_exit: return rules.latest;
    case ExitState::mandatory_exit: return rules.mandatory;
  }
  return rules.warning;
}

// What the operator of a running grid must know when its hour has no evaluation.
std::string last_known(const SymbolHour& hour) {
  if (!hour.situation.running) return "";
  std::string text =
      fmt::format("; grid {} is running and was NOT evaluated", hour.situation.running->grid_id);
  if (hour.predecessor && hour.predecessor->record.exit_state) {
    const MetricsRecord& record = hour.predecessor->record;
    text += fmt::format(", last known state {} at {}", to_text(record.exit_state->state),
                        format_hour(record.timestamp));
  }
  return text + "; look at the price yourself";
}

}  // namespace

SymbolHour Cycle::evaluate(const Symbol& symbol) {
  SymbolHour hour(symbol);
  steps_.begin("history", symbol.text());
  if (ports_.store != nullptr) {
    load_past(hour);
  } else {
    load_past_from_copies(hour);
  }
  if (hour.predecessor) newest_pages_[symbol.text()] = hour.predecessor->record.timestamp;
  if (already_decided(hour)) return hour;
  take_unrecorded(hour);
  if (time_is_over()) {
    note_failure(
        hour, {ErrorCode::deadline_exceeded, symbol.text() + ": the run's time is over", "", {}});
    return hour;
  }
  evaluate_market(hour);
  return hour;
}

// Balances and a running grid's fills, when there are keys that may be used; never while replaying.
std::optional<AccountFigures> Cycle::account(SymbolHour& hour) {
  if (inputs_.at || !exchange()->info().has_keys) return std::nullopt;
  if (!key_check_) {
    auto checked = exchange()->check_key();
    if (!checked) {
      note({"account", "",
            "key self-check failed, positions are estimated: " + checked.error().text(), 3});
      key_check_ = ports::KeyCheck{};
    } else {
      key_check_ = std::move(*checked);
      if (!key_check_->usable) {
        note({"key.refused", "", "API key refused, positions are estimated: " + key_check_->problem,
              1, 24, 1});
      } else if (!key_check_->problem.empty()) {
        log(ports::LogLevel::warning, "key.warning", key_check_->problem);
      }
    }
  }
  if (!key_check_->usable) return std::nullopt;
  auto figures = exchange()->account(hour.symbol);
  if (!figures) {
    note({"account", "",
          "balances not available, positions are estimated: " + figures.error().text(), 3});
    return std::nullopt;
  }
  if (!hour.situation.running) return *figures;
  const UtcTime from = std::max(hour.situation.running->start, at_ - kFillsShown);
  if (auto fills = exchange()->fills(hour.symbol, from, at_)) {
    figures->fills = *fills;
  } else {
    note({"account.fills", "",
          "the account's fills not available, only simulated ones are: " + fills.error().text(),
          3});
  }
  return *figures;
}

void Cycle::note_failure(SymbolHour& hour, Error error) {
  const std::string& symbol = hour.symbol.text();
  const bool running = hour.situation.running.has_value();
  Problem problem_of_hour{"data." + symbol, symbol,
                          symbol + " has no evaluation: " + error.text() + last_known(hour)};
  problem_of_hour.alert_after = running ? 1 : 3;
  problem_of_hour.repeat_hours =
      running ? reminder_of(hour.predecessor, configuration_->configuration.rules.reminders) : 24;
  problem_of_hour.priority = running ? 1 : 0;
  problem(std::move(problem_of_hour), error.code);
  hour.failure = std::move(error);
}

void Cycle::evaluate_market(SymbolHour& hour) {
  if (exchange() == nullptr) {
    note_failure(hour, connections_->exchange.error());
    return;
  }
  const auto grid_start =
      hour.situation.running ? std::optional{hour.situation.running->start} : std::nullopt;
  const UtcTime first = first_needed_bar(at_, configuration_->configuration.rules.data, grid_start);
  std::vector<RawDay> stored;
  if (ports_.store != nullptr) {
    Oddities odd;
    auto days = raw_days(*ports_.store, hour.symbol.text(), first, at_, &odd);
    if (days) {
      stored = std::move(*days);
    } else {
      log(ports::LogLevel::warning, "raw_data.unreadable", days.error().text());
    }
    for (const auto& [path, error] : odd.unreadable) {
      hour.unreadable.insert(path);
      log(ports::LogLevel::warning, "raw_data.unreadable", error.text());
    }
  }
  if (!stored.empty() && stored.back().source != exchange()->info().source) {
    note_failure(hour, {ErrorCode::usage,
                        fmt::format("this repository holds data of \"{}\", not of \"{}\"",
                                    stored.back().source, exchange()->info().source),
                        "use the same --exchange as before, or another repository",
                        {}});
    return;
  }
  steps_.begin("market", hour.symbol.text());
  auto market = load_market(*exchange(), hour.symbol, at_, first, std::move(stored));
  if (!market) {
    note_failure(hour, std::move(market).error());
    return;
  }
  hour.market = std::move(*market);

  const evaluation::HourInputs inputs = hour_inputs(hour);
  steps_.begin("evaluation", hour.symbol.text());
  auto outcome = evaluation::evaluate(inputs, configuration_->configuration.rules);
  if (!outcome) {
    note_failure(hour, std::move(outcome).error());
    return;
  }
  hour.outcome = std::move(*outcome);
  note_oddities(hour);
}

evaluation::HourInputs Cycle::hour_inputs(SymbolHour& hour) {
  evaluation::HourInputs in(hour.symbol);
  in.at = at_;
  in.origin = exchange()->info().simulated ? Origin::simulated
              : inputs_.at                 ? Origin::replay
                                           : Origin::live;
  in.delivered_1h = hour.market->h1.view();
  in.exchange_4h = hour.market->exchange_4h.view();
  in.context_15m = hour.market->m15.view();
  in.source = hour.market->source;
  in.engine = inputs_.engine;
  in.config = configuration_->version;
  in.predecessor = hour.predecessor;
  place_grids(in, hour.situation);
  in.recent_decisions = hour.decisions;
  in.recent_notified = notified_in(hour.exit_days);
  in.account = account(hour);
  if (auto symbol_rules = exchange()->symbol_rules(hour.symbol)) in.symbol_rules = *symbol_rules;
  for (const Problem& known : problems_) {
    if (known.symbol.empty() || known.symbol == hour.symbol.text())
      in.errors.push_back({"run", known.key, known.text});
  }
  return in;
}

// An evaluation that happened, but not as it should.
void Cycle::note_oddities(const SymbolHour& hour) {
  const int scored = hour.outcome->record.h1.scored();
  if (scored < kMetricsNeeded) {
    problem({"metrics." + hour.symbol.text(), hour.symbol.text(),
             fmt::format("{}: only {} of 6 metrics on 1h; regime and confidence say little, the "
                         "price conditions hold",
                         hour.symbol.text(), scored),
             1, 24, 1},
            ErrorCode::metrics_insufficient);
  }
  for (const Anomaly& anomaly : hour.outcome->record.anomalies) {
    std::string text = fmt::format("{} {} on {} is outside its expected interval", anomaly.metric,
                                   anomaly.value, anomaly.timeframe);
    note({fmt::format("metric.anomaly.{}.{}.{}", hour.symbol.text(), anomaly.metric,
                      anomaly.timeframe),
          hour.symbol.text(), std::move(text)});
  }
}

}  // namespace gridexit::pipeline
