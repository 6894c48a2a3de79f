#pragma once
// The wall clock, read once per run and then passed as a value.

#include "gridexit/base/time.hpp"

namespace gridexit::ports {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Now, in UTC.
  virtual UtcTime now() = 0;
  /// Seconds since an arbitrary start, never going back; for deadlines and durations only.
  virtual double monotonic_seconds() = 0;
  /// Waits, or returns early when the run is asked to end.
  virtual void wait(double seconds) = 0;
};

}  // namespace gridexit::ports
