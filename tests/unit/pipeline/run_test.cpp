// The hourly run from outside, over fakes of every port: what is committed, what the operator is
// told, which exit code.

#include "gridexit/pipeline/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/ledger.hpp"
#include "gridexit/domain/paths.hpp"
#include "support/fakes.hpp"
#include "support/story.hpp"

namespace gridexit {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fakes are the subject here

const UtcTime kStart = *parse_utc("2025-01-01T00:00:00Z");
constexpr int kWarmUp = 1200;

// An operator's set-up: a market, a repository with a configuration, channels.
class RunTest : public ::testing::Test {
 protected:
  RunTest() : story_(kStart, 2000) {
    story_.range(kWarmUp, 2000);
    store_.put({{std::string(paths::kEnvironmentFile), "valid"},
                {std::string(paths::kRulesFile), "valid"}});
  }

  void start_grid(UtcTime at, double lower = 1900, double upper = 2100, double stop = 1840) {
    put_grid("grid-1", "ETH-USDT", at, lower, upper, stop);
  }

  void put_grid(const std::string& id, const std::string& symbol, UtcTime at, double lower,
                double upper, double stop, std::optional<UtcTime> stopped = std::nullopt) {
    Grid grid;
    grid.grid_id = id;
    grid.symbol = symbol;
    grid.exchange = "archive";
    GridVersion version;
    version.from = at;
    version.lower = lower;
    version.upper = upper;
    version.cells = 12;
    version.capital_quote = 1000;
    version.stop_loss = stop;
    grid.versions = {version};
    grid.history = {{true, at, "test", "operator", std::nullopt}};
    if (stopped) grid.history.push_back({false, *stopped, "test", "operator", std::nullopt});
    store_.put({{paths::grid(id), codec::write(grid)}});
  }

  pipeline::RunReport run_live(UtcTime now) {
    clock_.set(now + Seconds{120});
    market_.server_time = now + Seconds{120};
    pipeline::RunInputs inputs;
    inputs.engine = {"test", "0"};
    return run(inputs);
  }

  pipeline::RunReport run(const pipeline::RunInputs& inputs) {
    market_.bars = &story_.bars();
    pipeline::RunPorts ports{clock_,
                             use_store_ ? &store_ : nullptr,
                             use_store_ ? &store_ : nullptr,
                             state_,
                             log_,
                             [this](const ports::ConfigurationText& text) { return parse(text); },
                             [this](const Environment&, ports::Log&) { return connect(); }};
    return pipeline::run(inputs, ports);
  }

  Result<ports::Configuration> parse(const ports::ConfigurationText& text) const {
    const bool defaults = text.environment.find("schema_version") != std::string::npos;
    if (text.environment != "valid" && !defaults)
      return failure(ErrorCode::config_invalid, "config/environment.yaml:1: broken");
    ports::Configuration configuration;
    configuration.environment.symbols = symbols_;
    configuration.environment.notifications = notifications_;
    configuration.rules.capital.total_quote = 1000;
    configuration.rules.expected = {};
    return configuration;
  }

  ports::Connections connect() {
    ports::Connections connections{
        std::unique_ptr<ports::Exchange>(std::make_unique<FakeExchange>(market_)), {}, {}, {}};
    connections.notifiers.push_back(std::make_unique<FakeNotifier>("log", log_channel_));
    connections.notifiers.push_back(std::make_unique<FakeNotifier>("webhook", webhook_));
    if (has_pushover_)
      connections.notifiers.push_back(std::make_unique<FakeNotifier>("pushover", pushover_));
    connections.heartbeat = std::make_unique<FakeHeartbeat>(beats_);
    return connections;
  }

  bool told_of(std::string_view text) const {
    return std::any_of(
        webhook_.delivered.begin(), webhook_.delivered.end(),
        [&](const Message& message) { return message.text.find(text) != std::string::npos; });
  }

