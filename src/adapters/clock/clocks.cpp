#include "gridexit/adapters/clock/clocks.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace gridexit::adapters {
namespace {

// How late a wait may notice that the run is asked to end; far below the 10 s that SIGTERM allows.
constexpr double kStopCheck_s = 0.1;

}  // namespace

SystemClock::SystemClock(std::function<bool()> stop_requested)
    : stop_requested_(std::move(stop_requested)) {}

UtcTime SystemClock::now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

double SystemClock::monotonic_seconds() {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since_start).count();
}

void SystemClock::wait(double seconds) {
  const double end = monotonic_seconds() + seconds;
  while (!stop_requested_ || !stop_requested_()) {
    const double left = end - monotonic_seconds();
    if (left <= 0.0) return;
    std::this_thread::sleep_for(std::chrono::duration<double>(std::min(left, kStopCheck_s)));
  }
}

}  // namespace gridexit::adapters
