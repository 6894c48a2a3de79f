#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/app/samples.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace testing;

class GridCommands : public ::testing::Test {
 protected:
  GridCommands() { put_configuration(wiring_.store); }

  Ran start(std::vector<std::string> extra) {
    std::vector<std::string> args{"grid", "start", "--repo", "data"};
    args.insert(args.end(), extra.begin(), extra.end());
    return testing::run(wiring_, args);
  }
  Ran start_plain(std::vector<std::string> extra = {}) {
    std::vector<std::string> args{"--symbol",    "ETH-USDT", "--lower",   "3000",
                                  "--upper",     "3600",     "--cells",   "12",
                                  "--stop-loss", "2880",     "--capital", "800"};
    args.insert(args.end(), extra.begin(), extra.end());
    return start(args);
  }
  Ran stop(std::vector<std::string> extra) {
    std::vector<std::string> args{"grid", "stop", "--repo", "data"};
    args.insert(args.end(), extra.begin(), extra.end());
    return testing::run(wiring_, args);
  }

  FakeWiring wiring_;
};

TEST_F(GridCommands, StartRecordsDefinitionAndHistoryAndPushes) {
  const auto ran = start_plain();
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(
      ran.out,
      HasSubstr("started eth-grid-1 at 2026-02-02T14:30:00Z: 3000 to 3600, 12 geometric cells"));
  EXPECT_THAT(ran.out, HasSubstr(", pushed"));
  EXPECT_THAT(ran.err, HasSubstr("next: "));
  const Grid grid = stored<Grid>(wiring_.store, "grids/eth-grid-1.yaml");
  EXPECT_TRUE(grid.running_at(kNow));
  EXPECT_EQ(grid.history.back().by, "ada");
  ASSERT_EQ(grid.versions.size(), 1U);
  EXPECT_DOUBLE_EQ(*grid.versions[0].stop_loss, 2880);
  EXPECT_EQ(*wiring_.store.unpushed(), 0);
}

TEST_F(GridCommands, WhatToTypeNextNamesTheRepositoryThatWasNamed) {
  EXPECT_THAT(start_plain().err,
              HasSubstr("gridexit grid stop --id eth-grid-1 --reason ... --repo data\n"));
  ASSERT_EQ(stop({"--reason", "pause"}).code, 0);
  wiring_.known_path = "my data";
  EXPECT_THAT(
      testing::run(wiring_, {"grid", "start", "--id", "eth-grid-1", "--repo", "my data"}).err,
      HasSubstr("--repo 'my data'\n"));
  wiring_.variables["MARKET_MAKER_REPOSITORY_BASE_PATH"] = "my data";
  EXPECT_THAT(testing::run(wiring_, {"grid", "stop", "--reason", "pause"}).err,
              Not(HasSubstr("--repo")));
}

TEST_F(GridCommands, StartRefusesASecondRunningGrid) {
  ASSERT_EQ(start_plain().code, 0);
  const auto second = start_plain({"--id", "other"});
  EXPECT_EQ(second.code, 2);
  EXPECT_THAT(second.err, HasSubstr("SINGLE_GRID allows one running grid"));
  EXPECT_THAT(second.err, HasSubstr("gridexit grid stop --id eth-grid-1"));
  EXPECT_EQ(wiring_.store.text("grids/other.yaml"), "");
}

