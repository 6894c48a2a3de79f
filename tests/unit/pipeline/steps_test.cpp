// The run's own log: every event names the run and the step, and a step says how long it took.

#include "pipeline/steps.hpp"

#include <gtest/gtest.h>

#include "support/fakes.hpp"

namespace gridexit::pipeline {
namespace {

using gridexit::testing::FakeClock;

class RememberingLog final : public ports::Log {
 public:
  void event(const ports::LogEvent& event) override { events.push_back(event); }

  std::string field(std::size_t number, const std::string& name) const {
    std::string found = "none";
    for (const auto& [known, value] : events.at(number).fields) {
      if (known != name) continue;
      EXPECT_EQ(found, "none") << name << " is named twice";
      found = value;
    }
    return found;
  }

  std::vector<ports::LogEvent> events;
};

class StepsTest : public ::testing::Test {
 protected:
  FakeClock clock_{UtcTime{}};
  RememberingLog log_;
  Steps steps_{clock_, log_, "a-run"};
};

TEST_F(StepsTest, BeginningOneEndsTheOneBefore) {
  steps_.begin("market", "ETH-USDT");
  clock_.advance_monotonic(1.5);
  steps_.begin("push");
  steps_.fail("remote.push");
  steps_.fail("another");
  clock_.advance_monotonic(0.25);
  steps_.end();
  steps_.end();
  ASSERT_EQ(steps_.done().size(), 2U);
  EXPECT_EQ(steps_.done()[0].step, "market");
  EXPECT_NEAR(steps_.done()[0].seconds, 1.5, 1e-9);
  EXPECT_NEAR(steps_.done()[1].begin_seconds, 1.5, 1e-9);
  EXPECT_EQ(steps_.done()[1].failure, "remote.push");

  ASSERT_EQ(log_.events.size(), 2U);
  EXPECT_EQ(log_.events[0].event, "step.done");
  EXPECT_EQ(log_.field(0, "duration_ms"), "1500");
  EXPECT_EQ(log_.field(0, "symbol"), "ETH-USDT");
  EXPECT_EQ(log_.events[1].event, "step.failed");
}

TEST_F(StepsTest, AddsRunAndStepToWhatOthersSay) {
  steps_.event({ports::LogLevel::info, "before", {}});
  steps_.begin("record", "ETH-USDT");
  steps_.event({ports::LogLevel::info, "record.committed", {{"symbol", "BTC-USDT"}}});
  EXPECT_EQ(log_.field(0, "run_id"), "a-run");
  EXPECT_EQ(log_.field(0, "step"), "none");
  EXPECT_EQ(log_.field(1, "run_id"), "a-run");
  EXPECT_EQ(log_.field(1, "step"), "record");
  EXPECT_EQ(log_.field(1, "symbol"), "BTC-USDT");
}

TEST_F(StepsTest, TheRunsIdFollowsFromItsInputs) {
  RunInputs inputs;
  const UtcTime now = *parse_utc("2026-02-02T14:01Z");
  const std::string id = run_id_of(inputs, now);
  EXPECT_EQ(id.size(), 16U);
  EXPECT_EQ(id, run_id_of(inputs, now));
  EXPECT_NE(id, run_id_of(inputs, now + Seconds{1}));
  inputs.at = *parse_utc("2026-02-02T13Z");
  EXPECT_NE(id, run_id_of(inputs, now));
}

}  // namespace
}  // namespace gridexit::pipeline
