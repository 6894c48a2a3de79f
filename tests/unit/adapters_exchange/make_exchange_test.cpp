#include "gridexit/adapters/exchange/make_exchange.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::ManualClock;

TEST(MakeExchange, KnowsItsThreeForms) {
  ManualClock clock;
  for (const auto& [spec, source] :
       {std::pair{"kucoin", "kucoin"}, std::pair{"archive:/data", "archive"},
        std::pair{"simulated", "simulated"}, std::pair{"simulated:0", "simulated"}}) {
    const auto exchange = make_exchange(spec, {}, clock);
    ASSERT_TRUE(exchange) << spec;
    EXPECT_EQ((*exchange)->info().source, source);
  }
}

TEST(MakeExchange, TheSeedMakesTheMarket) {
  ManualClock clock;
  const auto close = [&clock](const char* spec) {
    const auto exchange = make_exchange(spec, {}, clock);
    return (*exchange)
        ->candles(Symbol::parse("ETH-USDT").value(), Timeframe::h1, clock.now() - Hours{24},
                  clock.now())
        ->view()
        .close.back();
  };
  EXPECT_EQ(close("simulated"),
            close(("simulated:" + std::to_string(kDefaultSimulationSeed)).c_str()));
  EXPECT_NE(close("simulated:1"), close("simulated:2"));
}

TEST(MakeExchange, ExplainsTheFormsForAnythingElse) {
  ManualClock clock;
  for (const char* spec : {"", "Kucoin", "kucoin:x", "archive",
                           "archive:", "simulated:", "simulated:-1", "simulated:x", "binance"}) {
    const auto exchange = make_exchange(spec, {}, clock);
    ASSERT_FALSE(exchange) << spec;
    EXPECT_EQ(exchange.error().code, ErrorCode::usage);
    EXPECT_NE(exchange.error().hint.find("archive:DIR"), std::string::npos);
  }
}

TEST(MakeExchange, KeysAreSeenWithoutBeingAsked) {
  ManualClock clock;
  EXPECT_FALSE((*make_exchange("kucoin", {}, clock))->info().has_keys);
  ExchangeSettings settings;
  settings.api_key = Secret("key");
  EXPECT_TRUE((*make_exchange("kucoin", settings, clock))->info().has_keys);
}

}  // namespace
}  // namespace gridexit::adapters
