#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/command_table.hpp"
#include "unit/app/samples.hpp"

namespace gridexit {
namespace {

using testing::FakeWiring;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kHour;
using testing::run;
using testing::sample_grid;
using ::testing::StartsWith;

TEST(CommandLine, PrintsHelpWithoutArguments) {
  const auto ran = run({});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.err, IsEmpty());
  for (const std::string& word : app::first_words()) EXPECT_THAT(ran.out, HasSubstr("\n  " + word));
}

TEST(CommandLine, NamesVersionAndCommit) {
  const auto ran = run({"--version"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, ::testing::MatchesRegex("gridexit [0-9.]+ \\(([0-9a-f]{12}|unknown)\\)\n"));
}

TEST(CommandLine, SuggestsTheCommandThatWasMeant) {
  const auto ran = run({"evalute", "--symbol", "ETH-USDT"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_EQ(
      ran.err,
      "error: unknown command \"evalute\"; did you mean \"evaluate\"? (see gridexit --help)\n");
}

TEST(CommandLine, SuggestsTheSubcommandThatWasMeant) {
  const auto ran = run({"grid", "strat"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("did you mean \"grid start\"?"));
}

TEST(CommandLine, SuggestsTheSubcommandOfACommandThatNeedsNone) {
  const auto ran = run({"backtest", "mrge"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("did you mean \"backtest merge\"?"));
  EXPECT_THAT(run({"backtest", "data"}).err, HasSubstr("unexpected argument \"data\""));
}

TEST(CommandLine, KnowsTheWordHelp) {
  EXPECT_EQ(run({"help"}).out, run({"--help"}).out);
  EXPECT_EQ(run({"help", "grid", "start"}).out, run({"grid", "start", "--help"}).out);
  EXPECT_THAT(run({"help", "evaluate"}).out, StartsWith("gridexit evaluate\n"));
}

TEST(CommandLine, SuggestsTheOptionThatWasMeant) {
  const auto ran = run({"evaluate", "--symbl", "ETH-USDT"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("unknown option \"--symbl\"; did you mean \"--symbol\"?"));
}

TEST(CommandLine, PutsAnOptionBehindItsCommand) {
  const auto ran = run({"--symbol", "ETH-USDT", "evaluate"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("stands before its command"));
}

struct Wrong {
  std::vector<std::string> args;
  std::string says;
};
class WrongUsage : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongUsage, ExitsWithTwoAndSaysTheRemedy) {
  FakeWiring wiring;
  const auto ran = run(wiring, GetParam().args);
  EXPECT_EQ(ran.code, 2) << ran.err;
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.err, StartsWith("error: "));
  EXPECT_THAT(ran.err, HasSubstr(GetParam().says));
  EXPECT_THAT(ran.err, HasSubstr("("));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, WrongUsage,
    ::testing::Values(
        Wrong{{"frobnicate"}, "unknown command \"frobnicate\""},
        Wrong{{"evaluate"}, "--symbol is missing"},
        Wrong{{"evaluate", "--symbol"}, "--symbol needs a value"},
        Wrong{{"evaluate", "--symbol", "ETH-USDT", "--symbol", "BTC-USDT"},
              "--symbol is given more than once"},
        Wrong{{"evaluate", "--symbol", "eth"}, "--symbol"},
        Wrong{{"evaluate", "--symbol", "ETH-USDT", "--at", "noon"}, "is not a UTC time"},
        Wrong{{"evaluate", "--symbol", "ETH-USDT", "extra"}, "unexpected argument \"extra\""},
        Wrong{{"evaluate", "--symbol", "ETH-USDT", "-o", "xml"}, "choose text, json, yaml"},
        Wrong{{"evaluate", "--symbol", "ETH-USDT", "--exchange", "kukoin"},
              "did you mean \"kucoin\"?"},
        Wrong{{"evaluate", "--symbol", "ETH-USDT", "--exchange", "archive"}, "archive:DIR"},
        Wrong{{"grid", "show", "--repo", "data"}, "ID is missing"},
        Wrong{{"grid", "list"}, "--repo PATH"},
        Wrong{{"grid", "start", "--repo", "data", "--cells", "1"}, "from 2 to 1000"},
        Wrong{{"decision", "act", "x", "done", "--repo", "data"}, "accepted, declined, executed"},
        Wrong{{"completion", "tcsh"}, "bash, zsh, fish"},
        Wrong{{"init", "--symbol", "ETH-USDT"}, "--repo is missing"},
        Wrong{{"init", "--repo", "data"}, "--symbol is missing"},
        Wrong{{"init", "--repo", "x", "--symbol", "ETH-USDT", "--capital", "-5"},
              "not a positive number"}));

TEST(CommandLine, PutsAnErrorOnOneJsonLine) {
  const auto ran = run({"evalute", "-o", "json"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err.back(), '\n');
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1);
  EXPECT_THAT(ran.err, StartsWith("{\"error\": \"usage\", \"message\": \"unknown command"));
  EXPECT_THAT(ran.err, HasSubstr("\"exit_code\": 2}"));
}

TEST(CommandLine, TakesCommonOptionsBeforeAndAfterTheCommand) {
  FakeWiring wiring;
  wiring.store.put({{"config/environment.yaml", ""}});
  EXPECT_EQ(run(wiring, {"--repo", "data", "grid", "list"}).code, 0);
  EXPECT_EQ(run(wiring, {"grid", "--repo", "data", "list"}).code, 0);
  EXPECT_EQ(run(wiring, {"grid", "list", "--repo", "data"}).code, 0);
}

TEST(CommandLine, FindsTheRepositoryInTheEnvironmentUnderBothNames) {
  for (const char* name :
       {"MARKET_MAKER_REPOSITORY_BASE_PATH", "MARKET_MAKER_DATA_REPOSITORY_BASE_PATH"}) {
    FakeWiring wiring;
    wiring.variables[name] = "data";
    EXPECT_EQ(run(wiring, {"grid", "list"}).code, 0) << name;
  }
}

TEST(CommandLine, MapsFailuresToTheDocumentedExitCodes) {
  FakeWiring wiring;
  EXPECT_EQ(run(wiring, {"grid", "list", "--repo", "elsewhere"}).code, 6);
  EXPECT_EQ(run(wiring, {"run", "--repo", "data"}).code, 8);
  EXPECT_EQ(run(wiring, {"evaluate", "--symbol", "ETH-USDT"}).code, 4);
  EXPECT_EQ(run(wiring, {"evaluate", "--symbol", "ETH-USDT", "--repo", "data"}).code, 3);
  EXPECT_EQ(run(wiring, {"evaluate", "--symbol", "ETH-USDT", "--grid", "none.yaml"}).code, 2);
}

TEST(CommandLine, NeverContactsAnotherExchangeThanTheDefaultUnlessNamed) {
  FakeWiring wiring;
  (void)run(wiring, {"evaluate", "--symbol", "ETH-USDT"});
  (void)run(wiring, {"evaluate", "--symbol", "ETH-USDT", "--exchange", "simulated:3"});
  EXPECT_THAT(wiring.exchanges, ::testing::ElementsAre("kucoin", "simulated:3"));
}

TEST(CommandLine, NeverEvaluatesWithoutTheGridThatWasNamed) {
  FakeWiring wiring;
  Grid grid = sample_grid();
  wiring.files["grid.yaml"] = codec::write(grid);
  grid.history.clear();
  wiring.files["never.yaml"] = codec::write(grid);
  const auto evaluate = [&](const std::string& symbol, const std::string& file) {
    return run(wiring, {"evaluate", "--symbol", symbol, "--grid", file, "--exit-code"});
  };
  const auto other = evaluate("BTC-USDT", "grid.yaml");
  EXPECT_EQ(other.code, 2);
  EXPECT_THAT(other.err, HasSubstr("BTC-USDT by --symbol, but ETH-USDT by grid.yaml"));
  const auto never = evaluate("ETH-USDT", "never.yaml");
  EXPECT_EQ(never.code, 2);
  EXPECT_THAT(never.err, HasSubstr("never.yaml: eth-grid-1 is not running at 2026-02-02T14Z: its "
                                   "history has no `enabled` entry at or before that hour"));
  EXPECT_THAT(never.err, HasSubstr("history: [{enabled: \"2026-02-02T14:00:00Z\""));
  grid = sample_grid();
  grid.history.push_back({false, kHour - Hours{1}, "pause", "ada", std::nullopt});
  wiring.files["stopped.yaml"] = codec::write(grid);
  EXPECT_THAT(evaluate("ETH-USDT", "stopped.yaml").err, HasSubstr("says that it was stopped"));
  EXPECT_EQ(evaluate("ETH-USDT", "grid.yaml").code, 4) << "got as far as the exchange";
}

TEST(CommandLine, ColoursOnlyWhereItIsAllowed) {
  FakeWiring wiring;
  EXPECT_THAT(run(wiring, {"evalute", "--color", "always"}).err, HasSubstr("\x1b["));
  EXPECT_THAT(run(wiring, {"evalute"}).err, ::testing::Not(HasSubstr("\x1b[")));
  std::ostringstream out;
  std::ostringstream err;
  const app::Streams terminal{out, err, true, true, 80};
  (void)app::run({"evalute"}, terminal, wiring);
  EXPECT_THAT(err.str(), HasSubstr("\x1b["));
  err.str("");
  wiring.variables["NO_COLOR"] = "1";
  (void)app::run({"evalute"}, terminal, wiring);
  EXPECT_THAT(err.str(), ::testing::Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace gridexit
