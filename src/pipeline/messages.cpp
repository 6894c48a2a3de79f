#include "messages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/reasons.hpp"

namespace gridexit::pipeline {
namespace {

// Who has acted is not woken for it again.
int priority_of(ExitState state, const MessageContext& context) {
  if (context.stopped || context.said_executed) return std::min(0, static_cast<int>(state) - 1);
  return static_cast<int>(state) - 1;
}

std::string what_to_do(const ExitEvaluation& exit, UtcTime at, const MessageContext& context) {
  if (context.stopped) {
    return fmt::format("Nothing to do: the grid was stopped at {}.", format_utc(*context.stopped));
  }
  const bool asks_to_stop = exit.state >= ExitState::latest_acceptable_exit;
  if (asks_to_stop && context.said_executed) {
    return fmt::format(
        "STOP_GRID: you said executed at {}. The grid is still recorded as running: record its "
        "stop "
        "with gridexit grid stop --id {}.",
        format_utc(*context.said_executed), exit.grid_id);
  }
  switch (exit.state) {
    case ExitState::normal: return "HOLD: the grid may run on.";
    case ExitState::warning: return "PREPARE_EXIT: be ready to stop the grid; most warnings pass.";
    case ExitState::latest_acceptable_exit:
      return fmt::format(
          "STOP_GRID: act now; the first 3 h cost nothing on average, later ones do. Becomes "
          "MANDATORY_EXIT at {} "
          "unless you act.",
          format_hour(at + Hours{context.overstay - exit.evaluations_in_state}));
    case ExitState::mandatory_exit: return "STOP_GRID: emergency, stop the grid now.";
  }
  return "";
}

std::string headline(const ExitEvaluation& exit, const MessageContext& context) {
  if (context.stopped) return "the grid was stopped since";
  if (context.said_executed && exit.state >= ExitState::latest_acceptable_exit) {
    return "record the grid's stop";
  }
  switch (exit.state) {
    case ExitState::normal: return "calm again";
    case ExitState::warning: return "prepare to exit";
    case ExitState::latest_acceptable_exit: return "stop the grid now";
    case ExitState::mandatory_exit: return "EMERGENCY, stop the grid now";
  }
  return "";
}

std::string price_line(const MetricsRecord& record) {
  std::string line =
      fmt::format("Price {}", record.price.close ? format_price(*record.price.close) : "unknown");
  if (const auto& position = record.position) {
    line += fmt::format("; lower bound {:+.1f} %, upper bound {:+.1f} %",
                        -position->distance_lower_pct, position->distance_upper_pct);
    if (position->distance_stop_pct)
      line += fmt::format(", stop-loss {:+.1f} %", -*position->distance_stop_pct);
    line += fmt::format(". PnL {:+.2f} (estimated)", position->pnl);
  } else {
    line += "; position unknown";
  }
  line += fmt::format(". Break probability 24 h {}.",
                      format_fixed(record.exit_state->break_probability_24h.both, 2));
  return line;
}

void add_list(std::string& text, std::string_view label, const std::vector<std::string>& items) {
  if (!items.empty()) text += fmt::format("\n{}: {}", label, join(items, "; "));
}

// Where to read on; the same last line for every message.
std::string references(const Message& message) {
  std::vector<std::string> parts;
  if (message.decision_id) parts.push_back(*message.decision_id);
  if (!message.page.empty()) parts.push_back(message.page);
  parts.push_back(message.head.empty() ? "not recorded" : "head " + message.head.substr(0, 12));
  return "\n" + join(parts, " | ");
}

Message base_message(const MetricsRecord& record, const MessageContext& context) {
  Message message;
  message.symbol = record.symbol;
  message.timestamp = record.timestamp;
  message.confidence = record.confidence.value;
  message.price = record.price.close;
  message.problems = context.problems;
  // What is wrong with the candles weakens every figure of the message, so it is said here too.
  for (const DataProblem& problem : record.data.problems) {
    message.problems.push_back("data: " + problem.message);
  }
  message.head = context.head;
  message.page = context.page;
  message.action = std::string(to_text(record.recommendation.action));
  message.decision_id = record.recommendation.decision_id;
  return message;
}

std::string lateness(const MessageContext& context) {
  return context.delay > Hours{0} ? fmt::format(" ({} h late)", context.delay.count()) : "";
}

std::string_view mark(const MessageContext& context) {
  return context.simulated ? "SIMULATED DATA. " : "";
}

}  // namespace

std::string exit_message_id(const std::string& symbol, const Notified& notified) {
  return fmt::format("exit/{}/{}/{}/{}", symbol, notified.grid_id,
                     format_compact(notified.timestamp), to_text(notified.state));
}

std::string setup_message_id(const std::string& decision_id) {
  return "setup/" + decision_id;
}

Message exit_message(const MetricsRecord& record, const std::optional<DecisionRecord>& decision,
                     const MessageContext& context) {
  const ExitEvaluation& exit = *record.exit_state;
  Message message = base_message(record, context);
  message.id = exit_message_id(record.symbol, {record.timestamp, exit.grid_id, exit.state});
  message.kind = EventKind::exit_state;
  message.event = "exit_state";
  message.grid_id = exit.grid_id;
  message.state = exit.state;
  message.previous_state = exit.previous;
  message.break_probability = exit.break_probability_24h.both;
  message.reasons = met_reasons(exit);
  for (std::string& unknown : unknown_reasons(exit)) message.reasons.push_back(std::move(unknown));
  message.priority = priority_of(exit.state, context);
  if (decision) message.decision_id = decision->decision_id;
  message.title = fmt::format("{}{}: {} - {}{}", mark(context), record.symbol, to_text(exit.state),
                              headline(exit, context), lateness(context));

  std::string text = fmt::format("{}Grid {}: {}", mark(context), exit.grid_id, to_text(exit.state));
  if (exit.previous != exit.state) text += fmt::format(" (was {})", to_text(exit.previous));
  text += fmt::format(
      " at {}\n{}\n{}\nRegime {}, confidence {:.2f} (agreement about the present, not a forecast).",
      format_hour(record.timestamp), what_to_do(exit, record.timestamp, context),
      price_line(record), to_text(record.regime.verdict), record.confidence.value);
  if (context.delay > Hours{0}) {
    text += fmt::format("\nDelayed: this is the state of {} h ago.", context.delay.count());
  }
  add_list(text, "Delayed; did not get through everywhere", context.superseded);
  add_list(text, "Why", message.reasons);
  add_list(text, "Problems", message.problems);
  message.text = text + references(message);
  return message;
}

Message setup_message(const MetricsRecord& record, const DecisionRecord& decision,
                      const MessageContext& context) {
  Message message = base_message(record, context);
  message.id = setup_message_id(decision.decision_id);
  message.kind = EventKind::setup;
  message.event = "grid_setup";
  message.action = std::string(to_text(decision.recommendation.action));
  message.decision_id = decision.decision_id;
  message.reasons = decision.recommendation.rationale;
  message.priority = 0;
  message.title = fmt::format("{}{}: {}", mark(context), record.symbol,
                              to_text(decision.recommendation.action));

  std::string text = fmt::format(
      "{}{} at {}, price {}, confidence {:.2f} (no promise of profit).", mark(context),
      to_text(decision.recommendation.action), format_hour(record.timestamp),
      record.price.close ? format_price(*record.price.close) : "unknown", record.confidence.value);
  if (const auto& proposal = decision.recommendation.proposal) {
    text += fmt::format("\nLower {}, upper {}, {} cells ({}), stop-loss {}, capital {:.2f}.",
                        format_number(proposal->lower), format_number(proposal->upper),
                        proposal->cells, to_text(proposal->spacing),
                        format_number(proposal->stop_loss), proposal->capital_quote);
  }
  if (decision.recommendation.valid_until) {
    text += fmt::format("\nValid until {}.", format_utc(*decision.recommendation.valid_until));
  }
  add_list(text, "Why", message.reasons);
  add_list(text, "Problems", message.problems);
  message.text = text + references(message);
  return message;
}

Message alert_message(const std::string& key, const std::string& symbol, UtcTime at,
                      const std::string& text, int priority, const MessageContext& context) {
  Message message;
  message.id = fmt::format("alert/{}/{}", key, format_compact(at));
  message.kind = EventKind::alert;
  message.event = key;
  message.symbol = symbol;
  message.timestamp = at;
  message.problems = {text};
  message.head = context.head;
  message.page = context.page;
  message.priority = priority;
  message.title =
      fmt::format("{}gridexit{}: {}", mark(context), symbol.empty() ? "" : " " + symbol, key);
  message.text =
      fmt::format("{}{}: {}{}", mark(context), format_hour(at), text, references(message));
  return message;
}

}  // namespace gridexit::pipeline
