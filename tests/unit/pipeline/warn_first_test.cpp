// Whatever fails, a running grid is judged on what there is, and somebody hears of what failed.

#include "unit/pipeline/run_fixture.hpp"

namespace gridexit {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fakes are the subject here

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

TEST_F(WarnFirst, AnOverrideThatIsInvalidIsLeftOutAndTold) {
  left_out_ = {"MARKET_MAKER_EXIT_RULES_CALM: exit_rules.calm: \"abc\" must be a whole number"};
  const auto report = run_live(story_.now());
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_TRUE(report.symbols[0].record->config.fallback);
  EXPECT_EQ(report.symbols[0].record->config.version, store_.commits().front().id);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(
      told_of("MARKET_MAKER_EXIT_RULES_CALM: exit_rules.calm: \"abc\" must be a whole "
              "number (left out until the variable is corrected or unset)"));
}

TEST_F(WarnFirst, TheFilesOfConfigCannotBeRead) {
  pipeline::RunInputs inputs;
  inputs.configuration = ports::ConfigurationText{"valid", "valid"};
  ASSERT_EQ(run_live(story_.now() - Hours{1}, inputs).exit_code, 0);
  inputs.configuration =
      Error{ErrorCode::not_found, "there is no file cfg/environment.yaml", "check the path", {}};
  const auto report = run_live(story_.now(), inputs);
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_TRUE(report.symbols[0].record->config.fallback);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("there is no file cfg/environment.yaml (check the path)"));
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

TEST_F(WarnFirst, BalancesAndFillsStandBesideTheEstimate) {
  market_.has_keys = true;
  const auto report = run_live(story_.now());
  EXPECT_EQ(report.exit_code, 0);
  const auto& position = *report.symbols[0].record->position;
  EXPECT_EQ(position.source, "estimated");
  ASSERT_TRUE(position.account && position.account->fills);
  EXPECT_EQ(position.account->fills->count, 3);
  EXPECT_GE(position.account->fills->from, story_.now() - Hours{24});
}

TEST_F(WarnFirst, FillsThatAreNotToBeHadAreANote) {
  market_.has_keys = true;
  market_.fills_error = failure(ErrorCode::exchange_refused, "no such page");
  const auto report = run_live(story_.now());
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_TRUE(report.symbols[0].recorded);
  ASSERT_TRUE(report.symbols[0].record->position->account);
  EXPECT_FALSE(report.symbols[0].record->position->account->fills);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("no such page"));
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

TEST_F(RunTest, NoConfigurationAtAllIsThreeAndSomebodyHearsOfIt) {
  FakeStore empty;
  store_ = empty;
  EXPECT_EQ(run_live(story_.now()).exit_code, 3);
  EXPECT_TRUE(told_of("gridexit init"));
  EXPECT_TRUE(told_of("no grid is evaluated"));
  EXPECT_EQ(beats_, std::vector{false});
}

TEST_F(RunTest, FilesOfConfigThatCannotBeReadAreThreeWhenNoneWasValidBefore) {
  pipeline::RunInputs inputs;
  inputs.configuration = failure(ErrorCode::io, "cannot read cfg/environment.yaml: it is a folder");
  EXPECT_EQ(run_live(story_.now(), inputs).exit_code, 3);
  EXPECT_TRUE(told_of("it is a folder"));
  EXPECT_TRUE(told_of("no grid is evaluated"));
  EXPECT_EQ(beats_, std::vector{false});
}

TEST_F(RunTest, AHistoryThatCannotBeWalkedIsNoReasonNotToEvaluate) {
  store_.fail_history = true;
  const auto report = run_live(story_.now());
  ASSERT_EQ(report.symbols.size(), 1U);
  EXPECT_TRUE(report.symbols.front().fresh);
}

// A document that somebody broke, in the repository.
class UnreadableDocuments : public WarnFirst {
 protected:
  UnreadableDocuments() { run_live(story_.now() - Hours{1}); }

  void break_document(const std::string& path) { store_.put({{path, "a: [\n"}}); }
};

TEST_F(UnreadableDocuments, TheGridOfAnotherSymbolBlindsNobody) {
  break_document("grids/btc-grid-1.yaml");
  const auto report = run_live(story_.now());
  ASSERT_TRUE(report.symbols[0].record->exit_state);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("grids/btc-grid-1.yaml can't be read: if its grid is running, it is NOT"));
  EXPECT_FALSE(beats_.back()) << "nobody knows whether that grid is watched";
}

TEST_F(UnreadableDocuments, TheRunningGridItselfIsJudgedByItsCopy) {
  break_document(paths::grid("grid-1"));
  const auto report = run_live(story_.now());
  ASSERT_TRUE(report.symbols[0].record->exit_state);
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_TRUE(told_of("judged by the copy"));
  EXPECT_TRUE(beats_.back()) << "it was evaluated on fresh data";
  story_.range(1, 1700);
  EXPECT_TRUE(run_live(story_.now()).symbols[0].record->exit_state) << "the copy is kept";
}

TEST_F(UnreadableDocuments, AGridOfWhichNothingIsKnownIsSaidToBeUnwatched) {
  state_.files.clear();
  break_document(paths::grid("grid-1"));
  webhook_.delivered.clear();
  run_live(story_.now());
  EXPECT_TRUE(told_of("grids/grid-1.yaml can't be read"));
  EXPECT_FALSE(beats_.back());
}

TEST_F(UnreadableDocuments, TheNewestRecordIsRememberedByItsCopy) {
  run_live(story_.now());
  break_document(paths::metrics("ETH-USDT", story_.now()));
  story_.range(1, 1990);
  const auto report = run_live(story_.now());
  EXPECT_EQ(report.symbols[0].record->exit_state->previous, ExitState::mandatory_exit);
  EXPECT_EQ(report.symbols[0].record->previous->path,
            paths::metrics("ETH-USDT", story_.now() - Hours{1}));
}

TEST_F(UnreadableDocuments, NothingIsWrittenOverThem) {
  const std::string day = paths::exit_states("ETH-USDT", story_.now());
  break_document(day);
  run_live(story_.now());
  EXPECT_EQ(store_.text(day), "a: [\n");
  EXPECT_TRUE(told_of("MANDATORY_EXIT"));
  EXPECT_FALSE(beats_.back()) << "messages may wait in it";
}

TEST_F(WarnFirst, AnEmptyRepositoryWithoutCopiesIsNotHealthy) {
  use_store_ = false;
  run_live(story_.now());
  EXPECT_FALSE(beats_.back()) << "nobody knows whether a grid runs";
}

}  // namespace
}  // namespace gridexit
