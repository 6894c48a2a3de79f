#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/story.hpp"
#include "unit/app/samples.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace testing;

constexpr int kBars = 1200;

class OneHourOfAMarket : public ::testing::Test {
 protected:
  OneHourOfAMarket() {
    story_.range(kBars, 3000);
    wiring_.market.bars = &story_.bars();
  }
  Ran ask(std::vector<std::string> words, const std::vector<std::string>& more = {}) {
    words.insert(words.end(), {"--symbol", "ETH-USDT", "--exchange", "archive:candles"});
    words.insert(words.end(), more.begin(), more.end());
    return testing::run(wiring_, words);
  }

  Story story_{kHour - Hours{kBars}, 3000};
  FakeWiring wiring_;
};

TEST_F(OneHourOfAMarket, IsTheLastOneUnlessAnotherIsChosen) {
  EXPECT_THAT(ask({"evaluate"}).out, HasSubstr("ETH-USDT  2026-02-02T14Z"));
  EXPECT_THAT(ask({"evaluate", "--at", "2026-02-02T09:59:00Z"}).out, HasSubstr("2026-02-02T09Z"));
}

TEST_F(OneHourOfAMarket, IsNeverInTheFuture) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"evaluate"}, {"grid", "propose"}}) {
    const auto ran = ask(command, {"--at", "2099-01-01"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("--at 2099-01-01T00:00:00Z is in the future (now is "
                                   "2026-02-02T14:30:00Z)"));
  }
}

TEST_F(OneHourOfAMarket, BeyondAnArchivesCandlesSaysWhereTheyEnd) {
  Story ended(kHour - Hours{1000 + kBars}, 3000);
  wiring_.market.bars = &ended.range(kBars, 3000).bars();
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"evaluate"}, {"grid", "propose"}}) {
    const auto ran = ask(command);
    EXPECT_EQ(ran.code, 4);
    EXPECT_THAT(ran.err, HasSubstr("archive:candles has candles of ETH-USDT from 2025-11-02T22Z to "
                                   "2025-12-22T22Z (choose an hour within them with --at)"));
    EXPECT_THAT(ran.err, Not(HasSubstr("tries again")));
  }
  EXPECT_EQ(ask({"evaluate", "--at", "2025-12-22T22Z"}).code, 0);
}

TEST_F(OneHourOfAMarket, SaysThatTheCapitalOfAProposalIsAssumed) {
  const std::string assumed = "capital: 1000 USDT, assumed because no configuration says";
  EXPECT_THAT(ask({"grid", "propose"}).out, HasSubstr(assumed));
  const auto json = ask({"grid", "propose", "-o", "json"});
  EXPECT_THAT(json.err, HasSubstr("warning: " + assumed));
  EXPECT_TRUE(codec::read<Grid>(json.out, "proposed")) << "still a grid file";
  const auto said = ask({"grid", "propose", "--capital", "2000"});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, Not(HasSubstr("assumed")));
}

}  // namespace
}  // namespace gridexit
