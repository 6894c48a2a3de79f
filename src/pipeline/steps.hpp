#pragma once
// What a run is doing and how long it takes. Steps follow each other: beginning one ends the one
// before. It is also the run's log, so that every event names the run and the step it happened in.

#include <string>
#include <vector>

#include "gridexit/pipeline/run.hpp"

namespace gridexit::pipeline {

class Steps final : public ports::Log {
 public:
  /// Both must outlive it.
  Steps(ports::Clock& clock, ports::Log& log, std::string run_id);

  /// `symbol` may be empty: the step concerns the whole run.
  void begin(std::string step, std::string symbol = {});
  /// Marks the step under way as failed; `reason` is a stable key.
  void fail(std::string reason);
  void end();

  const std::string& run_id() const { return run_id_; }
  /// The steps that have ended.
  const std::vector<StepReport>& done() const { return done_; }
  double seconds() const { return clock_.monotonic_seconds() - started_; }

  /// Passes it on with run_id and step, as far as it does not name them itself.
  void event(const ports::LogEvent& event) override;

 private:
  ports::Clock& clock_;
  ports::Log& log_;
  std::string run_id_;
  double started_;
  std::optional<StepReport> current_;
  std::vector<StepReport> done_;
};

/// The same inputs at the same moment give the same id: 16 hexadecimal digits.
std::string run_id_of(const RunInputs& inputs, UtcTime now);

}  // namespace gridexit::pipeline
