// The hourly run and its channels: what the operator is told, when again, and what is never
// repeated.

#include "gridexit/domain/ledger.hpp"
#include "unit/pipeline/run_fixture.hpp"

namespace gridexit {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fakes are the subject here

TEST_F(RunTest, AMessageThatDidNotGetThroughIsRepeatedAndCollapsed) {
  start_grid(story_.now() - Hours{5});
  const UtcTime crash = story_.now() + Hours{1};
  story_.jump(1700).range(2, 1700);
  webhook_.fail_with = ErrorCode::notify_unavailable;
  EXPECT_EQ(run_live(crash).exit_code, 0);
  EXPECT_EQ(run_live(crash + Hours{1}).undelivered, 1);
  EXPECT_FALSE(beats_.back()) << "an undelivered emergency is not healthy";
  webhook_.fail_with.reset();
  EXPECT_EQ(run_live(crash + Hours{2}).undelivered, 0);
  ASSERT_EQ(webhook_.delivered.size(), 1U);
  EXPECT_EQ(webhook_.delivered[0].timestamp, crash + Hours{2});
  EXPECT_NE(webhook_.delivered[0].text.find("Delayed"), std::string::npos);
  EXPECT_TRUE(beats_.back());
}

TEST_F(RunTest, ARejectedMessageIsNeverRepeatedAndIsNotHealthy) {
  start_grid(story_.now() - Hours{5});
  story_.jump(1700);
  webhook_.fail_with = ErrorCode::notify_rejected;
  const auto report = run_live(story_.now());
  EXPECT_EQ(report.problems.size(), 1U);
  EXPECT_FALSE(beats_.back());
  EXPECT_NE(log_channel_.delivered.back().text.find("refused for good"), std::string::npos)
      << "told by the other channels";
  webhook_.fail_with.reset();
  run_live(story_.now());
  EXPECT_TRUE(webhook_.delivered.empty());
  EXPECT_FALSE(beats_.back()) << "an emergency that was refused stays unhealthy";
}

// A grid in an emergency that is told every hour.
class DeliveryTest : public RunTest {
 protected:
  DeliveryTest() : crash_(story_.now() + Hours{1}) {
    start_grid(story_.now() - Hours{5});
    story_.jump(1700).range(40, 1700);
  }

  int exit_messages(const FakeChannel& channel) const {
    return static_cast<int>(
        std::count_if(channel.delivered.begin(), channel.delivered.end(),
                      [](const Message& message) { return message.event == "exit_state"; }));
  }

