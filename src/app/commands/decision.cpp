// decision list, decision show, decision act: what was recommended, and what the operator did about
// it. Actions are appended to the decision's document; nothing else in it ever changes.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "app/commands/commands.hpp"
#include "app/grid_changes.hpp"
#include "app/options.hpp"
#include "app/render/decision_text.hpp"
#include "app/session.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::app {
namespace {

constexpr int kDefaultDays = 7;

struct ListOptions {
  std::optional<Symbol> symbol;
  std::optional<int> days;
};

struct ShowOptions {
  std::optional<std::string> id;
};

struct ActOptions {
  std::optional<std::string> id;
  OperatorAction action = OperatorAction::accepted;
  std::optional<std::string> note;
  std::optional<double> price;
  std::optional<UtcTime> until;
  std::optional<UtcTime> at;
};

Value to_value(const DecisionRecord& decision) {
  return Value::document(codec::write_as(decision, codec::Format::json),
                         codec::write_as(decision, codec::Format::yaml));
}

// Counted back from each symbol's newest record, so that a replayed history lists too.
Result<std::vector<DecisionRecord>> recent_decisions(const ListOptions& options, Context& context,
                                                     ports::Store& store) {
  std::vector<DecisionRecord> found;
  GX_TRY(const auto symbols, recorded_symbols(store));
  for (const std::string& symbol : symbols) {
    if (options.symbol && options.symbol->text() != symbol) continue;
    GX_TRY(const auto newest, pipeline::newest_record(store, symbol, context.wiring.clock().now(),
                                                      pipeline::Bound::not_after));
    if (!newest) continue;
    const UtcTime end = newest->record.timestamp;
    const UtcTime begin = end - std::chrono::days{options.days.value_or(kDefaultDays)};
    GX_TRY(auto decisions, pipeline::decisions_between(store, symbol, begin, end));
    std::move(decisions.begin(), decisions.end(), std::back_inserter(found));
  }
  std::stable_sort(
      found.begin(), found.end(),
      [](const DecisionRecord& a, const DecisionRecord& b) { return a.created_at > b.created_at; });
  return found;
}

Result<ExitCode> run_list(const ListOptions& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::read));
  GX_TRY(const auto decisions, recent_decisions(options, context, repository->store()));
  if (!context.output.is_text()) {
    Value list = Value::array();
    for (const DecisionRecord& decision : decisions) list.add(to_value(decision));
    context.output.print_tree(list);
    return ExitCode::done;
  }
  if (decisions.empty()) {
    context.output.print(fmt::format("no decisions in the last {} days of the record\n",
                                     options.days.value_or(kDefaultDays)));
    return ExitCode::done;
  }
  context.output.print(render_decisions(decisions, context.output.style()));
  context.output.remark("next: " + next_command(context, "decision show ID") + ", " +
                        next_command(context, "decision act ID executed"));
  return ExitCode::done;
}

Result<ExitCode> run_show(const ShowOptions& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::read));
  GX_TRY(const DecisionRecord decision,
         require_decision(repository->store(), options.id.value_or("")));
  if (context.output.is_text()) {
    context.output.print(render_decision(decision, context.output.style()));
  } else {
    context.output.print_tree(to_value(decision));
  }
  return ExitCode::done;
}

std::string next_step(const DecisionRecord& decision, OperatorAction action,
                      const Context& context) {
  const std::string& id = decision.decision_id;
  if (action == OperatorAction::executed) {
    switch (decision.recommendation.action) {
      case Action::stop_grid:
        return next_command(context, fmt::format("grid stop --id {} --decision {} --reason ...",
                                                 decision.grid_id.value_or("ID"), id)) +
               ", or it goes on counting as running";
      case Action::create_grid:
      case Action::create_probationary_grid:
        return next_command(context, "grid start --decision " + id) +
               ", so that the new grid is judged";
      case Action::hold:
      case Action::prepare_exit:
      case Action::wait: break;
    }
  }
  return next_command(context, "decision show " + id);
}

// What the answer must not contradict: what was asked, what was answered before, and itself.
Result<void> check_answer(const ActOptions& options, const DecisionRecord& decision) {
  GX_CHECK(check_answerable(decision, options.action));
  const auto& answers = decision.action_records;
  const auto done = std::find_if(answers.begin(), answers.end(), [](const ActionRecord& answer) {
    return answer.action == OperatorAction::executed;
  });
  if (options.action != OperatorAction::executed && done != answers.end()) {
    return Error{
        ErrorCode::conflict,
        fmt::format("{} was executed at {} and cannot be {} after that", decision.decision_id,
                    format_utc(done->at), to_text(options.action)),
        "answers are never taken back; if it was not so, record what runs: gridexit grid start or "
        "gridexit grid stop",
        {}};
  }
  if (options.until && options.action != OperatorAction::declined) {
    return Error{ErrorCode::usage,
                 fmt::format("--until says how long a refusal holds, and the answer is {}",
                             to_text(options.action)),
                 "leave --until out, or answer declined",
                 {}};
  }
  return {};
}

