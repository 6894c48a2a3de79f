#pragma once
// Bounds a call from outside: it runs in a child process that is killed at its deadline.
// libgit2 1.5 has no timeouts, and a silent server would hold the run for ever; and once it looks
// for deltas, it can't be made to stop.

#include <functional>
#include <string>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters::git {

struct Bounds {
  double timeout_seconds = 60;
  std::function<bool()> stop_requested{};  ///< may be empty
};

enum class ChildEnd { answered, out_of_time, stopped, died };

struct ChildOutcome {
  ChildEnd end = ChildEnd::died;
  std::string answer;  ///< never empty after `answered`
};

/// Runs `work` in a child process and returns its answer. The child shares nothing but the file
/// system, and dies with this process too. Error: internal (it could not be started).
Result<ChildOutcome> run_in_child(const Bounds& bounds, const std::function<std::string()>& work);

}  // namespace gridexit::adapters::git
