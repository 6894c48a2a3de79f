#include "gridexit/gates/advance.hpp"

#include <gtest/gtest.h>

namespace gridexit::gates {
namespace {

/// A market in which all three gates hold, every input exactly at its threshold.
struct Market {
  TimeframeMetrics h1;
  std::optional<double> close = 1000.0;
  std::vector<VerdictMemory> memory;

  Market() {
    h1.adx.value = 25;
    h1.adx.value_6_bars_ago = 20;
    h1.normalized_slope.value = -0.12;
    h1.ou_half_life.value = 60;
    h1.autocorrelation.value = 0.10;
    h1.efficiency_ratio.value = 0.40;
    h1.bollinger_bandwidth.value = 0.023;
    h1.bollinger_bandwidth.value_6_bars_ago = 0.02;
    h1.bollinger_bandwidth.bandwidth_ratio = 1.5;
    h1.atr = 6.0;
    for (int i = 0; i < 6; ++i) memory.push_back({Verdict::range_weak, Verdict::range_weak, 0.5});
  }

  GateEvaluation pass(Counters before = {2, 2, 2}) const {
    return advance(h1, close, 0.001, memory, before, GateRules{});
  }
  bool holds(std::size_t gate) const { return pass().gates[gate].holds; }
};

TEST(Gates, HoldAtTheirThresholds) {
  const GateEvaluation result = Market{}.pass();
  ASSERT_EQ(result.gates.size(), 3U);
  for (const Gate& gate : result.gates) EXPECT_TRUE(gate.holds) << gate.name;
  EXPECT_TRUE(result.passed);
}

TEST(Gates, FirstHoldsOnceTheTrendHasLostItsEnergy) {
  Market market;
  market.h1.adx.value = 25.1;
  EXPECT_FALSE(market.holds(0));
  market.h1.adx.value_6_bars_ago = 25.2;
  EXPECT_TRUE(market.holds(0)) << "falling is enough";
  market.h1.normalized_slope.value = 0.121;
  EXPECT_FALSE(market.holds(0));
}

TEST(Gates, FirstWantsSixQuietEvaluations) {
  Market market;
  market.memory.erase(market.memory.begin());
  EXPECT_FALSE(market.holds(0)) << "only five exist";
  market = Market{};
  market.memory[0].verdict = Verdict::transition;
  EXPECT_FALSE(market.holds(0));
  market.memory.push_back({Verdict::range_ok, Verdict::range_ok, 0.5});
  EXPECT_TRUE(market.holds(0));
}

TEST(Gates, SecondHoldsWhilePriceReturns) {
  const auto holds_with = [](auto change) {
    Market market;
    change(market.h1);
    return market.holds(1);
  };
  EXPECT_FALSE(holds_with([](auto& h1) { h1.ou_half_life.value = 60.1; }));
  EXPECT_FALSE(holds_with([](auto& h1) { h1.ou_half_life.value = 1.9; }));
  EXPECT_TRUE(holds_with([](auto& h1) { h1.ou_half_life.value = 2.0; }));
  EXPECT_FALSE(holds_with([](auto& h1) { h1.autocorrelation.value = 0.101; }));
  EXPECT_FALSE(holds_with([](auto& h1) { h1.efficiency_ratio.value = 0.401; }));
}

TEST(Gates, ThirdHoldsWhileVolatilityIsWorthItsFees) {
  const auto holds_with = [](auto change) {
    Market market;
    change(market.h1);
    return market.holds(2);
  };
  EXPECT_FALSE(holds_with([](auto& h1) { h1.bollinger_bandwidth.bandwidth_ratio = 1.51; }));
  EXPECT_FALSE(holds_with([](auto& h1) { h1.bollinger_bandwidth.bandwidth_ratio = 0.39; }));
  EXPECT_TRUE(holds_with([](auto& h1) { h1.bollinger_bandwidth.bandwidth_ratio = 0.4; }));
  EXPECT_FALSE(holds_with([](auto& h1) { h1.bollinger_bandwidth.value = 0.0231; }));
  EXPECT_FALSE(holds_with([](auto& h1) { h1.atr = 5.99; }));
}

TEST(Gates, DoNotHoldOnAnUnknown) {
  const auto count_holding = [](auto change) {
    Market market;
    change(market);
    int count = 0;
    for (const Gate& gate : market.pass().gates) count += gate.holds ? 1 : 0;
    return count;
  };
  EXPECT_EQ(count_holding([](Market&) {}), 3);
  EXPECT_EQ(count_holding([](Market& m) { m.h1.adx.value.reset(); }), 2);
  EXPECT_EQ(count_holding([](Market& m) { m.h1.adx.value_6_bars_ago.reset(); }), 2);
  EXPECT_EQ(count_holding([](Market& m) { m.h1.normalized_slope.value.reset(); }), 2);
  EXPECT_EQ(count_holding([](Market& m) { m.h1.ou_half_life.value.reset(); }), 2);
  EXPECT_EQ(count_holding([](Market& m) { m.h1.autocorrelation.value.reset(); }), 2);
  EXPECT_EQ(count_holding([](Market& m) { m.h1.efficiency_ratio.value.reset(); }), 2);
  EXPECT_EQ(count_holding([](Market& m) { m.h1.bollinger_bandwidth.value.reset(); }), 2);
  EXPECT_EQ(count_holding([](Market& m) { m.h1.atr.reset(); }), 2);
  EXPECT_EQ(count_holding([](Market& m) { m.close.reset(); }), 2);
}

Counters counts(const GateEvaluation& result) {
  return {result.gates[0].count, result.gates[1].count, result.gates[2].count};
}

TEST(Gates, ArePassedInOrderAndEachThreeTimes) {
  const Market market;
  Counters counters{};
  const std::vector<Counters> expected{{1, 0, 0}, {2, 0, 0}, {3, 1, 0}, {3, 2, 0},
                                       {3, 3, 1}, {3, 3, 2}, {3, 3, 3}, {3, 3, 3}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const GateEvaluation result = market.pass(counters);
    counters = counts(result);
    EXPECT_EQ(counters, expected[i]) << i;
    EXPECT_EQ(result.passed, i >= 6) << i;
  }
}

TEST(Gates, StartAnewFromTheOneThatStopsHolding) {
  Market market;
  market.h1.efficiency_ratio.value = 0.9;
  const GateEvaluation second = market.pass({3, 3, 3});
  EXPECT_EQ(counts(second), (Counters{3, 0, 0}));
  EXPECT_FALSE(second.passed);
  EXPECT_TRUE(second.gates[2].holds) << "it is judged all the same, for the record";

  market.h1.adx.value.reset();
  EXPECT_EQ(counts(market.pass({3, 3, 3})), (Counters{0, 0, 0}));
}

TEST(Gates, NameTheirInputs) {
  Market market;
  market.h1.autocorrelation.value.reset();
  const GateEvaluation result = market.pass();
  EXPECT_EQ(result.gates[0].name, "directional_energy_decay");
  EXPECT_EQ(result.gates[1].name, "mean_reversion_return");
  EXPECT_EQ(result.gates[2].name, "tradable_volatility");
  ASSERT_EQ(result.gates[1].values.size(), 3U);
  EXPECT_EQ(result.gates[1].values[1].first, "autocorrelation");
  EXPECT_EQ(result.gates[1].values[1].second, std::nullopt);
  EXPECT_EQ(result.gates[2].values[3].first, "atr_share");
  EXPECT_EQ(result.gates[2].values[3].second, 0.006);
}

}  // namespace
}  // namespace gridexit::gates