Result<void> check_times(const ActOptions& options, const DecisionRecord& decision, UtcTime at) {
  if (at < decision.created_at) {
    return Error{ErrorCode::usage,
                 fmt::format("--at {} is before the decision ({})", format_utc(at),
                             format_utc(decision.created_at)),
                 "give a later time",
                 {}};
  }
  if (!decision.action_records.empty() && at < decision.action_records.back().at) {
    return Error{ErrorCode::conflict,
                 fmt::format("--at {} is before the newest action ({})", format_utc(at),
                             format_utc(decision.action_records.back().at)),
                 "action records are append-only; give a later time",
                 {}};
  }
  if (options.until && *options.until <= at) {
    return Error{ErrorCode::usage,
                 fmt::format("--until {} is not after the action", format_utc(*options.until)),
                 "say until when the answer holds",
                 {}};
  }
  return {};
}

Result<ExitCode> run_act(const ActOptions& options, Context& context) {
  GX_TRY(const auto repository, open_for_change(context));
  GX_TRY(const UtcTime at, event_time(context, options.at));
  GX_TRY(DecisionRecord decision, require_decision(repository->store(), options.id.value_or("")));
  GX_CHECK(check_answer(options, decision));
  GX_CHECK(check_times(options, decision, at));
  decision.action_records.push_back(
      {at, acting_user(context), options.action, options.price, options.note, options.until});
  ports::ChangeSet changes;
  GX_CHECK(add_decision(decision, changes));
  changes.subject = fmt::format("Record {} as {}", decision.decision_id, to_text(options.action));
  changes.author_time = at;
  GX_TRY(const SavedChange saved, save(context, *repository, std::move(changes)));
  if (!context.output.is_text()) {
    Value result = Value::object();
    result.set("decision_id", decision.decision_id).set("action", to_text(options.action));
    result.set("at", format_utc(at)).set("saved", to_value(saved));
    context.output.print_tree(result);
    return ExitCode::done;
  }
  context.output.print(fmt::format("{} is {} at {}\n{}\n", decision.decision_id,
                                   to_text(options.action), format_utc(at), describe(saved)));
  context.output.remark("next: " + next_step(decision, options.action, context));
  return ExitCode::done;
}

Body define_list(CLI::App& app) {
  auto options = std::make_shared<ListOptions>();
  add_symbol(app, options->symbol, "Only this market");
  add_integer(app, "--days", options->days, 1, 3660,
              "Days back from the newest record (default: 7)");
  return [options](Context& context) { return run_list(*options, context); };
}

Body define_show(CLI::App& app) {
  auto options = std::make_shared<ShowOptions>();
  add_argument(app, "ID", options->id, Need::required, "The decision's id");
  return [options](Context& context) { return run_show(*options, context); };
}

Body define_act(CLI::App& app) {
  auto options = std::make_shared<ActOptions>();
  add_argument(app, "ID", options->id, Need::required, "The decision's id");
  require(add_choice(app, "ACTION",
                     {{"accepted", [options] { options->action = OperatorAction::accepted; }},
                      {"declined", [options] { options->action = OperatorAction::declined; }},
                      {"executed", [options] { options->action = OperatorAction::executed; }}},
                     "accepted, declined or executed"));
  add_text(app, "--note", options->note, "TEXT", "Why, in your words");
  add_positive(app, "--price", options->price, "Price at which you acted");
  add_time(app, "--until", options->until,
           "With declined: until when that holds (the exit is not asked for again before)");
  add_time(app, "--at", options->at, "When you acted (default: now)");
  return [options](Context& context) { return run_act(*options, context); };
}

}  // namespace

Command decision_list_command() {
  return {"decision list", "List recent decisions and what became of them",
          "gridexit decision list --repo data\n"
          "gridexit decision list --repo data --symbol ETH-USDT --days 30 -o json",
          define_list};
}

Command decision_show_command() {
  return {"decision show", "Show one decision: reasons, proposal, answers, and how it looks later",
          "gridexit decision show dec-ETH-USDT-20260202T140000Z --repo data", define_show};
}

Command decision_act_command() {
  return {
      "decision act", "Record what you did about a decision",
      "gridexit decision act dec-ETH-USDT-20260202T140000Z executed --repo data --price 2987.5\n"
      "gridexit decision act dec-ETH-USDT-20260202T140000Z declined --repo data "
      "--until 2026-02-02T20Z --note \"news expected\"",
      define_act};
}

}  // namespace gridexit::app