  Story story_;
  FakeMarket market_;
  FakeStore store_;
  bool use_store_ = true;
  FakeState state_;
  FakeLog log_;
  FakeClock clock_{kStart};
  FakeChannel log_channel_;
  FakeChannel webhook_;
  FakeChannel pushover_;
  bool has_pushover_ = false;
  std::vector<SymbolSettings> symbols_{{"ETH-USDT", true}};
  NotificationSettings notifications_;
  std::vector<bool> beats_;
};

TEST_F(RunTest, OneHourIsOneCommitAndASecondRunAddsNone) {
  const UtcTime at = story_.now();
  const auto first = run_live(at);
  ASSERT_EQ(first.exit_code, 0) << (first.problems.empty() ? "" : first.problems.front());
  ASSERT_EQ(first.symbols.size(), 1U);
  EXPECT_TRUE(first.symbols[0].recorded);
  const std::size_t commits = store_.commits().size();
  EXPECT_EQ(store_.commits().back().changes.subject.substr(0, 24),
            "ETH-USDT " + format_hour(at) + " ");
  EXPECT_FALSE(store_.text(paths::metrics("ETH-USDT", at)).empty());
  EXPECT_FALSE(store_.text(paths::page("ETH-USDT", at)).empty());

  const auto second = run_live(at);
  EXPECT_EQ(second.exit_code, 0);
  EXPECT_EQ(store_.commits().size(), commits);
  EXPECT_EQ(store_.push_calls, 2);
}

TEST_F(RunTest, RecordsAreAHashChainAndRawDataOnlyGrows) {
  const UtcTime at = story_.now();
  story_.range(3, 2000);
  for (int hour = 0; hour <= 3; ++hour) ASSERT_EQ(run_live(at + Hours{hour}).exit_code, 0);
  const auto record =
      codec::read<MetricsRecord>(store_.text(paths::metrics("ETH-USDT", at + Hours{3})), "record");
  ASSERT_TRUE(record) << record.error().text();
  ASSERT_TRUE(record->document.previous);
  EXPECT_EQ(record->document.previous->path, paths::metrics("ETH-USDT", at + Hours{2}));
  EXPECT_EQ(record->document.previous->blob,
            sha256_hex(store_.text(paths::metrics("ETH-USDT", at + Hours{2}))).substr(0, 40));
  EXPECT_EQ(record->document.regime.memory.size(), 4U);
}

TEST_F(RunTest, FetchesOnlyWhatIsMissing) {
  const UtcTime at = story_.now();
  story_.range(1, 2000);
  ASSERT_EQ(run_live(at).exit_code, 0);
  const std::size_t files = store_.commits().back().changes.files.size();
  EXPECT_GE(files, 44U) << "the first run stores the whole window";
  ASSERT_EQ(run_live(at + Hours{1}).exit_code, 0);
  const auto& changed = store_.commits().back().changes.files;
  EXPECT_EQ(std::count_if(changed.begin(), changed.end(),
                          [](const auto& file) { return file.first.starts_with("raw_data/"); }),
            1);
}

TEST_F(RunTest, AnExitIsToldAtOnceAndRepeated) {
  start_grid(story_.now() - Hours{5});
  const UtcTime crash = story_.now() + Hours{1};
  story_.jump(1700).range(2, 1700);
  ASSERT_EQ(run_live(crash - Hours{1}).exit_code, 0);
  webhook_.delivered.clear();
  const auto report = run_live(crash);
  ASSERT_EQ(report.exit_code, 0);
  ASSERT_EQ(webhook_.delivered.size(), 1U);
  const Message& message = webhook_.delivered[0];
  EXPECT_EQ(message.state, ExitState::mandatory_exit);
  EXPECT_EQ(message.priority, 2);
  EXPECT_EQ(message.head, report.head);
  EXPECT_TRUE(message.decision_id);
  EXPECT_NE(message.text.find("stop_loss_hit"), std::string::npos);
  run_live(crash);
  EXPECT_EQ(webhook_.delivered.size(), 1U) << "the same hour again delivers nothing twice";
  run_live(crash + Hours{1});
  EXPECT_EQ(webhook_.delivered.size(), 2U) << "MANDATORY_EXIT is repeated every hour";
}

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

TEST_F(RunTest, TheHeartbeatFailsWhenAGridWasJudgedOnStaleData) {
  start_grid(story_.now() - Hours{5});
  run_live(story_.now());
  EXPECT_TRUE(beats_.back());
  const auto report = run_live(story_.now() + Hours{2});
  ASSERT_TRUE(report.symbols[0].fresh) << "two missing bars are no reason not to judge";
  EXPECT_FALSE(beats_.back());
}

TEST_F(RunTest, TheHeartbeatFailsWhenOneOfTwoGridsWasNotEvaluated) {
  symbols_ = {{"BTC-USDT", true}, {"ETH-USDT", true}};
  start_grid(story_.now() - Hours{5});
  put_grid("grid-2", "BTC-USDT", story_.now() - Hours{5}, 1900, 2100, 1840);
  run_live(story_.now());
  EXPECT_TRUE(beats_.back());
  story_.range(1, 2000);
  market_.candles_error = failure(ErrorCode::exchange_unreachable, "connection refused");
  market_.only_failing_symbol = "BTC-USDT";
  const auto report = run_live(story_.now());
  EXPECT_FALSE(report.symbols[0].fresh);
  EXPECT_TRUE(report.symbols[1].fresh);
  EXPECT_FALSE(beats_.back());
}

TEST_F(RunTest, AGridOfASymbolThatIsNotEnabledIsSaidToBeUnwatched) {
  put_grid("grid-2", "BTC-USDT", story_.now() - Hours{5}, 1900, 2100, 1840);
  EXPECT_EQ(run_live(story_.now()).exit_code, 0);
  EXPECT_TRUE(told_of("grid grid-2 is running but BTC-USDT is not among the enabled symbols"));
  EXPECT_FALSE(beats_.back());
}

// Warn first: whatever fails, a running grid in danger is evaluated and its operator is told, with
// the failure named.
class WarnFirst : public RunTest {
 protected:
  WarnFirst() {
    start_grid(story_.now() - Hours{5});
    story_.jump(1700);
  }
};

TEST_F(WarnFirst, StoreThatCannotBeWritten) {
  run_live(story_.now() - Hours{1});
  webhook_.delivered.clear();
  store_.fail_commit = true;
  const auto report = run_live(story_.now());
  EXPECT_EQ(report.exit_code, 6);
  EXPECT_FALSE(report.symbols[0].recorded);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("not recorded"));
}

