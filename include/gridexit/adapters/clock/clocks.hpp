#pragma once
// The two clocks of the program: the system's, and one that stands still for `--at`. Only the
// wiring names them; everything else sees ports::Clock.

#include <functional>

#include "gridexit/ports/clock.hpp"

namespace gridexit::adapters {

/// The system's clock. `stop_requested` is asked several times a second while waiting, so that a
/// run that was told to end does not sleep on.
class SystemClock final : public ports::Clock {
 public:
  explicit SystemClock(std::function<bool()> stop_requested = {});

  UtcTime now() override;
  double monotonic_seconds() override;
  void wait(double seconds) override;

 private:
  std::function<bool()> stop_requested_;
};

/// A wall clock that stands at one instant (`--at`). Durations and waits are those of `real`, which
/// must outlive it: deadlines and retries hold in a replay too.
class FixedClock final : public ports::Clock {
 public:
  FixedClock(UtcTime instant, ports::Clock& real) : instant_(instant), real_(real) {}

  UtcTime now() override { return instant_; }
  double monotonic_seconds() override { return real_.monotonic_seconds(); }
  void wait(double seconds) override { real_.wait(seconds); }

 private:
  UtcTime instant_;
  ports::Clock& real_;
};

}  // namespace gridexit::adapters
