#include "adapters/exchange/simulated.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gridexit/adapters/exchange/make_exchange.hpp"
#include "gridexit/evaluation/evaluate.hpp"
#include "support/manual_clock.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::ManualClock;

constexpr std::uint64_t kSeed = kDefaultSimulationSeed;
constexpr UtcTime kStart = kMarketEpoch + Hours{24 * 60};
constexpr UtcTime kEnd = kStart + Hours{24 * 42};

Symbol symbol(const char* text) {
  return Symbol::parse(text).value();
}

CandleSeries bars(Timeframe timeframe, UtcTime from, UtcTime to, std::uint64_t seed = kSeed,
                  const char* name = "ETH-USDT") {
  SimulatedMarket market(seed, symbol(name));
  return market.bars(timeframe, from, to);
}

bool same(const CandleSeries& a, const CandleSeries& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(a.at(i) == b.at(i))) return false;
  }
  return true;
}

TEST(SimulatedMarket, ABarDependsOnSeedSymbolAndTimeAlone) {
  const CandleSeries whole = bars(Timeframe::m15, kStart, kEnd);
  SimulatedMarket piecewise(kSeed, symbol("ETH-USDT"));
  CandleSeries parts;
  for (UtcTime time = kStart; time < kEnd; time += Hours{24 * 7}) {
    parts.append(piecewise.bars(Timeframe::m15, time, time + Hours{24 * 7}).view());
  }
  EXPECT_TRUE(same(whole, parts));
  EXPECT_FALSE(same(whole, bars(Timeframe::m15, kStart, kEnd, kSeed + 1)));
  EXPECT_FALSE(same(whole, bars(Timeframe::m15, kStart, kEnd, kSeed, "BTC-USDT")));
}

TEST(SimulatedMarket, StaysAsItWasWhenThisTestWasWritten) {
  // Recorded demos and golden pages rest on these very bars.
  const CandleSeries hour = bars(Timeframe::h1, kStart, kStart + Hours{1});
  ASSERT_EQ(hour.size(), 1U);
  EXPECT_EQ(hour.at(0), (Candle{kStart, 2757.38, 2758.8, 2740.33, 2755.5, 449.027912}));
}

TEST(SimulatedMarket, BarsAreSoundAndConnected) {
  for (const Timeframe timeframe : kTimeframes) {
    const CandleSeries series = bars(timeframe, kStart, kStart + Hours{24 * 10});
    ASSERT_FALSE(series.empty());
    for (std::size_t i = 0; i < series.size(); ++i) {
      const Candle bar = series.at(i);
      ASSERT_EQ(floor_to(bar.open_time, timeframe), bar.open_time);
      ASSERT_GE(bar.high, std::max(bar.open, bar.close));
      ASSERT_LE(bar.low, std::min(bar.open, bar.close));
      ASSERT_GT(bar.low, 0);
      ASSERT_GE(bar.volume, 0);
      if (i > 0) {
        ASSERT_LT(series.at(i - 1).open_time, bar.open_time);
      }
    }
  }
}

TEST(SimulatedMarket, FinerBarsAddUpToCoarserOnes) {
  const UtcTime end = kStart + Hours{24 * 10};
  const CandleSeries hours = bars(Timeframe::h1, kStart, end);
  for (const Timeframe finer : {Timeframe::m1, Timeframe::m5, Timeframe::m15}) {
    const CandleSeries made = aggregate(bars(finer, kStart, end).view(), Timeframe::h1, end);
    ASSERT_EQ(made.size(), hours.size());
    for (std::size_t i = 0; i < hours.size(); ++i) {
      ASSERT_EQ(made.at(i).open, hours.at(i).open);
      ASSERT_EQ(made.at(i).high, hours.at(i).high);
      ASSERT_EQ(made.at(i).low, hours.at(i).low);
      ASSERT_EQ(made.at(i).close, hours.at(i).close);
      ASSERT_NEAR(made.at(i).volume, hours.at(i).volume, 1e-6 * hours.at(i).volume);
    }
  }
}

TEST(SimulatedMarket, HasOutagesCrashesAndAnOrdinaryVolatility) {
  const UtcTime end = kStart + Hours{24 * 365};
  const CandleSeries hours = bars(Timeframe::h1, kStart, end);
  const CandleView view = hours.view();
  double squares = 0;
  double worst_6h = 0;
  for (std::size_t i = 6; i < view.size(); ++i) {
    const double change = std::log(view.close[i] / view.close[i - 1]);
    squares += change * change;
    worst_6h = std::min(worst_6h, view.close[i] / view.close[i - 6] - 1);
  }
  const double sigma = std::sqrt(squares / static_cast<double>(view.size() - 6));
  EXPECT_GT(sigma, 0.005);
  EXPECT_LT(sigma, 0.008);
  EXPECT_LT(worst_6h, -0.10);
  EXPECT_LT(hours.size(), std::size_t{24 * 365});
  EXPECT_GT(hours.size(), std::size_t{24 * 365 * 95 / 100});
  const auto [low, high] = std::minmax_element(view.close.begin(), view.close.end());
  EXPECT_LT(*high / *low, 2);
}

