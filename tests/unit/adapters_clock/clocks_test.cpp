#include "gridexit/adapters/clock/clocks.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace gridexit::adapters {
namespace {

// Counts what reaches it instead of sleeping.
class RecordingClock final : public ports::Clock {
 public:
  UtcTime now() override { return UtcTime{Seconds{1}}; }
  double monotonic_seconds() override { return 42.0; }
  void wait(double seconds) override { waits.push_back(seconds); }

  std::vector<double> waits;
};

TEST(SystemClock, AgreesWithTheSystem) {
  SystemClock clock;
  const auto before = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  const UtcTime now = clock.now();
  const auto after = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  EXPECT_GE(now, before);
  EXPECT_LE(now, after);
}

TEST(SystemClock, WaitsAtLeastAsLongAsAsked) {
  SystemClock clock;
  const double start = clock.monotonic_seconds();
  clock.wait(0.02);
  EXPECT_GE(clock.monotonic_seconds() - start, 0.02);
}

TEST(SystemClock, StopsWaitingWhenTheRunIsAskedToEnd) {
  int asked = 0;
  SystemClock clock([&asked] { return ++asked == 2; });
  clock.wait(1e6);  // would outlast every test run
  EXPECT_EQ(asked, 2);
}

TEST(FixedClock, StandsStillButPassesDurationsOn) {
  RecordingClock real;
  const UtcTime instant{Seconds{1'770'040'800}};
  FixedClock clock(instant, real);
  EXPECT_EQ(clock.now(), instant);
  EXPECT_DOUBLE_EQ(clock.monotonic_seconds(), 42.0);
  clock.wait(3.0);
  EXPECT_EQ(real.waits, std::vector<double>{3.0});
  EXPECT_EQ(clock.now(), instant);
}

}  // namespace
}  // namespace gridexit::adapters