TEST_F(WarnFirst, StoreThatCannotBeOpened) {
  run_live(story_.now() - Hours{1});
  webhook_.delivered.clear();
  use_store_ = false;
  clock_.set(story_.now());
  market_.server_time = story_.now();
  pipeline::RunInputs inputs;
  inputs.store_error = failure(ErrorCode::store_unusable, "/data is not a repository");
  const auto report = run(inputs);
  EXPECT_EQ(report.exit_code, 6);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("/data is not a repository"));
}

TEST_F(WarnFirst, ConfigurationBrokenInHead) {
  store_.put({{std::string(paths::kEnvironmentFile), "broken"}});
  const auto report = run_live(story_.now());
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_TRUE(report.symbols[0].record->config.fallback);
  EXPECT_EQ(report.symbols[0].record->config.version, store_.commits().front().id);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("config/environment.yaml:1: broken"));
}

TEST_F(WarnFirst, RefusedKey) {
  market_.has_keys = true;
  market_.key = {false, "the key may withdraw"};
  const auto report = run_live(story_.now());
  EXPECT_EQ(market_.account_calls, 0);
  EXPECT_EQ(report.symbols[0].record->position->source, "estimated");
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("the key may withdraw"));
}

TEST_F(WarnFirst, TooFewBarsForFourMetrics) {
  Story young(story_.now() - Hours{60}, 2000);
  young.range(59, 2000).jump(1700);
  story_ = young;
  const auto report = run_live(story_.now());
  EXPECT_EQ(report.exit_code, 5);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("adx_rising unknown"));
  EXPECT_TRUE(told_of("of 6 metrics"));
}

TEST_F(WarnFirst, OutageOfThirtyHours) {
  run_live(story_.now());
  webhook_.delivered.clear();
  const UtcTime dark = story_.now();
  for (int hour = 4; hour <= 30; ++hour) EXPECT_EQ(run_live(dark + Hours{hour}).exit_code, 4);
  EXPECT_TRUE(told_of("was NOT evaluated"));
  EXPECT_TRUE(told_of("last known state MANDATORY_EXIT"));
  EXPECT_GE(webhook_.delivered.size(), 20U) << "at the reminder gap of the last known state";
  EXPECT_FALSE(beats_.back());
  EXPECT_NE(store_.text(paths::failed_hour("ETH-USDT", dark + Hours{30})), "");
}

