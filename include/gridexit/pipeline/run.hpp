#pragma once
// The hourly run (SPEC.md section 4). The only place that knows the order of the steps; everything
// it talks to comes in through ports.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/error.hpp"
#include "gridexit/base/result.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/configuration.hpp"
#include "gridexit/ports/connections.hpp"
#include "gridexit/ports/local_state.hpp"
#include "gridexit/ports/log.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

struct RunInputs {
  std::optional<UtcTime> at;   ///< --at; none: the market's clock
  bool notify_replay = false;  ///< --notify: channels also for hours over 2 h ago
  /// Of --config, or why it can't be read; none: HEAD's.
  std::optional<Result<ports::ConfigurationText>> configuration;
  EngineVersion engine;
  std::optional<Error> store_error;  ///< why there is no store, when there is none
  double deadline_seconds = 300;
  std::function<bool()> stop_requested;  ///< SIGTERM; may be empty
};

struct RunPorts {
  ports::Clock& clock;
  ports::Store* store;    ///< none: the repository cannot be used; the evaluation happens in memory
  ports::Remote* remote;  ///< none: no store
  ports::LocalState& state;
  ports::Log& log;
  ports::ParseConfiguration parse;
  ports::Connect connect;
};

/// One step, as it went.
struct StepReport {
  std::string step;          ///< "market"
  std::string symbol;        ///< empty: it concerns the whole run
  double begin_seconds = 0;  ///< after the run's start
  double seconds = 0;
  std::string failure;  ///< a stable key; empty: it went well
};

/// What became of one symbol.
struct SymbolReport {
  std::string symbol;
  std::optional<MetricsRecord> record;  ///< of T: evaluated now, or found
  bool recorded = false;                ///< it is in the repository
  bool fresh = false;                   ///< evaluated in this run, not found
  std::string summary;                  ///< one line: the commit's subject, or why there is none
  std::optional<Error> failure;
};

struct RunReport {
  std::string run_id;  ///< follows from the inputs and the clock
  UtcTime at{};        ///< T
  UtcTime started{};   ///< the clock's
  double seconds = 0;  ///< from start to report
  std::vector<StepReport> steps;
  std::vector<SymbolReport> symbols;
  std::vector<std::string> problems;  ///< what went wrong, for people
  ports::PushOutcome push;
  int unpushed = 0;     ///< commits that the remote does not have
  int undelivered = 0;  ///< messages that some channel has not taken
  std::string head;
  int exit_code = 0;
};

/// One cycle. Never throws and never stops half-way for one symbol's sake; failures are in the
/// report.
RunReport run(const RunInputs& inputs, RunPorts& ports);

}  // namespace gridexit::pipeline