TEST(SimulatedMarket, HasNothingBeforeItsBeginning) {
  EXPECT_TRUE(bars(Timeframe::h1, UtcTime{Seconds{0}}, kMarketEpoch).empty());
  EXPECT_EQ(bars(Timeframe::h1, UtcTime{Seconds{0}}, kMarketEpoch + Hours{1}).view().time.front(),
            kMarketEpoch);
  EXPECT_TRUE(bars(Timeframe::h1, kEnd, kStart).empty());
}

TEST(SimulatedExchange, ShowsOnlyClosedBars) {
  ManualClock clock(kStart + Seconds{3599});
  SimulatedExchange exchange(kSeed, clock);
  EXPECT_TRUE(exchange.candles(symbol("ETH-USDT"), Timeframe::h1, kStart, kEnd)->empty());
  clock.advance(1);
  EXPECT_EQ(exchange.candles(symbol("ETH-USDT"), Timeframe::h1, kStart, kEnd)->size(), 1U);
}

TEST(SimulatedExchange, IsMarkedAndHasNoAccount) {
  ManualClock clock(kStart);
  SimulatedExchange exchange(kSeed, clock);
  EXPECT_TRUE(exchange.info().simulated);
  EXPECT_FALSE(exchange.info().has_keys);
  EXPECT_FALSE(exchange.check_key()->usable);
  EXPECT_FALSE(exchange.account(symbol("ETH-USDT")));
  EXPECT_EQ(exchange.server_time().value(), kStart);
  EXPECT_NEAR(exchange.symbol_rules(symbol("ETH-USDT"))->price_increment, 0.01, 1e-12);
  EXPECT_NEAR(exchange.symbol_rules(symbol("BTC-USDT"))->price_increment, 0.1, 1e-12);
}

// The demo: six weeks in which grids from the product's own proposal are set up, warned about and
// broken.
class DemoStory {
 public:
  void play() {
    SimulatedMarket market(kSeed, symbol("ETH-USDT"));
    candles_ = market.bars(Timeframe::h1, kMarketEpoch, kEnd);
    rules_.capital.total_quote = 1000;
    for (UtcTime at = kStart; at <= kEnd; at += Hours{1}) hour(at);
  }
  int grids = 0;
  int warnings = 0;
  int exits_below = 0;

 private:
  void hour(UtcTime at) {
    evaluation::HourInputs inputs(symbol("ETH-USDT"));
    inputs.at = at;
    inputs.origin = Origin::simulated;
    inputs.source = "simulated";
    inputs.delivered_1h = candles_.between(at - Hours{1100}, at);
    inputs.predecessor = predecessor_;
    inputs.grid = grid_;
    inputs.symbol_rules = SymbolRules{0.01, 1e-7, 1e-4, 0.1};
    inputs.last_stop = last_stop_;
    const auto outcome = evaluation::evaluate(inputs, rules_);
    if (!outcome) return;  // an outage
    predecessor_ = evaluation::Predecessor{outcome->record, {}};
    if (grid_) {
      follow(*outcome);
    } else if (outcome->decision && outcome->decision->recommendation.proposal) {
      start(at, *outcome->decision->recommendation.proposal);
    }
  }

  void start(UtcTime at, const Proposal& proposal) {
    RunningGrid grid;
    grid.grid_id = "demo-" + std::to_string(++grids);
    grid.start = at;
    grid.definition.from = at;
    grid.definition.lower = proposal.lower;
    grid.definition.upper = proposal.upper;
    grid.definition.cells = proposal.cells;
    grid.definition.capital_quote = proposal.capital_quote;
    grid.definition.stop_loss = proposal.stop_loss;
    grid_ = grid;
  }

  void follow(const evaluation::HourOutcome& outcome) {
    if (!outcome.transition) return;
    const ExitState state = outcome.transition->to_state;
    if (state == ExitState::warning) ++warnings;
    if (state < ExitState::latest_acceptable_exit) return;
    if (*outcome.record.price.close < grid_->definition.lower) ++exits_below;
    last_stop_ = outcome.record.timestamp;
    grid_.reset();
  }

  CandleSeries candles_;
  Rules rules_;
  std::optional<evaluation::Predecessor> predecessor_;
  std::optional<RunningGrid> grid_;
  std::optional<UtcTime> last_stop_;
};

TEST(SimulatedMarket, TellsTheDemosStory) {
  DemoStory story;
  story.play();
  EXPECT_GE(story.grids, 2);
  EXPECT_GE(story.warnings, 2);
  EXPECT_GE(story.exits_below, 1);
}

}  // namespace
}  // namespace gridexit::adapters
