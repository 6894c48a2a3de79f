// backfill: candle history into the data repository, and with --evaluate the records of past hours.
// One push at the end.

#include "gridexit/pipeline/backfill.hpp"

#include <fmt/format.h>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/session.hpp"
#include "gridexit/app/version.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<Symbol> symbol;
  std::optional<UtcTime> from;
  std::optional<UtcTime> to;
  bool evaluate = false;
};

/// How far what was committed got: nothing is pushed hour by hour.
struct Pushed {
  bool done = false;
  std::optional<std::string> problem;
};

Pushed push(Repository& repository, Context& context) {
  const auto outcome = repository.remote().push(codec::merge_appended);
  if (outcome) return {outcome->pushed, std::nullopt};
  context.output.warn("not pushed: " + outcome.error().text() + "; the next run repeats it");
  return {false, outcome.error().text()};
}

// A year of loose objects takes ten times the space of its pack and slows every later command. A
// few hours are left to the weekly packing.
void pack(const pipeline::BackfillReport& report, Repository& repository, Context& context) {
  constexpr int many_commits = 500;
  ports::Maintenance* maintenance = repository.maintenance();
  if (maintenance == nullptr || report.days + report.recorded < many_commits) return;
  context.output.progress("packing");
  const auto packed = maintenance->pack({});
  context.output.progress("");
  if (!packed)
    context.output.warn("not packed: " + packed.error().text() + "; try gridexit maintain");
}

Value to_value(const pipeline::BackfillReport& report, const Pushed& pushed, bool simulated) {
  Value unavailable = Value::array();
  for (const std::string& timeframe : report.unavailable) unavailable.add(timeframe);
  Value value = Value::object();
  value.set("from", format_utc(report.from)).set("to", format_utc(report.to));
  value.set("days_with_new_candles", report.days).set("unavailable", std::move(unavailable));
  value.set("recorded", report.recorded).set("present", report.present);
  value.set("before_recorded", report.before_recorded).set("unusable", report.unusable);
  value.set("last_unusable", report.unusable > 0 ? Value{report.last_unusable} : Value{});
  value.set("pushed", pushed.done).set("push_problem", pushed.problem);
  value.set("simulated", simulated);
  return value;
}

std::string to_text(const pipeline::BackfillReport& report, bool evaluate) {
  std::string text = fmt::format("{} to {}: {} days with new candles", format_hour(report.from),
                                 format_hour(report.to), report.days);
  if (evaluate) {
    text +=
        fmt::format(", {} hours recorded, {} were there already", report.recorded, report.present);
  }
  text += '\n';
  if (!report.unavailable.empty()) {
    text += fmt::format("not to be had from this exchange: {} (never decisive)\n",
                        join(report.unavailable, ", "));
  }
  if (report.before_recorded > 0) {
    text += fmt::format("{} missed hours left out: their day has a later record\n",
                        report.before_recorded);
  }
  if (report.unusable > 0) {
    text += fmt::format("{} hours could not be evaluated, the last one: {}\n", report.unusable,
                        report.last_unusable);
  }
  return text;
}

// Some hours without usable candles are what a past looks like; nothing but such hours means that
// something else is wanted.
ExitCode outcome_of(const pipeline::BackfillReport& report, Output& output) {
  if (report.unusable == 0 || report.recorded + report.present > 0) return ExitCode::done;
  output.warn(fmt::format(
      "none of the {} hours could be evaluated, the last one: {}; choose --from and --to within "
      "what the exchange has candles of",
      report.unusable, report.last_unusable));
  return ExitCode::market_data;
}

pipeline::BackfillInputs inputs_of(const Options& options, const Symbol& symbol, UtcTime now,
                                   Context& context) {
  pipeline::BackfillInputs inputs(symbol);
  inputs.from = options.from;
  inputs.to = floor_hour(options.to.value_or(now));
  inputs.evaluate = options.evaluate;
  inputs.engine = engine_version();
  inputs.progress = [&output = context.output](std::string_view what, std::size_t done,
                                               std::size_t all) {
    output.progress(fmt::format("{} of {} {}", done, all, what));
  };
  return inputs;
}

Result<ExitCode> run_backfill(const Options& options, Context& context) {
  GX_TRY(const Symbol symbol, require_symbol(options.symbol));
  GX_TRY(const auto repository, open_for_change(context));
  GX_TRY(const Settings settings, load_settings(context, repository.get()));
  const Environment& environment = settings.values.environment;
  GX_TRY(const ExchangeChoice choice,
         choose_exchange(context.common, environment, Mixing::forbidden));
  GX_TRY(const auto exchange, context.wiring.make_exchange(choice, environment.exchange));
  // The market's clock, so that no bar is asked for before it is closed.
  GX_TRY(const UtcTime now, exchange->server_time());
  if (options.to && *options.to > now) {
    return Error{ErrorCode::usage,
                 format_utc(*options.to) + " is in the future",
                 "--to takes a past hour; left out, it is the present one",
                 {}};
  }
  pipeline::BackfillInputs inputs = inputs_of(options, symbol, now, context);
  inputs.config = settings.version;
  const auto report =
      pipeline::backfill(repository->store(), *exchange, settings.values.rules, inputs);
  context.output.progress("");
  if (!report) return report.error();
  // Before the push, which then sends what is packed already.
  pack(*report, *repository, context);
  const Pushed pushed = push(*repository, context);
  const bool simulated = exchange->info().simulated;
  if (!context.output.is_text()) {
    context.output.print_tree(to_value(*report, pushed, simulated));
  } else {
    if (simulated) context.output.print("SIMULATED DATA - not a market\n");
    context.output.print(to_text(*report, options.evaluate));
  }
  return outcome_of(*report, context.output);
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_symbol(app, options->symbol, "The market whose past is wanted");
  add_time(app, "--from", options->from, "First hour (default: 270 days before --to)");
  add_time(app, "--to", options->to, "Last hour (default: the present one)");
  add_switch(app, "--evaluate", options->evaluate,
             "Record the hours too, where no record exists and none of the same day is later");
  return [options](Context& context) { return run_backfill(*options, context); };
}

}  // namespace

Command backfill_command() {
  return {"backfill",
          "Load past candles (1h; 15m of the last 120 days, 1m of the last 21), and record past "
          "hours",
          "gridexit backfill --repo data --symbol ETH-USDT\n"
          "gridexit backfill --repo data --symbol ETH-USDT --from 2025-01-01 --evaluate\n"
          "gridexit backfill --repo data --symbol ETH-USDT --from 2025-01-01 --to 2025-03-01 "
          "--exchange archive:candles",
          define};
}

}  // namespace gridexit::app
