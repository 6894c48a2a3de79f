#pragma once
// The exit codes of SPEC.md section 3, by name.

namespace gridexit::app {

enum class ExitCode : int {
  done = 0,
  unexpected = 1,
  usage = 2,
  configuration = 3,
  market_data = 4,
  metrics = 5,
  repository = 6,
  deadline = 7,
  locked = 8,
  check_failed = 9,
  // Of `evaluate --exit-code` alone, for scripts.
  state_warning = 10,
  state_latest_acceptable_exit = 11,
  state_mandatory_exit = 12,
};

}  // namespace gridexit::app