TEST_F(GridCommands, StartNamesWhatIsMissing) {
  const auto ran = start({"--symbol", "ETH-USDT", "--lower", "3000"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("--upper, --cells, --capital missing"));
}

TEST_F(GridCommands, StartNamesTheOptionsThatMakeNoGrid) {
  const std::size_t before = wiring_.store.commits().size();
  const auto refused = [&](const std::vector<std::string>& words, const std::string& says) {
    const auto ran = start_plain(words);
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr(says));
  };
  const auto ran = start({"--symbol", "ETH-USDT", "--lower", "3600", "--upper", "3000", "--cells",
                          "12", "--capital", "800"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, StartsWith("error: --upper: 3000 must be above lower (nothing was"));
  refused({"--take-profit", "3500"}, "error: --take-profit: 3500 must be above upper");
  refused({"--id", "a/b"}, "error: --id: \"a/b\" is not a name");
  refused({"--entry-price", "1e308"}, "--entry-price: \"1e308\" is no price or amount there is");
  refused({"--entry-price", "1e-308"}, "is no price or amount there is");
  EXPECT_EQ(wiring_.store.commits().size(), before);
}

TEST_F(GridCommands, StartRefusesTheFuture) {
  const auto ran = start_plain({"--at", "2026-02-03"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("in the future"));
}

TEST_F(GridCommands, StartTakesADecisionsProposalAndMarksItExecuted) {
  put(wiring_.store, sample_decision(Action::create_grid));
  const auto ran = start({"--decision", "dec-ETH-USDT-20260202T140000Z"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Grid grid = stored<Grid>(wiring_.store, "grids/eth-grid-1.yaml");
  EXPECT_DOUBLE_EQ(grid.versions.back().lower, 2900);
  EXPECT_EQ(grid.history.back().decision_id, "dec-ETH-USDT-20260202T140000Z");
  const auto decision = stored<DecisionRecord>(wiring_.store, paths::decision("ETH-USDT", kHour));
  ASSERT_EQ(decision.action_records.size(), 1U);
  EXPECT_EQ(decision.action_records[0].action, OperatorAction::executed);
  EXPECT_EQ(wiring_.store.commits().back().changes.files.size(), 2U)
      << "both documents in one commit";
}

TEST_F(GridCommands, StartRefusesADecisionWithoutProposal) {
  put(wiring_.store, sample_decision(Action::stop_grid));
  EXPECT_THAT(start({"--decision", "dec-ETH-USDT-20260202T140000Z"}).err,
              HasSubstr("proposes no grid"));
}

TEST_F(GridCommands, StartTakesAFile) {
  Grid grid = sample_grid("from-file");
  grid.history.clear();
  wiring_.files["grid.yaml"] = codec::write(grid);
  const auto ran = start({"grid.yaml", "--reason", "range is back"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(stored<Grid>(wiring_.store, "grids/from-file.yaml").history.back().reason,
            "range is back");
}

TEST_F(GridCommands, StartRefusesSourcesThatContradictEachOther) {
  put(wiring_.store, sample_decision(Action::create_grid));
  wiring_.files["grid.yaml"] = codec::write(sample_grid("from-file"));
  Grid stored = sample_grid("stopped");
  stored.history.push_back({false, kHour - Hours{1}, "pause", "ada", std::nullopt});
  put(wiring_.store, stored);
  const std::size_t before = wiring_.store.commits().size();
  const auto refused = [&](const std::vector<std::string>& words, const std::string& says) {
    const auto ran = start(words);
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr(says));
    EXPECT_THAT(ran.err, HasSubstr("leave out the one that is wrong"));
  };
  refused({"grid.yaml", "--symbol", "BTC-USDT"},
          "the symbol is BTC-USDT by --symbol, but ETH-USDT by grid.yaml");
  refused({"grid.yaml", "--id", "other"},
          "the grid's id is other by --id, but from-file by grid.yaml");
  refused({"--id", "stopped", "--symbol", "BTC-USDT", "--lower", "3000"},
          "the symbol is BTC-USDT by --symbol, but ETH-USDT by the stored grid stopped");
  refused({"--decision", "dec-ETH-USDT-20260202T140000Z", "--symbol", "BTC-USDT"},
          "but ETH-USDT by decision dec-ETH-USDT-20260202T140000Z");
  Grid moved = sample_grid("stopped");
  moved.symbol = "BTC-USDT";
  wiring_.files["moved.yaml"] = codec::write(moved);
  refused({"moved.yaml"}, "BTC-USDT by moved.yaml, but ETH-USDT by the stored grid stopped");
  EXPECT_EQ(wiring_.store.commits().size(), before);
}

TEST_F(GridCommands, AFileWithoutAnExchangeIsOfTheRepositorys) {
  wiring_.files["grid.yaml"] =
      "grid_id: bare\nsymbol: ETH-USDT\nversions:\n  - {from: 2026-02-02, lower: 3000, upper: "
      "3600, cells: 12, spacing: geometric, capital_quote: 800}\n";
  const auto ran = start({"grid.yaml"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(stored<Grid>(wiring_.store, "grids/bare.yaml").exchange, "kucoin");
}

TEST_F(GridCommands, AStoredGridStartsAgainWithoutANewVersion) {
  ASSERT_EQ(start_plain({"--at", "2026-02-02T10Z"}).code, 0);
  ASSERT_EQ(stop({"--reason", "pause", "--at", "2026-02-02T11Z"}).code, 0);
  ASSERT_EQ(start({"--id", "eth-grid-1"}).code, 0);
  const Grid grid = stored<Grid>(wiring_.store, "grids/eth-grid-1.yaml");
  EXPECT_EQ(grid.versions.size(), 1U);
  EXPECT_EQ(grid.history.size(), 3U);
}

TEST_F(GridCommands, ANewDefinitionOfAStoredGridIsAppended) {
  ASSERT_EQ(start_plain({"--at", "2026-02-02T10Z"}).code, 0);
  ASSERT_EQ(stop({"--reason", "pause", "--at", "2026-02-02T11Z"}).code, 0);
  ASSERT_EQ(start({"--id", "eth-grid-1", "--upper", "3700"}).code, 0);
  const Grid grid = stored<Grid>(wiring_.store, "grids/eth-grid-1.yaml");
  ASSERT_EQ(grid.versions.size(), 2U);
  EXPECT_DOUBLE_EQ(grid.versions[0].upper, 3600);
  EXPECT_DOUBLE_EQ(grid.versions[1].upper, 3700);
}

TEST_F(GridCommands, StopExecutesTheStandingDecision) {
  put(wiring_.store, sample_grid());
  put(wiring_.store, sample_decision(Action::stop_grid));
  put(wiring_.store, sample_record_with_grid());
  const auto ran = stop({"--reason", "close below the range", "--price", "2987.5"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("decision dec-ETH-USDT-20260202T140000Z is executed"));
  const Grid grid = stored<Grid>(wiring_.store, "grids/eth-grid-1.yaml");
  EXPECT_FALSE(grid.running_at(kNow));
  EXPECT_EQ(grid.history.back().decision_id, "dec-ETH-USDT-20260202T140000Z");
  const auto decision = stored<DecisionRecord>(wiring_.store, paths::decision("ETH-USDT", kHour));
  EXPECT_EQ(decision.action_records.back().action, OperatorAction::executed);
  EXPECT_DOUBLE_EQ(*decision.action_records.back().price, 2987.5);
}

TEST_F(GridCommands, AStopExecutesNothingThatAskedForNothing) {
  put(wiring_.store, sample_grid());
  DecisionRecord hold = sample_decision(Action::stop_grid);
  hold.recommendation.action = Action::hold;
  put(wiring_.store, hold);
  const auto ran = stop({"--reason", "pause", "--decision", hold.decision_id});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("says HOLD, which asks for nothing that could be executed"));
  EXPECT_TRUE(stored<Grid>(wiring_.store, "grids/eth-grid-1.yaml").running_at(kNow));
}

TEST_F(GridCommands, StopWithoutADecisionIsRecordedToo) {
  put(wiring_.store, sample_grid());
  ASSERT_EQ(stop({"--reason", "taking profit"}).code, 0);
  EXPECT_FALSE(stored<Grid>(wiring_.store, "grids/eth-grid-1.yaml").history.back().decision_id);
}

TEST_F(GridCommands, StopNeedsARunningGridAndAReason) {
  EXPECT_EQ(stop({}).code, 2);
  EXPECT_THAT(stop({"--reason", "x"}).err, HasSubstr("no grid is running"));
  put(wiring_.store, sample_grid());
  EXPECT_THAT(stop({"--id", "eth-gird-1", "--reason", "x"}).err,
              HasSubstr("did you mean \"eth-grid-1\"?"));
  EXPECT_THAT(stop({"--reason", "x", "--at", "2026-01-01"}).code, 2);
}

TEST_F(GridCommands, AFailedPushIsSaidAndIsNoFailure) {
  wiring_.store.fail_push = true;
  const auto ran = start_plain();
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("not pushed yet"));
  EXPECT_THAT(ran.err, HasSubstr("warning: not pushed"));
}

TEST_F(GridCommands, ARewrittenRemoteIsNeverWrittenOver) {
  wiring_.store.rewritten = true;
  const auto ran = start_plain();
  EXPECT_EQ(ran.code, 6);
  EXPECT_EQ(wiring_.store.text("grids/eth-grid-1.yaml"), "");
}

TEST_F(GridCommands, WritingWaitsForTheLock) {
  wiring_.locked = true;
  EXPECT_EQ(start_plain().code, 8);
  EXPECT_EQ(testing::run(wiring_, {"grid", "list", "--repo", "data"}).code, 0)
      << "reading does not need it";
}

TEST_F(GridCommands, ListAndShowWarnOfWhatIsNotHeeded) {
  wiring_.store.put({{"grids/eth-grid-1.yaml", codec::write(sample_grid()) + "stop_los: 2880\n"}});
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"grid", "list"}, {"grid", "show", "eth-grid-1"}}) {
    auto arguments = command;
    arguments.insert(arguments.end(), {"--repo", "data"});
    const auto ran = testing::run(wiring_, arguments);
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("stop_los: is not a known key"));
  }
}

TEST_F(GridCommands, ListAndShowReadInEveryFormat) {
  EXPECT_EQ(testing::run(wiring_, {"grid", "list", "--repo", "data", "-o", "json"}).out, "[]\n");
  put(wiring_.store, sample_grid());
  const auto text = testing::run(wiring_, {"grid", "list", "--repo", "data"});
  EXPECT_THAT(text.out, HasSubstr("eth-grid-1  ETH-USDT  running since 2026-01-31T14Z"));
  EXPECT_THAT(testing::run(wiring_, {"grid", "list", "--repo", "data", "-o", "json"}).out,
              HasSubstr("\"running\": true"));
  EXPECT_THAT(testing::run(wiring_, {"grid", "show", "eth-grid-1", "--repo", "data"}).out,
              HasSubstr("started by ada: range"));
  const auto yaml =
      testing::run(wiring_, {"grid", "show", "eth-grid-1", "--repo", "data", "-o", "yaml"});
  const auto read = codec::read<Grid>(yaml.out, "shown");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(codec::write(read->document), codec::write(sample_grid()));
}

TEST_F(GridCommands, ValidateNamesEveryProblem) {
  wiring_.files["good.yaml"] = codec::write(sample_grid());
  EXPECT_EQ(testing::run(wiring_, {"grid", "validate", "good.yaml"}).code, 0);
  wiring_.files["bad.yaml"] = "schema_version: \"2.0\"\ngrid_id: x\nsymbol: eth\n";
  const auto bad = testing::run(wiring_, {"grid", "validate", "bad.yaml"});
  EXPECT_EQ(bad.code, 2);
  EXPECT_THAT(bad.err, StartsWith("error: bad.yaml"));
  EXPECT_THAT(bad.err, HasSubstr("symbol"));
  EXPECT_EQ(start({"bad.yaml"}).code, 2);
}

TEST_F(GridCommands, ValidateAnswersScriptsAboutAnInvalidFileToo) {
  wiring_.files["bad.yaml"] = "schema_version: \"2.0\"\ngrid_id: x\nsymbol: eth\n";
  const auto bad = testing::run(wiring_, {"grid", "validate", "bad.yaml", "-o", "json"});
  EXPECT_EQ(bad.code, 2);
  EXPECT_EQ(bad.err, "");
  EXPECT_THAT(bad.out, StartsWith("{\n  \"valid\": false,\n  \"problems\": [\n"));
  EXPECT_THAT(bad.out, HasSubstr("\"bad.yaml:3: symbol: "));
  EXPECT_THAT(bad.out, HasSubstr("\"bad.yaml:1: versions: is missing\""));
  const auto none = testing::run(wiring_, {"grid", "validate", "none.yaml", "-o", "json"});
  EXPECT_EQ(none.code, 2);
  EXPECT_EQ(none.out, "") << "nothing was validated";
}

TEST_F(GridCommands, NumbersBeyondAllPricesMakeNoGrid) {
  Grid grid = sample_grid();
  grid.versions.back().upper = 1e300;
  wiring_.files["far.yaml"] = codec::write(grid);
  const auto ran = testing::run(wiring_, {"grid", "validate", "far.yaml"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("must be above 0 and at most 1000000000000000"));
}

TEST_F(GridCommands, AStartThatNobodyWatchesIsRecordedAndSaidToBe) {
  const auto ran = start({"--symbol", "BTC-USDT", "--lower", "90000", "--upper", "99000", "--cells",
                          "10", "--stop-loss", "88000", "--capital", "800"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(stored<Grid>(wiring_.store, "grids/btc-grid-1.yaml").running_at(kNow));
  EXPECT_THAT(ran.err, HasSubstr("warning: nobody watches this grid: BTC-USDT is not among the "
                                 "enabled symbols"));
  EXPECT_THAT(ran.err, HasSubstr("add {symbol: BTC-USDT, enabled: true} to symbols in "
                                 "config/environment.yaml"));
  EXPECT_THAT(ran.err, Not(HasSubstr("judges it every hour")));
}

TEST_F(GridCommands, WhatIsOddAboutAStartIsSaid) {
  put(wiring_.store, sample_record());
  EXPECT_THAT(start_plain().err, Not(HasSubstr("warning"))) << "3012.5 is within 3000 to 3600";
  ASSERT_EQ(stop({"--reason", "pause"}).code, 0);
  Grid grid = sample_grid("odd");
  grid.exchange = "binance";
  wiring_.files["odd.yaml"] = codec::write(grid);
  const auto odd = start({"odd.yaml", "--lower", "3100", "--capital", "5000"});
  ASSERT_EQ(odd.code, 0) << odd.err;
  EXPECT_THAT(odd.err, HasSubstr("warning: the newest recorded price, 3012.5 at 2026-02-02T14Z, is "
                                 "below the lower bound 3100"));
  EXPECT_THAT(odd.err,
              HasSubstr("warning: its capital, 5000, is more than capital.total_quote, 1000"));
  EXPECT_THAT(odd.err, HasSubstr("warning: it is said to run on binance, and is judged by this "
                                 "repository's kucoin data"));
}

TEST_F(GridCommands, AProposalThatIsPastIsSaidToBe) {
  DecisionRecord decision = sample_decision(Action::create_grid);
  decision.recommendation.valid_until = kHour + Hours{4};
  put(wiring_.store, decision);
  EXPECT_THAT(start({"--decision", decision.decision_id}).err, Not(HasSubstr("was valid until")));
  decision.recommendation.valid_until = kHour + std::chrono::minutes{15};
  put(wiring_.store, decision);
  ASSERT_EQ(stop({"--reason", "pause"}).code, 0);
  const auto late = start({"--decision", decision.decision_id, "-o", "json"});
  ASSERT_EQ(late.code, 0) << late.err;
  EXPECT_THAT(late.out, HasSubstr("\"the proposal of dec-ETH-USDT-20260202T140000Z was valid until "
                                  "2026-02-02T14:15:00Z only\""));
}

TEST_F(GridCommands, CellsThatEarnLessThanTheirFeesAreNamed) {
  const auto narrow = start({"--symbol", "ETH-USDT", "--lower", "3000", "--upper", "3600",
                             "--cells", "120", "--stop-loss", "2880", "--capital", "800"});
  EXPECT_EQ(narrow.code, 0) << "it may be running on the exchange already";
  EXPECT_THAT(narrow.err, HasSubstr("each grid loses 0.048 % after fees"));
  Grid grid = sample_grid();
  grid.versions.back().cells = 1000;
  wiring_.files["narrow.yaml"] = codec::write(grid);
  const auto validated = testing::run(wiring_, {"grid", "validate", "narrow.yaml"});
  EXPECT_EQ(validated.code, 0);
  EXPECT_THAT(validated.err, HasSubstr("after fees: the cells are too narrow"));
}

}  // namespace
}  // namespace gridexit