TEST_F(RunTest, WithoutAGridMissingDataAlertAfterThreeHours) {
  market_.candles_error = failure(ErrorCode::exchange_unreachable, "connection refused");
  const UtcTime at = story_.now();
  run_live(at);
  run_live(at);
  run_live(at + Hours{1});
  EXPECT_TRUE(webhook_.delivered.empty());
  EXPECT_EQ(run_live(at + Hours{2}).exit_code, 4);
  EXPECT_EQ(webhook_.delivered.size(), 1U);
  run_live(at + Hours{3});
  EXPECT_EQ(webhook_.delivered.size(), 1U) << "not every hour";
}

TEST_F(RunTest, PushFailuresAreRetriedAndAlertedAtTheThird) {
  store_.fail_push = true;
  const UtcTime at = story_.now();
  story_.range(3, 2000);
  for (int hour = 0; hour < 2; ++hour) EXPECT_EQ(run_live(at + Hours{hour}).exit_code, 0);
  EXPECT_FALSE(told_of("push failed"));
  run_live(at + Hours{2});
  EXPECT_TRUE(told_of("push failed"));
  store_.fail_push = false;
  EXPECT_EQ(run_live(at + Hours{3}).push.commits, 5) << "nothing is lost";
}

TEST_F(RunTest, ARewrittenRemoteIsAlertedAndNeverPushedTo) {
  store_.rewritten = true;
  run_live(story_.now());
  EXPECT_TRUE(told_of("history was rewritten"));
  EXPECT_EQ(store_.push_calls, 0);
}

TEST_F(RunTest, AtRefusesTheFutureAndThePast) {
  const UtcTime at = story_.now();
  ASSERT_EQ(run_live(at).exit_code, 0);
  pipeline::RunInputs inputs;
  inputs.at = at + Hours{5};
  EXPECT_EQ(run(inputs).exit_code, 2);
  inputs.at = at - Hours{5};
  const std::size_t commits = store_.commits().size();
  EXPECT_EQ(run(inputs).exit_code, 2);
  EXPECT_EQ(store_.commits().size(), commits);
}

TEST_F(RunTest, AReplayTellsOnlyTheLogUnlessAsked) {
  start_grid(story_.now() - Hours{5});
  story_.jump(1700);
  clock_.set(story_.now() + Hours{1000});
  pipeline::RunInputs inputs;
  inputs.at = story_.now();
  const auto report = run(inputs);
  EXPECT_EQ(report.symbols[0].record->origin, Origin::replay);
  EXPECT_TRUE(webhook_.delivered.empty());
  EXPECT_EQ(log_channel_.delivered.size(), 1U);
  EXPECT_EQ(store_.commits().back().changes.author_time, story_.now());
}

TEST_F(RunTest, ARunOutOfTimeEndsWithSeven) {
  pipeline::RunInputs inputs;
  inputs.stop_requested = [] { return true; };
  clock_.set(story_.now());
  market_.server_time = story_.now();
  EXPECT_EQ(run(inputs).exit_code, 7);
}

TEST_F(RunTest, NoConfigurationAtAllIsThreeAndSomebodyHearsOfIt) {
  FakeStore empty;
  store_ = empty;
  EXPECT_EQ(run_live(story_.now()).exit_code, 3);
  EXPECT_TRUE(told_of("gridexit init"));
  EXPECT_TRUE(told_of("no grid is evaluated"));
  EXPECT_EQ(beats_, std::vector{false});
}

TEST_F(RunTest, AHistoryThatCannotBeWalkedIsNoReasonNotToEvaluate) {
  store_.fail_history = true;
  const auto report = run_live(story_.now());
  ASSERT_EQ(report.symbols.size(), 1U);
  EXPECT_TRUE(report.symbols.front().fresh);
}

}  // namespace
}  // namespace gridexit
