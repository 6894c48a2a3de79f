#include "gridexit/domain/symbol.hpp"

#include <gtest/gtest.h>

namespace gridexit {
namespace {

TEST(Symbol, ParsesBaseAndQuote) {
  const auto symbol = Symbol::parse("ETH-USDT");
  ASSERT_TRUE(symbol);
  EXPECT_EQ(symbol->base(), "ETH");
  EXPECT_EQ(symbol->quote(), "USDT");
}

TEST(Symbol, RefusesAnythingElseWithARemedy) {
  for (const char* text :
       {"", "ETHUSDT", "eth-usdt", "ETH-USDT-X", "E-USDT", "ETH-", "ETH/USDT", "../..-USDT"}) {
    const auto symbol = Symbol::parse(text);
    ASSERT_FALSE(symbol) << text;
    EXPECT_EQ(symbol.error().code, ErrorCode::usage);
    EXPECT_FALSE(symbol.error().hint.empty());
  }
}

}  // namespace
}  // namespace gridexit
