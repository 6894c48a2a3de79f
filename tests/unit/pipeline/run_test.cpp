// The hourly run from outside, over fakes of every port: what is committed, what is pushed, which
// exit code.

#include "gridexit/pipeline/run.hpp"

#include "unit/pipeline/run_fixture.hpp"

namespace gridexit {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fakes are the subject here

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
            git_blob_id(store_.text(paths::metrics("ETH-USDT", at + Hours{2}))));
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

}  // namespace
}  // namespace gridexit
