// How messages reach their channels: how often each is asked, and that none waits for another.

#include "pipeline/outbox.hpp"

#include <gtest/gtest.h>

#include "support/fakes.hpp"
#include "support/manual_clock.hpp"

namespace gridexit::pipeline {
namespace {

using testing::FakeLog;
using testing::FakeState;
using testing_support::ManualClock;

const UtcTime kAt = *parse_utc("2026-02-02T14:00:00Z");

/// A channel that answers with the given failures, one a call, and then takes everything.
class Scripted final : public ports::Notifier {
 public:
  Scripted(std::string name, std::vector<ErrorCode> failures)
      : name_(std::move(name)), failures_(std::move(failures)) {}

  std::string name() const override { return name_; }
  Result<void> deliver(const Message&) override {
    const auto turn = static_cast<std::size_t>(asked++);
    if (turn >= failures_.size()) return {};
    return Error{failures_[turn], "scripted", "", {}};
  }
  Result<std::string> look() override { return std::string("scripted"); }

  int asked = 0;

 private:
  std::string name_;
  std::vector<ErrorCode> failures_;
};

constexpr auto kDown = ErrorCode::notify_unavailable;
constexpr auto kRefused = ErrorCode::notify_rejected;

class OutboxTest : public ::testing::Test {
 protected:
  static Message message(const std::string& id) {
    Message message;
    message.id = id;
    message.timestamp = kAt;
    return message;
  }

  FakeState state_;
  ManualClock clock_;
  FakeLog log_;
  Outbox outbox_{state_, clock_, log_};
};

TEST_F(OutboxTest, RepeatsOnlyWhatMayBeRepeated) {
  Scripted recovers("a", {kDown, kDown});
  Scripted refuses("b", {kRefused});
  outbox_.connect({&recovers, &refuses});
  EXPECT_TRUE(outbox_.deliver(message("exit/1"), kAt));
  EXPECT_EQ(recovers.asked, 3);
  EXPECT_EQ(refuses.asked, 1);
  EXPECT_EQ(clock_.waits, (std::vector<double>{5, 5})) << "Pushover's rule: not sooner";
  EXPECT_EQ(outbox_.undelivered(), 0);
  EXPECT_EQ(outbox_.take_rejections().size(), 1U);
  EXPECT_TRUE(outbox_.take_rejections().empty()) << "each is told once";
}

TEST_F(OutboxTest, NoChannelWaitsForAnother) {
  Scripted down("down", {kDown, kDown, kDown});
  Scripted well("well", {});
  outbox_.connect({&down, &well});
  clock_.waits.clear();
  EXPECT_FALSE(outbox_.deliver(message("exit/1"), kAt));
  EXPECT_EQ(well.asked, 1);
  EXPECT_TRUE(state_.files["ledger.yaml"].find("well") != std::string::npos);
  EXPECT_EQ(outbox_.undelivered(), 1);
}

TEST_F(OutboxTest, ADeadChannelIsWaitedForOnceInARun) {
  Scripted down("down", std::vector<ErrorCode>(20, kDown));
  outbox_.connect({&down});
  for (const char* id : {"exit/1", "exit/2", "exit/3"}) outbox_.deliver(message(id), kAt);
  EXPECT_EQ(down.asked, 3 + 1 + 1);
  EXPECT_EQ(clock_.waits.size(), 2U);
  EXPECT_EQ(outbox_.undelivered(), 3);
}

TEST_F(OutboxTest, AnAlertIsTriedOnceInARun) {
  Scripted down("down", std::vector<ErrorCode>(20, kDown));
  outbox_.connect({&down});
  outbox_.enqueue_alert(message("alert/1"));
  outbox_.deliver_alerts(kAt);
  const int asked = down.asked;
  outbox_.deliver_alerts(kAt);
  EXPECT_EQ(down.asked, asked);
}

}  // namespace
}  // namespace gridexit::pipeline
