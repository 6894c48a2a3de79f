#pragma once
// A clock that moves only when somebody waits, and remembers every wait.

#include <cmath>
#include <cstdint>
#include <vector>

#include "gridexit/ports/clock.hpp"

namespace gridexit::testing_support {

class ManualClock final : public ports::Clock {
 public:
  explicit ManualClock(UtcTime start = UtcTime{Seconds{1'770'040'800}}) : start_(start) {}

  UtcTime now() override {
    return start_ + Seconds{static_cast<std::int64_t>(std::floor(elapsed_))};
  }
  double monotonic_seconds() override { return elapsed_; }
  void wait(double seconds) override {
    waits.push_back(seconds);
    elapsed_ += seconds;
  }
  void advance(double seconds) { elapsed_ += seconds; }

  std::vector<double> waits;

 private:
  UtcTime start_;
  double elapsed_ = 0;
};

}  // namespace gridexit::testing_support
