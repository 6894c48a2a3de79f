#pragma once
// Bounds a call from outside: it runs in a child process that is killed at its deadline.
// libgit2 1.5 has no timeouts, and a silent server would hold the run for ever.

#include <functional>
#include <string>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters::git {

struct Bounds {
  double timeout_seconds = 60;
  std::function<bool()> stop_requested{};  ///< may be empty
};

/// Runs `work` in a child process and returns its answer. The child shares nothing but the file
/// system, and dies with this process too. Errors: remote.unreachable (no answer in time),
/// deadline.exceeded (asked to stop), internal.
Result<std::string> run_in_child(const Bounds& bounds, const std::function<std::string()>& work);

}  // namespace gridexit::adapters::git
