#include "gridexit/backtest/report.hpp"

#include <gtest/gtest.h>

#include <algorithm>

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

TEST(MoneyCurve, AddsUpToTheMoney) {
  const auto sequences = replay_all(two_markets(), Rules{}, Harness{});
  const auto curve = money_curve(sequences);
  ASSERT_FALSE(curve.empty());
  EXPECT_NEAR(curve.back().pnl, earnings(sequences).pnl, 1e-9);
  EXPECT_TRUE(std::is_sorted(curve.begin(), curve.end(),
                             [](const MoneyPoint& a, const MoneyPoint& b) { return a.at < b.at; }));
}

TEST(Compare, SlicesTogetherAreTheWhole) {
  const std::vector<Track> tracks = two_markets();
  const Comparison whole = compare(tracks, Rules{}, Harness{}, 1);
  for (const std::size_t count : {2U, 5U, 7U}) {
    std::vector<Comparison> parts;
    for (std::size_t i = 0; i < count; ++i) {
      parts.push_back(compare(tracks, Rules{}, Harness{}, 1, {i, count}));
      EXPECT_EQ(parts.back().rows.size(), (Slice{i, count}.size(kPolicies)));
    }
    for (std::size_t i = 0; i < kPolicies; ++i) {
      const PolicyRow& row = parts[i % count].rows[i / count];
      EXPECT_EQ(row.policy, whole.rows[i].policy);
      EXPECT_EQ(row.row.earnings.pnl, whole.rows[i].row.earnings.pnl);
      EXPECT_EQ(row.row.kpis.fer.value, whole.rows[i].row.kpis.fer.value);
    }
    EXPECT_EQ(parts[(kPolicies - 1) % count].announcements.size(), whole.announcements.size());
  }
}

}  // namespace
}  // namespace gridexit::backtest
