#include "cycle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/names.hpp"
#include "hour_documents.hpp"

namespace gridexit::pipeline {
namespace {

constexpr Seconds kSkewLimit{60};
constexpr double kSlowSeconds = 60;
constexpr Hours kReplayLogsOnly{2};

// SPEC.md section 3: with several failures the code is the first of these.
constexpr std::array kExitOrder{2, 7, 6, 1, 3, 5, 4};

// The stable name of what went wrong, without whom it concerns: "data.ETH-USDT" is "data".
std::string event_of(const Problem& problem) {
  if (problem.symbol.empty()) return problem.key;
  return problem.key.substr(0, problem.key.find("." + problem.symbol));
}

}  // namespace

const Grid* SymbolHour::running_grid() const {
  const auto grid = std::find_if(grids.begin(), grids.end(), [this](const Grid& known) {
    return situation.running && known.grid_id == situation.running->grid_id;
  });
  return grid == grids.end() ? nullptr : &*grid;
}

Cycle::Cycle(const RunInputs& inputs, RunPorts& ports)
    : inputs_(inputs),
      ports_(ports),
      started_(ports.clock.monotonic_seconds()),
      now_(ports.clock.now()),
      steps_(ports.clock, ports.log, run_id_of(inputs, now_)),
      outbox_(ports.state, ports.clock, steps_) {
  // Known from the start, so that even a run without configuration has an hour to speak of.
  at_ = floor_hour(inputs.at.value_or(now_));
  if (inputs_.store_error) {
    problem({"store.unusable", "",
             "data repository unusable, not recorded: " + inputs_.store_error->text(), 1, 24, 1},
            ErrorCode::store_unusable);
  }
}

void Cycle::problem(Problem problem, ErrorCode code) {
  steps_.fail(problem.key);
  if (const int exit = exit_code(code); exit != 0) exit_codes_.push_back(exit);
  note(std::move(problem), ports::LogLevel::error);
}

void Cycle::note(Problem problem, ports::LogLevel level) {
  log(level, event_of(problem), problem.text);
  problems_.push_back(std::move(problem));
}

void Cycle::log(ports::LogLevel level, std::string event, std::string message) {
  steps_.event(
      {level, std::move(event), {{"at", format_utc(at_)}, {"message", std::move(message)}}});
}

bool Cycle::time_is_over() const {
  const bool asked = inputs_.stop_requested && inputs_.stop_requested();
  return asked || ports_.clock.monotonic_seconds() - started_ > inputs_.deadline_seconds;
}

ports::Exchange* Cycle::exchange() const {
  return connections_ && connections_->exchange ? connections_->exchange->get() : nullptr;
}

void Cycle::synchronise() {
  steps_.begin("synchronise");
  if (ports_.remote == nullptr) return;
  const auto outcome = ports_.remote->synchronise(codec::merge_appended);
  if (!outcome) {
    // A remote that cannot be reached costs nothing now: the run goes on locally and pushes later.
    steps_.fail("remote.fetch");
    note(
        {"remote.fetch", "", "remote not taken in, working locally: " + outcome.error().text(), 3});
  } else if (outcome->diverged) {
    problem({"remote.rewritten", "",
             "the remote's history was rewritten: nothing is rebased or pushed until a person has "
             "looked (compare both with git log; then put ours back with `git push --force origin "
             "main`, or accept the remote's with `git update-ref refs/gridexit/last-seen COMMIT`)",
             1, 24, 1},
            ErrorCode::remote_rejected);
  }
}

bool Cycle::load_configuration() {
  steps_.begin("configuration");
  auto loaded =
      pipeline::load_configuration(inputs_.configuration, ports_.store, ports_.state, ports_.parse);
  if (!loaded) {
    problem({"config.invalid", "",
             loaded.error().text() + "; no grid is evaluated until this is mended: look at the "
                                     "price of a running grid yourself",
             1, 24, 1},
            loaded.error().code);
    return false;
  }
  configuration_ = std::move(*loaded);
  if (!configuration_->fallback_reason.empty()) {
    note({"config.fallback", "",
          fmt::format("configuration invalid, version {} stays in force: {}",
                      configuration_->version.version.substr(0, 12),
                      configuration_->fallback_reason),
          1, 24, 1});
  }
  for (const std::string& warning : configuration_->configuration.warnings) {
    log(ports::LogLevel::warning, "config.warning", warning);
  }
  return true;
}

void Cycle::connect() {
  steps_.begin("connect");
  connect_to(configuration_->configuration.environment);
}

void Cycle::connect_to(const Environment& environment) {
  connections_ = ports_.connect(environment, steps_);
  const bool old_replay = inputs_.at && now_ - at_ > kReplayLogsOnly && !inputs_.notify_replay;
  if (old_replay) alerting_ = false;
  std::vector<ports::Notifier*> channels;
  for (const auto& notifier : connections_->notifiers) {
    if (!old_replay || notifier->name() == "log") channels.push_back(notifier.get());
  }
  outbox_.connect(std::move(channels));
  if (ports_.store != nullptr) head_ = ports_.store->head().value_or("");
}

// T: --at, else the market's clock, floored.
bool Cycle::take_time() {
  steps_.begin("clock");
  if (inputs_.at) {
    if (*inputs_.at > now_) {
      problem({"usage", "", format_utc(*inputs_.at) + " is in the future (--at takes a past hour)"},
              ErrorCode::usage);
      return false;
    }
    return true;
  }
  if (exchange() == nullptr) return true;
  const auto server = exchange()->server_time();
  if (!server) {
    log(ports::LogLevel::warning, "clock.server_unknown", server.error().message);
    return true;
  }
  at_ = floor_hour(*server);
  const Seconds skew = *server > now_ ? *server - now_ : now_ - *server;
  if (skew > kSkewLimit) {
    note({"clock.skew", "",
          fmt::format(
              "this machine's clock is {} s off the exchange's, which is used; set the clock",
              skew.count())});
  }
  return true;
}

std::vector<Symbol> Cycle::enabled_symbols() {
  std::vector<Symbol> symbols;
  for (const SymbolSettings& settings : configuration_->configuration.environment.symbols) {
    if (!settings.enabled) continue;
    if (auto symbol = Symbol::parse(settings.symbol)) symbols.push_back(std::move(*symbol));
  }
  return symbols;
}

void Cycle::push() {
  steps_.begin("push");
  push_to_remote();
  // The push comes after the messages, so its own trouble is told here.
  deliver_due_alerts();
  if (alerting_) outbox_.end_streaks(problems_);
}

void Cycle::push_to_remote() {
  if (ports_.remote == nullptr) return;
  for (const Problem& known : problems_) {
    if (known.key == "remote.rewritten") return;
  }
  auto outcome = ports_.remote->push(codec::merge_appended);
  if (outcome) {
    push_ = *outcome;
    if (push_.has_remote) {
      ports::LogEvent done{ports::LogLevel::info, "push.done", {}};
      done.fields.emplace_back("commits_count", std::to_string(push_.commits));
      if (push_.bytes > 0) done.fields.emplace_back("sent_bytes", std::to_string(push_.bytes));
      steps_.event(done);
    }
  } else {
    steps_.fail("push.failed");
    note({"push.failed", "", "push failed, retried next run: " + outcome.error().text(), 3});
  }
}

RunReport Cycle::report_unconfigured() {
  std::vector<SymbolHour> none;
  // The channels' addresses are secrets, which come from outside the configuration.
  if (const auto channels = ports_.parse(default_configuration())) {
    connect_to(channels->environment);
    deliver(none);
    beat(none);
  }
  return report(none);
}

RunReport Cycle::report(const std::vector<SymbolHour>& hours) {
  steps_.end();
  const double elapsed = ports_.clock.monotonic_seconds() - started_;
  if (elapsed > inputs_.deadline_seconds)
    exit_codes_.push_back(exit_code(ErrorCode::deadline_exceeded));
  if (elapsed > kSlowSeconds)
    log(ports::LogLevel::warning, "run.slow", fmt::format("the run took {:.0f} s", elapsed));
  RunReport report;
  report.run_id = steps_.run_id();
  report.at = at_;
  report.started = now_;
  report.seconds = elapsed;
  report.steps = steps_.done();
  for (const SymbolHour& hour : hours) {
    SymbolReport symbol;
    symbol.symbol = hour.symbol.text();
    symbol.fresh = hour.outcome.has_value();
    symbol.record = hour.outcome ? std::optional{hour.outcome->record} : hour.found;
    symbol.recorded = hour.recorded;
    symbol.failure = hour.failure;
    if (symbol.record) {
      symbol.summary = subject_of(*symbol.record) + (hour.recorded ? "" : " (not recorded)");
    } else if (hour.failure) {
      symbol.summary = hour.failure->text();
    }
    report.symbols.push_back(std::move(symbol));
  }
  for (const Problem& known : problems_) report.problems.push_back(known.text);
  report.push = push_;
  if (ports_.store != nullptr) report.unpushed = ports_.store->unpushed().value_or(0);
  report.undelivered = outbox_.undelivered();
  report.head = head_;
  const auto first = std::find_if(kExitOrder.begin(), kExitOrder.end(), [&](int code) {
    return std::find(exit_codes_.begin(), exit_codes_.end(), code) != exit_codes_.end();
  });
  report.exit_code = first == kExitOrder.end() ? 0 : *first;
  steps_.event({ports::LogLevel::info,
                "run.done",
                {{"at", format_utc(at_)},
                 {"duration_ms", fmt::format("{:.0f}", elapsed * 1000)},
                 {"exit_code", std::to_string(report.exit_code)},
                 {"head", head_}}});
  return report;
}

}  // namespace gridexit::pipeline