  UtcTime crash_;
};

TEST_F(DeliveryTest, ALateMessageSaysSo) {
  webhook_.fail_with = ErrorCode::notify_unavailable;
  run_live(crash_);
  webhook_.fail_with.reset();
  market_.candles_error = failure(ErrorCode::exchange_unreachable, "connection refused");
  run_live(crash_ + Hours{1});
  ASSERT_EQ(exit_messages(webhook_), 1);
  const Message& late = webhook_.delivered.front();
  EXPECT_EQ(late.timestamp, crash_);
  EXPECT_TRUE(late.title.ends_with("(1 h late)")) << late.title;
  EXPECT_NE(late.text.find("Delayed: this is the state of 1 h ago."), std::string::npos);
}

TEST_F(DeliveryTest, AChannelThatTookEveryMessageHasNoneSuperseded) {
  webhook_.fail_with = ErrorCode::notify_unavailable;
  run_live(crash_);
  run_live(crash_ + Hours{1});
  webhook_.fail_with.reset();
  run_live(crash_ + Hours{2});
  const auto ledger = codec::read<Ledger>(state_.files["ledger.yaml"], "ledger.yaml");
  ASSERT_TRUE(ledger) << ledger.error().text();
  std::map<std::string, int> superseded;
  for (const Delivery& delivery : ledger->document.deliveries)
    superseded[delivery.channel] += delivery.status == DeliveryStatus::superseded ? 1 : 0;
  EXPECT_EQ(superseded["log"], 0);
  EXPECT_EQ(superseded["webhook"], 2);
}

TEST_F(DeliveryTest, AChannelAddedLaterGetsTheNewestMessageAlone) {
  for (int hour = 0; hour < 6; ++hour) run_live(crash_ + Hours{hour});
  EXPECT_EQ(exit_messages(webhook_), 6);
  has_pushover_ = true;
  run_live(crash_ + Hours{5});
  EXPECT_EQ(exit_messages(pushover_), 1);
  EXPECT_EQ(pushover_.delivered.front().timestamp, crash_ + Hours{5});
  EXPECT_EQ(exit_messages(webhook_), 6);
}

TEST_F(DeliveryTest, WithoutItsLedgerTheNewestMessageIsSentASecondTime) {
  run_live(crash_);
  run_live(crash_ + Hours{1});
  state_.files.erase("ledger.yaml");
  run_live(crash_ + Hours{1});
  ASSERT_EQ(exit_messages(webhook_), 3);
  EXPECT_EQ(webhook_.delivered[1].id, webhook_.delivered[2].id) << "so that a receiver can drop it";
}

TEST_F(DeliveryTest, AnUnreadableLedgerIsStartedAnew) {
  state_.files["ledger.yaml"] = "deliveries: [\n";
  EXPECT_EQ(run_live(crash_).exit_code, 0);
  EXPECT_EQ(exit_messages(webhook_), 1);
  run_live(crash_);
  EXPECT_EQ(exit_messages(webhook_), 1) << "it is kept again";
}

TEST_F(DeliveryTest, AMessageOfADayAgoIsNotSentAnyMore) {
  webhook_.fail_with = ErrorCode::notify_unavailable;
  run_live(crash_);
  webhook_.fail_with.reset();
  put_grid("grid-1", "ETH-USDT", crash_ - Hours{6}, 1900, 2100, 1840, crash_ + Hours{1});
  run_live(crash_ + Hours{30});
  EXPECT_EQ(exit_messages(webhook_), 0);
}

TEST_F(DeliveryTest, AnAlertOfAWrongClockSilencesNothing) {
  market_.candles_error = failure(ErrorCode::exchange_unreachable, "connection refused");
  run_live(crash_ + Hours{9000});
  webhook_.delivered.clear();
  run_live(crash_);
  EXPECT_TRUE(told_of("was NOT evaluated"));
}

TEST_F(RunTest, HalfOfPushoverIsAProblemThatIsTold) {
  notifications_.pushover_token = Secret("token");
  EXPECT_EQ(run_live(story_.now()).problems.size(), 1U);
  EXPECT_TRUE(told_of("PUSHOVER_TOKEN is set but not PUSHOVER_USER"));
  notifications_.pushover_user = Secret("user");
  EXPECT_TRUE(run_live(story_.now()).problems.empty());
}

TEST_F(RunTest, WhatAChannelHasToSayIsTold) {
  start_grid(story_.now() - Hours{5});
  story_.jump(1700);
  webhook_.notice = "only 42 more messages";
  EXPECT_EQ(run_live(story_.now()).problems.size(), 1U);
  EXPECT_TRUE(told_of("only 42 more messages"));
}

TEST_F(DeliveryTest, ALateMessageOfAStoppedGridAsksForNothing) {
  webhook_.fail_with = ErrorCode::notify_unavailable;
  run_live(crash_);
  webhook_.fail_with.reset();
  put_grid("grid-1", "ETH-USDT", crash_ - Hours{6}, 1900, 2100, 1840, crash_ + Seconds{1800});
  run_live(crash_ + Hours{1});
  ASSERT_EQ(exit_messages(webhook_), 1);
  const Message& late = webhook_.delivered.front();
  EXPECT_EQ(late.state, ExitState::mandatory_exit) << "it is delivered all the same";
  EXPECT_NE(late.text.find("Nothing to do: the grid was stopped at"), std::string::npos);
  EXPECT_LE(late.priority, 0) << "nobody is woken for it";
}

TEST_F(DeliveryTest, WhoSaidExecutedIsRemindedToRecordTheStop) {
  const auto first = run_live(crash_);
  DecisionRecord decision;
  const std::string path = paths::decision("ETH-USDT", crash_);
  const auto read = codec::read<DecisionRecord>(store_.text(path), path);
  ASSERT_TRUE(read);
  decision = read->document;
  decision.action_records.push_back({crash_ + Seconds{600}, "ada", OperatorAction::executed,
                                     std::nullopt, std::nullopt, std::nullopt});
  store_.put({{path, codec::write(decision)}});
  run_live(crash_ + Hours{1});
  const Message& reminder = webhook_.delivered.back();
  EXPECT_NE(reminder.text.find("gridexit grid stop --id grid-1"), std::string::npos);
  EXPECT_LE(reminder.priority, 0);
}

TEST_F(DeliveryTest, AReplayOfOldHoursLeavesAlertsAlone) {
  notifications_.pushover_token = Secret("token");
  clock_.set(crash_ + Hours{900});
  pipeline::RunInputs inputs;
  inputs.at = crash_;
  run(inputs);
  EXPECT_EQ(webhook_.delivered.size(), 0U);
  run_live(crash_ + Hours{1});
  EXPECT_TRUE(told_of("PUSHOVER_TOKEN is set but not PUSHOVER_USER")) << "the replay told nobody";
}

TEST_F(DeliveryTest, AnAlertThatOneChannelRefusesIsToldByTheOthers) {
  has_pushover_ = true;
  notifications_.pushover_token = Secret("token");
  pushover_.fail_with = ErrorCode::notify_rejected;
  run_live(crash_ - Hours{1});
  EXPECT_TRUE(
      told_of("a message was refused for good: pushover rejected alert/channel.incomplete"));
}

}  // namespace
}  // namespace gridexit
