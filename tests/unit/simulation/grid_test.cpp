#include "gridexit/simulation/grid.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <vector>

namespace gridexit::simulation {
namespace {

struct Bar {
  double open, high, low, close;
};

GridSetup arithmetic_setup() {
  GridSetup setup;
  setup.lines = {96, 98, 100, 102, 104};
  setup.stop_loss = 90;
  setup.start_price = 100;
  setup.capital = 1000;
  return setup;
}

GridSetup free_of_cost(GridSetup setup) {
  setup.fee = 0;
  setup.slippage = 0;
  return setup;
}

void walk(GridSimulation& grid, const std::vector<Bar>& bars) {
  for (const Bar& bar : bars) grid.advance(bar.open, bar.high, bar.low, bar.close);
}

Bar flat(double price) {
  return {price, price, price, price};
}

/// A seeded random walk whose extremes lie beyond open and close.
std::vector<Bar> random_bars(std::uint64_t seed, double start, std::size_t count) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> step(0, 0.006);
  std::vector<Bar> bars;
  double price = start;
  while (bars.size() < count) {
    Bar bar{price * std::exp(0.1 * step(random)), 0, 0, price * std::exp(step(random))};
    bar.high = std::max(bar.open, bar.close) * std::exp(std::fabs(step(random)));
    bar.low = std::min(bar.open, bar.close) * std::exp(-std::fabs(step(random)));
    price = bar.close;
    bars.push_back(bar);
  }
  return bars;
}

TEST(Lines, GeometricKeepsTheRatioAndArithmeticTheDifference) {
  const auto geometric = lines(100, 121, 2, Spacing::geometric);
  ASSERT_EQ(geometric.size(), 3U);
  EXPECT_DOUBLE_EQ(geometric[1], 110);
  const auto arithmetic = lines(100, 121, 2, Spacing::arithmetic);
  EXPECT_DOUBLE_EQ(arithmetic[1], 110.5);
  EXPECT_DOUBLE_EQ(arithmetic[2], 121);
}

TEST(Lines, RiseStrictlyFromLowerToUpper) {
  for (const Spacing spacing : {Spacing::arithmetic, Spacing::geometric}) {
    for (int cells = 1; cells <= 60; ++cells) {
      const auto all = lines(0.071, 0.093, cells, spacing);
      EXPECT_DOUBLE_EQ(all.front(), 0.071);
      EXPECT_NEAR(all.back(), 0.093, 1e-15);
      EXPECT_EQ(std::adjacent_find(all.begin(), all.end(), std::greater_equal<>()), all.end());
    }
  }
}

TEST(Start, CellAroundThePriceGoesToItsNearerLine) {
  const auto holds_at = [](double price) {
    GridSetup setup = arithmetic_setup();
    setup.start_price = price;
    return GridSimulation(setup).holds();
  };
  using Holds = std::vector<bool>;
  EXPECT_EQ(holds_at(100), (Holds{false, false, true, true}));
  EXPECT_EQ(holds_at(100.9), (Holds{false, false, true, true}));
  EXPECT_EQ(holds_at(101), (Holds{false, false, true, true})) << "equally near: base";
  EXPECT_EQ(holds_at(101.1), (Holds{false, false, false, true}));
  EXPECT_EQ(holds_at(96), (Holds{true, true, true, true}));
  EXPECT_EQ(holds_at(95), (Holds{true, true, true, true}));
  EXPECT_EQ(holds_at(104), (Holds{false, false, false, false}));
  EXPECT_EQ(holds_at(105), (Holds{false, false, false, false}));
}

TEST(Start, QuantityAndCapitalFollowFromEachOther) {
  const GridSimulation by_capital(arithmetic_setup());
  GridSetup setup = arithmetic_setup();
  setup.capital.reset();
  setup.quantity = by_capital.quantity();
  const GridSimulation by_quantity(setup);
  EXPECT_NEAR(by_quantity.position().capital, 1000, 1e-9);
  EXPECT_NEAR(by_quantity.quote(), by_capital.quote(), 1e-9);
  const double market = 100 * 1.0005 * 1.001;
  EXPECT_NEAR(by_capital.quantity(), 1000 / (2 * market + (96 + 98) * 1.001), 1e-12);
}

TEST(Start, CostsTheRoundTripInMarketOrders) {
  const GridSimulation grid(arithmetic_setup());
  const double bought = 2 * grid.quantity() * 100;
  EXPECT_NEAR(grid.equity(), bought * (0.9995 * 0.999 - 1.0005 * 1.001), 1e-9);
}

TEST(Setup, ComesFromTheDefinition) {
  GridVersion definition;
  definition.lower = 96;
  definition.upper = 104;
  definition.cells = 4;
  definition.spacing = Spacing::arithmetic;
  definition.amount_per_grid = 2;
  definition.stop_loss = 90;
  definition.fee = 0.0008;
  GridSetup setup = make_setup(definition, 100);
  EXPECT_EQ(setup.lines, arithmetic_setup().lines);
  EXPECT_DOUBLE_EQ(setup.start_price, 100);
  EXPECT_DOUBLE_EQ(setup.fee, 0.0008);
  EXPECT_DOUBLE_EQ(GridSimulation(setup).quantity(), 2);
  definition.entry_price = 99.5;
  EXPECT_DOUBLE_EQ(make_setup(definition, 100).start_price, 99.5);
}

TEST(Path, ABarThatRisesSeesItsLowFirst) {
  // Start at 100, cells 98-100 and below hold quote. Low first: buy 98, sell it at 100, and 100's
  // cell at 102.
  GridSimulation rising(arithmetic_setup());
  rising.advance(100, 102, 98, 101);
  EXPECT_EQ(rising.fills(), 3);
  EXPECT_EQ(rising.holds(), (std::vector<bool>{false, false, false, true}));
  GridSimulation falling(arithmetic_setup());
  falling.advance(100, 102, 98, 99.9);
  EXPECT_EQ(falling.fills(), 3);  // sell 102, buy 100, buy 98
  EXPECT_EQ(falling.holds(), (std::vector<bool>{false, true, true, true}));
}

TEST(Path, CanBeForcedEitherWay) {
  GridSetup setup = arithmetic_setup();
  setup.path = Path::high_first;
  GridSimulation high_first(setup);
  high_first.advance(100, 102, 98, 101);
  EXPECT_EQ(high_first.fills(), 4);  // sell 102, buy 100 and 98, sell 100
  setup.path = Path::low_first;
  GridSimulation low_first(setup);
  low_first.advance(100, 102, 98, 99);
  EXPECT_EQ(low_first.fills(), 4);  // buy 98, sell 100 and 102, buy 100
}

TEST(Path, PessimisticAndOptimisticTakeTheOrderByWhatItLeaves) {
  // Both bars close where they opened, so that the rule takes the low first.
  const auto after = [](Path path, double high, double low) {
    GridSetup setup = arithmetic_setup();
    setup.path = path;
    GridSimulation grid(setup);
    grid.advance(99, high, low, 99);
    return grid.equity();
  };
  for (const auto& [high, low] : {std::pair{102.0, 98.0}, std::pair{104.0, 99.0}}) {
    const double low_first = after(Path::low_first, high, low);
    const double high_first = after(Path::high_first, high, low);
    EXPECT_EQ(after(Path::pessimistic, high, low), std::min(low_first, high_first));
    EXPECT_EQ(after(Path::optimistic, high, low), std::max(low_first, high_first));
  }
  EXPECT_NE(after(Path::pessimistic, 102, 98), after(Path::optimistic, 102, 98));
  EXPECT_EQ(after(Path::pessimistic, 99.5, 98.5), after(Path::optimistic, 99.5, 98.5));
}

TEST(Path, TheStopLossIsMetInTheSameBarWhateverTheOrder) {
  for (const Path path : {Path::by_close, Path::pessimistic, Path::optimistic}) {
    GridSetup setup = arithmetic_setup();
    setup.stop_loss = 90;
    setup.path = path;
    GridSimulation grid(setup);
    grid.advance(100, 104, 91, 95);
    EXPECT_FALSE(grid.stopped());
    grid.advance(95, 104, 90, 100);
    EXPECT_TRUE(grid.stopped());
  }
}

TEST(Path, AGapBetweenBarsFillsAtTheLines) {
  GridSimulation grid(free_of_cost(arithmetic_setup()));
  const double quote = grid.quote();
  grid.advance(95, 95, 95, 95);
  EXPECT_EQ(grid.fills(), 2);
  EXPECT_NEAR(quote - grid.quote(), grid.quantity() * (98 + 96), 1e-9);
}

TEST(Fills, TouchingTheLineFillsOnce) {
  GridSimulation grid(arithmetic_setup());
  walk(grid, {flat(98), flat(98), flat(98.5), flat(98)});
  EXPECT_EQ(grid.fills(), 1);
  walk(grid, {flat(99.999)});
  EXPECT_EQ(grid.fills(), 1);
  walk(grid, {flat(100)});
  EXPECT_EQ(grid.fills(), 2);
  EXPECT_EQ(grid.holds(), GridSimulation(arithmetic_setup()).holds());
}

TEST(Fills, TheStartPriceItselfIsNoFill) {
  GridSimulation grid(arithmetic_setup());
  walk(grid, {flat(100), flat(100)});
  EXPECT_EQ(grid.fills(), 0);
}

TEST(GridProfit, OneRoundTripEarnsTheStepMinusBothFees) {
  GridSimulation grid(arithmetic_setup());
  walk(grid, {flat(98), flat(100)});
  EXPECT_NEAR(grid.grid_profit(), grid.quantity() * (100 * 0.999 - 98 * 1.001), 1e-12);
}

TEST(GridProfit, InitialBaseCostsWhatTheMarketOrderPaid) {
  GridSimulation grid(arithmetic_setup());
  walk(grid, {flat(102)});
  EXPECT_NEAR(grid.grid_profit(), grid.quantity() * (102 * 0.999 - 100 * 1.0005 * 1.001), 1e-12);
  // Bought back at its own line, the cell costs that line.
  const double before = grid.grid_profit();
  walk(grid, {flat(100), flat(102)});
  EXPECT_NEAR(grid.grid_profit() - before, grid.quantity() * (102 * 0.999 - 100 * 1.001), 1e-12);
}

TEST(GridProfit, IsAllThereIsOnceEverythingIsSold) {
  GridSimulation grid(arithmetic_setup());
  walk(grid, {flat(97), flat(101), flat(95), flat(104)});
  EXPECT_DOUBLE_EQ(grid.base(), 0);
  EXPECT_NEAR(grid.equity(), grid.grid_profit(), 1e-9);
}

TEST(Stop, SellsEverythingAtTheStopAndEndsTheGrid) {
  GridSimulation grid(arithmetic_setup());
  const SimulatedPosition before = grid.position();
  grid.advance(99, 99, 90, 95);
  EXPECT_TRUE(grid.stopped());
  EXPECT_EQ(grid.fills(), 2) << "the stop is a market order";
  EXPECT_DOUBLE_EQ(grid.base(), 0);
  EXPECT_NEAR(grid.equity(), before.value_at_stop - 1000, 1e-9);
  EXPECT_NEAR(grid.equity(),
              -grid.risk() + (grid.quote() - grid.quantity() * 4 * 90 * 0.9995 * 0.999), 1e-9);
  const double equity = grid.equity();
  walk(grid, {flat(100), flat(97), flat(104), flat(80)});
  EXPECT_DOUBLE_EQ(grid.equity(), equity);
  EXPECT_EQ(grid.fills(), 2);
  EXPECT_EQ(grid.position().bars, 5);
  EXPECT_TRUE(grid.position().stopped);
}

TEST(Stop, AGapBelowItSellsAtTheOpen) {
  GridSimulation grid(free_of_cost(arithmetic_setup()));
  const double quantity = grid.quantity();
  grid.advance(85, 86, 84, 85);
  EXPECT_TRUE(grid.stopped());
  EXPECT_NEAR(grid.equity(), quantity * (4 * 85 - 2 * 100 - 98 - 96), 1e-9);
}

TEST(Stop, JustAboveItNothingIsSold) {
  GridSimulation grid(arithmetic_setup());
  grid.advance(99, 99, 90.0001, 95);
  EXPECT_FALSE(grid.stopped());
  EXPECT_NEAR(grid.base(), 4 * grid.quantity(), 1e-12);
}

TEST(Stop, WithinTheRangeLeavesLowerBuysUnfilled) {
  GridSetup setup = free_of_cost(arithmetic_setup());
  setup.stop_loss = 97;
  GridSimulation grid(setup);
  const double quantity = grid.quantity();
  EXPECT_NEAR(grid.position().value_at_stop, 1000 + quantity * (3 * 97 - 2 * 100 - 98), 1e-9);
  grid.advance(100, 100, 95, 96);
  EXPECT_EQ(grid.fills(), 1);
  EXPECT_NEAR(grid.equity(), quantity * (3 * 97 - 2 * 100 - 98), 1e-9);
}

TEST(Risk, IsTheCapitalWithoutAStopLoss) {
  GridSetup setup = arithmetic_setup();
  EXPECT_NEAR(GridSimulation(setup).risk(),
              1000 - GridSimulation(setup).quantity() * 4 * 90 * 0.9995 * 0.999, 1e-9);
  setup.stop_loss.reset();
  EXPECT_DOUBLE_EQ(GridSimulation(setup).risk(), 1000);
  EXPECT_DOUBLE_EQ(GridSimulation(setup).position().value_at_stop, 0);
}

TEST(Position, AverageCostIsThatOfTheCellsHeld) {
  GridSimulation grid(arithmetic_setup());
  EXPECT_NEAR(grid.position().average_cost, 100 * 1.0005 * 1.001, 1e-12);
  walk(grid, {flat(98)});
  EXPECT_NEAR(grid.position().average_cost, (2 * 100 * 1.0005 + 98) * 1.001 / 3, 1e-12);
  walk(grid, {flat(105)});
  EXPECT_DOUBLE_EQ(grid.position().average_cost, 0);
}

class RandomMarket : public testing::TestWithParam<std::uint64_t> {
 protected:
  GridSetup setup() const {
    GridSetup setup;
    setup.lines = lines(92, 109, 17, Spacing::geometric);
    setup.stop_loss = 88;
    setup.start_price = 100;
    setup.capital = 1000;
    return setup;
  }
};

TEST_P(RandomMarket, EquityIsQuotePlusBaseMinusCapital) {
  GridSimulation grid(setup());
  for (const Bar& bar : random_bars(GetParam(), 100, 400)) {
    grid.advance(bar.open, bar.high, bar.low, bar.close);
    const SimulatedPosition now = grid.position();
    EXPECT_NEAR(now.equity, now.quote + now.base * bar.close * 0.9995 * 0.999 - 1000, 1e-9);
    EXPECT_GE(now.quote, -1e-9) << "every open buy order is covered";
  }
}

TEST_P(RandomMarket, WithoutCostsEquityIsGridProfitPlusTheFloatOfWhatIsHeld) {
  GridSimulation grid(free_of_cost(setup()));
  for (const Bar& bar : random_bars(GetParam(), 100, 400)) {
    grid.advance(bar.open, bar.high, bar.low, bar.close);
    if (grid.stopped()) break;
    const SimulatedPosition now = grid.position();
    EXPECT_NEAR(now.equity, now.grid_profit + now.base * (bar.close - now.average_cost), 1e-9);
  }
}

TEST_P(RandomMarket, WithoutCostsBackAtTheStartFromBelowEquityIsGridProfit) {
  GridSetup on_a_line = free_of_cost(arithmetic_setup());
  GridSimulation grid(on_a_line);
  for (const Bar& bar : random_bars(GetParam(), 97, 200)) {
    const auto below = [](double price) { return std::clamp(price, 91.0, 100.0); };
    grid.advance(below(bar.open), below(bar.high), below(bar.low), below(bar.close));
  }
  walk(grid, {flat(100)});
  EXPECT_EQ(grid.holds(), GridSimulation(on_a_line).holds());
  EXPECT_GT(grid.grid_profit(), 0);
  EXPECT_NEAR(grid.equity(), grid.grid_profit(), 1e-9);
}

TEST_P(RandomMarket, ScalesWithPriceAndWithCapital) {
  const double factor = 1024;  // a power of two: every product is exact
  GridSimulation grid(setup());
  GridSetup dearer = setup();
  for (double& line : dearer.lines) line *= factor;
  dearer.stop_loss = *dearer.stop_loss * factor;
  dearer.start_price *= factor;
  GridSetup richer = setup();
  richer.capital = *richer.capital * factor;
  GridSimulation at_other_price(dearer), with_more(richer);
  for (const Bar& bar : random_bars(GetParam(), 100, 400)) {
    grid.advance(bar.open, bar.high, bar.low, bar.close);
    at_other_price.advance(bar.open * factor, bar.high * factor, bar.low * factor,
                           bar.close * factor);
    with_more.advance(bar.open, bar.high, bar.low, bar.close);
    EXPECT_NEAR(at_other_price.equity(), grid.equity(), 1e-8);
    EXPECT_NEAR(with_more.equity(), grid.equity() * factor, 1e-6);
    EXPECT_EQ(at_other_price.fills(), grid.fills());
  }
}

TEST_P(RandomMarket, NeverFillsTheSameCellTwiceInOneDirection) {
  GridSimulation grid(setup());
  std::vector<bool> before = grid.holds();
  std::map<std::size_t, int> balance;  // buys minus sells per cell
  const auto point = [&](double price) {
    const int fills = grid.fills();
    grid.advance(price, price, price, price);
    if (grid.stopped()) return;
    const std::vector<bool> after = grid.holds();
    int changes = 0;
    for (std::size_t cell = 0; cell < after.size(); ++cell) {
      if (after[cell] == before[cell]) continue;
      ++changes;
      balance[cell] += after[cell] ? 1 : -1;
      EXPECT_LE(std::abs(balance[cell]), 1);
    }
    EXPECT_EQ(grid.fills() - fills, changes);
    before = after;
  };
  for (const Bar& bar : random_bars(GetParam(), 100, 400)) point(bar.close);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomMarket, testing::Range<std::uint64_t>(1, 13));

}  // namespace
}  // namespace gridexit::simulation
