#include "gridexit/backtest/report.hpp"

#include <gtest/gtest.h>

#include "gridexit/backtest/sweep.hpp"
#include "market.hpp"

namespace gridexit::backtest {
namespace {

std::vector<Track> two_markets() {
  std::vector<Track> tracks{small_track(3), small_track(4)};
  tracks.back().symbol = "ETH-USDT";
  return tracks;
}

TEST(ModelErrors, LieOnEitherSideOfTheMoney) {
  const std::vector<Track> tracks = two_markets();
  for (const Policy& policy : {Policy{Hold{}}, Policy{CloseOutside{}}, Policy{ExitRulesPolicy{}}}) {
    SCOPED_TRACE(name_of(policy));
    const Earnings told = earnings(replay_all(tracks, Rules{}, Harness{}, policy));
    const ModelError error = model_error(tracks, Rules{}, Harness{}, policy);
    EXPECT_LT(error.pessimistic.pnl, told.pnl);
    EXPECT_GT(error.optimistic.pnl, told.pnl);
    EXPECT_GE(error.pessimistic.drawdown, error.optimistic.drawdown);
  }
}

TEST(ModelErrors, ArePartOfTheComparison) {
  const std::vector<Track> tracks = two_markets();
  const Comparison comparison = compare(tracks, Rules{}, Harness{}, 2);
  ASSERT_EQ(comparison.rows.size(), 5U);
  EXPECT_EQ(comparison.rows.back().policy, "these rules");
  const ModelError alone = model_error(tracks, Rules{}, Harness{}, ExitRulesPolicy{});
  ASSERT_TRUE(comparison.rows.back().model_error);
  EXPECT_EQ(comparison.rows.back().model_error->pessimistic.pnl, alone.pessimistic.pnl);
  EXPECT_TRUE(comparison.rows.front().model_error);
  EXPECT_FALSE(comparison.rows[2].model_error);
}

TEST(ModelErrors, OfNothingAreNothing) {
  const ModelError error = model_error({}, Rules{}, Harness{}, Hold{});
  EXPECT_EQ(error.pessimistic.pnl, 0);
  EXPECT_EQ(error.optimistic.drawdown, 0);
}

}  // namespace
}  // namespace gridexit::backtest
