#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gridexit/domain/paths.hpp"
#include "unit/app/fake_wiring.hpp"

namespace gridexit {
namespace {

using testing::FakeWiring;
using ::testing::HasSubstr;
using testing::run;

TEST(Init, CommitsACommentedConfigurationThatIsValid) {
  FakeWiring wiring;
  const auto ran = run(wiring, {"init", "--repo", "data", "--symbol", "ETH-USDT", "--symbol",
                                "BTC-USDT", "--capital", "2500"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const std::string environment = wiring.store.text(std::string(paths::kEnvironmentFile));
  EXPECT_THAT(environment, HasSubstr("#"));
  const auto read = codec::read<Environment>(environment, "environment.yaml");
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->document.symbols.size(), 2U);
  EXPECT_EQ(read->document.symbols[1].symbol, "BTC-USDT");
  EXPECT_EQ(read->document.exchange.kind, "kucoin");
  const auto rules =
      codec::read<Rules>(wiring.store.text(std::string(paths::kRulesFile)), "rules.yaml");
  ASSERT_TRUE(rules) << rules.error().text();
  EXPECT_DOUBLE_EQ(rules->document.capital.total_quote, 2500);
}

TEST(Init, SaysWhatItAssumedAndWhatComesNext) {
  FakeWiring wiring;
  const auto ran = run(wiring, {"init", "--repo", "data", "--symbol", "ETH-USDT"});
  EXPECT_THAT(ran.out, HasSubstr("capital: 1000 USDT, assumed because --capital was not given"));
  EXPECT_THAT(ran.out, HasSubstr("gridexit run --repo data"));
  EXPECT_THAT(wiring.store.text(std::string(paths::kRulesFile)), HasSubstr("total_quote: 1000"));
}

TEST(Init, RecordsTheExchangeAndRefusesToMixKinds) {
  FakeWiring wiring;
  ASSERT_EQ(
      run(wiring, {"init", "--repo", "data", "--symbol", "ETH-USDT", "--exchange", "simulated:7"})
          .code,
      0);
  const auto mixed =
      run(wiring, {"evaluate", "--symbol", "ETH-USDT", "--repo", "data", "--exchange", "kucoin"});
  EXPECT_EQ(mixed.code, 2);
  EXPECT_THAT(mixed.err, HasSubstr("this repository holds simulated data"));
  (void)run(wiring, {"evaluate", "--symbol", "ETH-USDT", "--repo", "data"});
  EXPECT_THAT(wiring.exchanges, ::testing::ElementsAre("simulated:7"));
}

TEST(Init, KeepsAnArchivesFolderAsItIsNamedFromAnywhere) {
  FakeWiring wiring;
  const auto ran = run(
      wiring, {"init", "--repo", "data", "--symbol", "ETH-USDT", "--exchange", "archive:candles"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("made data (data of archive:/here/candles)"));
  const auto read = codec::read<Environment>(
      wiring.store.text(std::string(paths::kEnvironmentFile)), "environment.yaml");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->document.exchange.kind, "archive:/here/candles");
}

TEST(Init, RefusesAMarketNamedTwice) {
  FakeWiring wiring;
  const auto ran = run(wiring, {"init", "--repo", "data", "--symbol", "ETH-USDT", "--symbol",
                                "BTC-USDT", "--symbol", "ETH-USDT"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("--symbol ETH-USDT is given twice"));
  EXPECT_TRUE(wiring.created.empty());
}

TEST(Init, TellsScriptsWhatItMade) {
  FakeWiring wiring;
  const auto ran = run(wiring, {"init", "--repo", "data", "--symbol", "ETH-USDT", "--remote",
                                "r.git", "-o", "json"});
  EXPECT_THAT(ran.out, HasSubstr("\"remote_created\": true"));
  EXPECT_THAT(ran.out, HasSubstr("\"pushed\": true"));
  EXPECT_EQ(wiring.created.front().remote, "r.git");
}

TEST(Init, TakesNoPasswordInTheRemotesAddress) {
  for (const char* url : {"https://bot:s3cret@git.example.org/g.git", "http://:s3cret@h"}) {
    FakeWiring wiring;
    const auto ran = run(wiring, {"init", "--repo", "d", "--symbol", "ETH-USDT", "--remote", url});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("GIT_TOKEN"));
    EXPECT_EQ((ran.out + ran.err).find("s3cret"), std::string::npos);
    EXPECT_TRUE(wiring.created.empty());
  }
  for (const char* url : {"ssh://git@h:22/g.git", "git@h:g.git", "https://bot@h/g.git"}) {
    FakeWiring wiring;
    EXPECT_EQ(run(wiring, {"init", "--repo", "d", "--symbol", "ETH-USDT", "--remote", url}).code,
              0);
  }
}

}  // namespace
}  // namespace gridexit
