// The backtest command over candle files in memory: its table, its answers where there is too
// little to say, and what it refuses.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/series.hpp"
#include "unit/app/fake_wiring.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

testing::FakeWiring with_walk(std::size_t hours) {
  testing::FakeWiring wiring;
  wiring.candles["BTC-USDT_1h.csv.gz"] = support::series_of(support::walk(7, hours), 0.002);
  return wiring;
}

TEST(Backtest, PutsTheRulesBesideTheBaselines) {
  auto wiring = with_walk(3000);
  const auto ran = testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  for (const char* part : {"BTC-USDT_1h: ", "3000 hours", "hold until stop-loss", "ADX > 25",
                           "these rules", "random", "transition"}) {
    EXPECT_THAT(ran.out, HasSubstr(part));
  }
}

TEST(Backtest, IsTheSameOnOneThreadAndOnThree) {
  auto wiring = with_walk(2500);
  const auto one =
      testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--threads", "1"});
  const auto three =
      testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--threads", "3"});
  EXPECT_EQ(one.out, three.out);
}

TEST(Backtest, SaysWhenThereIsNotEnoughData) {
  auto wiring = with_walk(900);
  const auto ran = testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("not enough data"));
  EXPECT_THAT(ran.out, Not(HasSubstr("met")));
}

TEST(Backtest, FindsNoLookahead) {
  auto wiring = with_walk(2000);
  const auto ran =
      testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--check-lookahead"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("0 differences"));
}

TEST(Backtest, FindsThatItsFirstGridsAreWarmedUp) {
  auto wiring = with_walk(2500);
  const auto both = testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz",
                                          "--check-warm-up", "--check-lookahead", "-o", "json"});
  EXPECT_EQ(both.code, 0) << both.err;
  EXPECT_THAT(both.out, HasSubstr("\"warm_up_markets\": 1"));
  EXPECT_THAT(both.out, HasSubstr("\"warm_up_differences\": []"));
  auto young = with_walk(1500);
  const auto ran =
      testing::run(young, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--check-warm-up"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("not enough data"));
}

TEST(Backtest, SaysWhatTheOrderWithinBarsIsWorth) {
  auto wiring = with_walk(3000);
  const auto text = testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz"});
  EXPECT_THAT(text.out, HasSubstr("by order within bars"));
  const auto json =
      testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "-o", "json"});
  EXPECT_THAT(json.out, HasSubstr("\"pessimistic\": {"));
  EXPECT_THAT(json.out, HasSubstr("\"model_error\": null"));
}

TEST(Backtest, SaysHowManyRuleSetsWereTried) {
  auto wiring = with_walk(3000);
  const auto ran = testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--set",
                                         "exit_rules.latest.break_low=0.90,0.95", "--set",
                                         "exit_rules.latest.trend_break=0.5,0.6,0.7"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("6 rule sets tried"));
  EXPECT_THAT(ran.out,
              HasSubstr("exit_rules.latest.break_low=0.90 exit_rules.latest.trend_break=0.5"));
}

TEST(Backtest, ChoosesOnThePastAndJudgesOnWhatFollows) {
  auto wiring = with_walk(6000);
  const auto ran =
      testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--set",
                            "exit_rules.latest.break_low=0.90,0.95", "--walk-forward", "60d/30d"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("2 rule sets tried"));
  EXPECT_THAT(ran.out, HasSubstr("out of sample"));
}

TEST(Backtest, NamesARuleThatDoesNotExist) {
  auto wiring = with_walk(900);
  const auto ran = testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--set",
                                         "exit_rules.latest.brake=1"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("exit_rules.latest.brake"));
}

TEST(Backtest, RefusesARuleThatIsSetTwice) {
  auto wiring = with_walk(900);
  const auto ran = testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--set",
                                         "exit_rules.calm=2", "--set", "exit_rules.calm=3,4"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("--set exit_rules.calm is given twice, with 2 and with 3,4 (to "
                                 "try all of them write --set exit_rules.calm=2,3,4)"));
}

TEST(Backtest, PrintsThePageWhereNoFileIsNamed) {
  auto wiring = with_walk(900);
  const auto ran =
      testing::run(wiring, {"backtest", "--candles", "BTC-USDT_1h.csv.gz", "--html", "-"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, ::testing::StartsWith("<!"));
  EXPECT_THAT(ran.out, ::testing::EndsWith("</html>\n"));
  EXPECT_EQ(wiring.files.count("-"), 0U);
}

TEST(Backtest, RefusesWhatDoesNotGoTogether) {
  auto wiring = with_walk(900);
  EXPECT_EQ(testing::run(wiring, {"backtest", "--candles", "a.csv", "--recompute"}).code, 2);
  EXPECT_EQ(testing::run(wiring, {"backtest", "--candles", "a.csv", "--offsets", "x"}).code, 2);
  EXPECT_EQ(testing::run(wiring, {"backtest", "--candles", "a.csv", "--walk-forward", "9"}).code,
            2);
  EXPECT_EQ(testing::run(wiring, {"backtest", "--candles", "a.csv", "--start", "recorded"}).code,
            2);
  EXPECT_EQ(testing::run(wiring, {"backtest", "--candles", "a.csv"}).code, 4);
}

}  // namespace
}  // namespace gridexit
