#include "adapters/exchange/archive.hpp"

#include <gtest/gtest.h>

#include <string>

#include "gridexit/adapters/exchange/candle_file.hpp"
#include "support/manual_clock.hpp"
#include "support/source_tree.hpp"
#include "support/temporary_folder.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::ManualClock;
using testing_support::TemporaryFolder;
using testing_support::write_file;

constexpr UtcTime kMidnight{Seconds{1'770'076'800}};  // 2026-02-03T00:00:00Z
constexpr UtcTime kLongAgo{Seconds{0}};
constexpr UtcTime kFarAhead{Seconds{4'000'000'000}};

Symbol eth() {
  return Symbol::parse("ETH-USDT").value();
}

// Rows from midnight on, one for each price: open = price, high = price + 2, low = price - 2, close
// = price + 1.
std::string rows(Seconds step, std::initializer_list<int> prices) {
  std::string text = "time,open,high,low,close,volume,turnover\n";
  UtcTime time = kMidnight;
  for (const int price : prices) {
    text += std::to_string(time.time_since_epoch().count());
    for (const int value : {price, price + 2, price - 2, price + 1})
      text += "," + std::to_string(value);
    text += ",10,\n";
    time += step;
  }
  return text;
}

class ArchiveTest : public testing::Test {
 protected:
  Result<CandleSeries> all(Timeframe timeframe) {
    return exchange_.candles(eth(), timeframe, kLongAgo, kFarAhead);
  }

  TemporaryFolder folder_;
  ManualClock clock_{kMidnight + Hours{1000}};
  ArchiveExchange exchange_{folder_.path(), clock_};
};

TEST_F(ArchiveTest, ReturnsBarsOfTheHalfOpenRange) {
  write_file(folder_ / "ETH-USDT_1h.csv", rows(Hours{1}, {100, 101, 102, 103}));
  const auto bars =
      exchange_.candles(eth(), Timeframe::h1, kMidnight + Hours{1}, kMidnight + Hours{3});
  ASSERT_TRUE(bars) << bars.error().text();
  ASSERT_EQ(bars->size(), 2U);
  EXPECT_EQ(bars->at(0), (Candle{kMidnight + Hours{1}, 101, 103, 99, 102, 10}));
  EXPECT_EQ(bars->at(1).open_time, kMidnight + Hours{2});
}

TEST_F(ArchiveTest, ABarIsClosedWhenTheClockIsPastItsEnd) {
  write_file(folder_ / "ETH-USDT_1h.csv", rows(Hours{1}, {100, 101, 102}));
  ManualClock clock(kMidnight + Hours{2});
  ArchiveExchange exchange(folder_.path(), clock);
  EXPECT_EQ(exchange.candles(eth(), Timeframe::h1, kLongAgo, kFarAhead)->size(), 2U);
  clock.advance(-1);
  EXPECT_EQ(exchange.candles(eth(), Timeframe::h1, kLongAgo, kFarAhead)->size(), 1U);
  EXPECT_EQ(exchange.server_time().value(), clock.now());
}

TEST_F(ArchiveTest, KeepsTheFilesOrderAndDuplicates) {
  write_file(folder_ / "ETH-USDT_1h.csv",
             "time,open,high,low,close,volume,turnover\n7200,1,1,1,1,1,\n3600,2,2,2,2,1,\n"
             "3600,3,3,3,3,1,\n");
  const auto bars = all(Timeframe::h1);
  ASSERT_EQ(bars->size(), 3U);
  EXPECT_EQ(bars->at(0).open_time, UtcTime{Seconds{7200}});
  EXPECT_EQ(bars->at(2).open, 3);
}

TEST_F(ArchiveTest, AggregatesWhatHasNoFile) {
  // Six hours: one whole 4h bar and a part of the next, which would pretend to be whole.
  write_file(folder_ / "ETH-USDT_1h.csv", rows(Hours{1}, {100, 120, 90, 95, 100, 101}));
  const auto bars = all(Timeframe::h4);
  ASSERT_TRUE(bars) << bars.error().text();
  ASSERT_EQ(bars->size(), 1U);
  EXPECT_EQ(bars->at(0), (Candle{kMidnight, 100, 122, 88, 96, 40}));
}

TEST_F(ArchiveTest, AggregatesFromTheCoarsestFinerFileInTimeOrder) {
  write_file(folder_ / "ETH-USDT_15m.csv", rows(Seconds{900}, {500, 500, 500, 500}));
  write_file(folder_ / "ETH-USDT_5m.csv", rows(Seconds{300}, {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7}));
  ASSERT_EQ(all(Timeframe::h1)->size(), 1U);
  EXPECT_EQ(all(Timeframe::h1)->at(0).open, 500);

  write_file(folder_ / "BTC-USDT_1h.csv",
             "time,open,high,low,close,volume,turnover\n7200,3,3,3,3,1,\n3600,2,2,2,2,1,\n"
             "0,1,1,1,1,1,\n10800,4,4,4,4,1,\n");
  const auto btc =
      exchange_.candles(Symbol::parse("BTC-USDT").value(), Timeframe::h4, kLongAgo, kFarAhead);
  ASSERT_EQ(btc->size(), 1U);
  EXPECT_EQ(btc->at(0).open, 1);
  EXPECT_EQ(btc->at(0).close, 4);
}

TEST_F(ArchiveTest, NamesWhatIsMissingAndWhatIsThere) {
  const auto nothing = all(Timeframe::h1);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::data_unavailable);
  EXPECT_NE(nothing.error().message.find(folder_.path()), std::string::npos);

  write_file(folder_ / "ETC-USDT_1h.csv", rows(Hours{1}, {1}));
  write_file(folder_ / "BTC-USDT_4h.csv.gz", "");
  write_file(folder_ / "ETH-USDT_1h_2021.csv", rows(Hours{1}, {1}));
  const auto unknown = all(Timeframe::h1);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::data_unavailable);
  EXPECT_EQ(unknown.error().hint, "did you mean ETC-USDT? there are BTC-USDT, ETC-USDT");

  const auto finer =
      exchange_.candles(Symbol::parse("ETC-USDT").value(), Timeframe::m15, kLongAgo, kFarAhead);
  ASSERT_FALSE(finer);
  EXPECT_NE(finer.error().message.find("no 15m candles for ETC-USDT"), std::string::npos);

  ArchiveExchange elsewhere("/nonexistent/folder", clock_);
  EXPECT_EQ(elsewhere.candles(eth(), Timeframe::h1, kLongAgo, kFarAhead).error().code,
            ErrorCode::data_unavailable);
}

TEST_F(ArchiveTest, ReadsAFileOnce) {
  write_file(folder_ / "ETH-USDT_1h.csv", rows(Hours{1}, {100}));
  EXPECT_EQ(all(Timeframe::h1)->size(), 1U);
  write_file(folder_ / "ETH-USDT_1h.csv", rows(Hours{1}, {100, 101}));
  EXPECT_EQ(all(Timeframe::h1)->size(), 1U);
}

TEST_F(ArchiveTest, ReportsAMalformedFileEveryTime) {
  write_file(folder_ / "ETH-USDT_1h.csv",
             "time,open,high,low,close,volume,turnover\n1,x,1,1,1,1,\n");
  EXPECT_EQ(all(Timeframe::h1).error().code, ErrorCode::data_unusable);
  EXPECT_EQ(all(Timeframe::h4).error().code, ErrorCode::data_unusable);
}

TEST_F(ArchiveTest, TakesThePriceIncrementFromThePrices) {
  write_file(folder_ / "ETH-USDT_1h.csv",
             "time,open,high,low,close,volume,turnover\n0,1,2.5,1,2,1,\n3600,1,2.25,1,2,1,\n");
  const auto rules = exchange_.symbol_rules(eth());
  ASSERT_TRUE(rules);
  EXPECT_NEAR(rules->price_increment, 0.01, 1e-12);
}

TEST_F(ArchiveTest, HasNoAccount) {
  EXPECT_FALSE(exchange_.info().has_keys);
  EXPECT_FALSE(exchange_.info().simulated);
  EXPECT_FALSE(exchange_.check_key()->usable);
  EXPECT_FALSE(exchange_.account(eth()));
}

TEST(Archive, ReadsTheSharedCandles) {
  const std::string folder = testing_support::shared_file("data").string();
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is missing";
  ManualClock clock(*parse_utc("2026-01-01"));
  ArchiveExchange exchange(folder, clock);
  const auto hours = exchange.candles(eth(), Timeframe::h1, kLongAgo, kFarAhead);
  ASSERT_TRUE(hours) << hours.error().text();
  EXPECT_EQ(hours->size(), 13'666U);
  // The exchange's own 4h bars equal those made from its 1h bars.
  const auto four = exchange.candles(eth(), Timeframe::h4, kLongAgo, kFarAhead);
  const CandleSeries made = aggregate(hours->view(), Timeframe::h4, clock.now());
  ASSERT_EQ(four->size(), 3'416U);
  EXPECT_EQ(four->at(1).close, made.at(2).close);
  EXPECT_NEAR(exchange.symbol_rules(eth())->price_increment, 0.01, 1e-12);
}

}  // namespace
}  // namespace gridexit::adapters
