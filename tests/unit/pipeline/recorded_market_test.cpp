// A backfilled repository read back for a backtest: the recorded metrics are those that the
// recorded candles give.

#include "gridexit/pipeline/recorded_market.hpp"

#include <gtest/gtest.h>

#include <map>

#include "gridexit/pipeline/backfill.hpp"
#include "support/fakes.hpp"
#include "support/series.hpp"

namespace gridexit::pipeline {
namespace {

const UtcTime kTo = *parse_utc("2026-02-03T11:00:00Z");
constexpr std::size_t kBars = 1400;
constexpr int kHours = 40;

/// The newest commit of a FakeStore, seen as a history.
class FakeHistory final : public ports::History {
 public:
  explicit FakeHistory(const testing::FakeStore& store) : tree_(store.commits().back().tree) {}
  explicit FakeHistory(const testing::FakeStore::Tree& tree) : tree_(tree) {}

  Result<ports::HistoryLine> line() override { return ports::HistoryLine{}; }
  Result<std::vector<ports::FileChange>> changes(std::string_view, std::string_view,
                                                 const std::vector<std::string>&) override {
    std::vector<ports::FileChange> files;
    for (const auto& [path, bytes] : tree_) files.push_back({path, "", path});
    return files;
  }
  Result<std::string> content(std::string_view blob) override { return tree_.find(blob)->second; }
  Result<std::optional<std::string>> find_commit(std::string_view) override {
    return std::optional<std::string>{};
  }
  Result<std::unique_ptr<ports::History>> reopen() const override {
    return std::unique_ptr<ports::History>(std::make_unique<FakeHistory>(*this));
  }

 private:
  const testing::FakeStore::Tree& tree_;
};

class RecordedMarkets : public ::testing::Test {
 protected:
  void SetUp() override {
    const CandleSeries bars =
        support::series_of(support::walk(11, kBars), 0.002, Hours{1}, kTo - Hours{kBars});
    testing::FakeMarket market;
    market.bars = &bars;
    testing::FakeExchange exchange(market);
    rules_.capital.total_quote = 1000;
    for (const char* symbol : {"ETH-USDT", "SOL-USDT", "XRP-USDT"}) {
      BackfillInputs inputs(*Symbol::parse(symbol));
      inputs.from = kTo - Hours{kHours - 1};
      inputs.to = kTo;
      inputs.evaluate = true;
      const auto report = backfill(store_, exchange, rules_, inputs);
      ASSERT_TRUE(report) << report.error().text();
      ASSERT_EQ(report->recorded, kHours);
    }
  }

  Result<std::vector<RecordedMarket>> read(MetricsFrom from,
                                           const std::vector<std::string>& symbols = {}) {
    FakeHistory history(store_);
    return recorded_markets(history, "HEAD", symbols, from, rules_.data, threads_);
  }

  testing::FakeStore store_;
  Rules rules_;
  unsigned threads_ = 1;
};

TEST_F(RecordedMarkets, AreTheSameFromRecordsAndFromCandles) {
  const auto recorded = read(MetricsFrom::records);
  const auto computed = read(MetricsFrom::candles);
  ASSERT_TRUE(recorded) << recorded.error().text();
  ASSERT_TRUE(computed) << computed.error().text();
  const backtest::Track& left = recorded->front().track;
  const backtest::Track& right = computed->front().track;
  ASSERT_EQ(left.size(), right.size());
  int evaluated = 0;
  for (std::size_t bar = 0; bar < left.size(); ++bar) {
    ASSERT_EQ(left.evaluated(bar), right.evaluated(bar));
    if (!left.evaluated(bar)) continue;
    ++evaluated;
    for (const MetricKey key : kMetricKeys) {
      EXPECT_EQ(left.metrics_1h(bar).metric(key).value, right.metrics_1h(bar).metric(key).value);
      EXPECT_EQ(left.metrics_4h(bar).metric(key).value, right.metrics_4h(bar).metric(key).value);
    }
    EXPECT_EQ(left.metrics_1h(bar).atr, right.metrics_1h(bar).atr);
  }
  EXPECT_EQ(evaluated, kHours);
}

TEST_F(RecordedMarkets, NameTheSymbolsThatThereAre) {
  const auto markets = read(MetricsFrom::records, {"BTC-USDT"});
  ASSERT_FALSE(markets);
  EXPECT_EQ(markets.error().code, ErrorCode::not_found);
  EXPECT_NE(markets.error().text().find("ETH-USDT"), std::string::npos);
}

TEST_F(RecordedMarkets, AreReadInTheOrderOfTheirNamesByAnyNumberOfThreads) {
  const auto one = read(MetricsFrom::records);
  threads_ = 3;
  const auto three = read(MetricsFrom::records);
  ASSERT_TRUE(one && three);
  ASSERT_EQ(three->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*three)[i].track.symbol, (*one)[i].track.symbol);
    EXPECT_EQ((*three)[i].track.h1.size(), static_cast<std::size_t>(kHours));
  }
  EXPECT_EQ(three->front().track.symbol, "ETH-USDT");
}

TEST_F(RecordedMarkets, SayWhichDocumentIsBrokenWhoeverReadsIt) {
  threads_ = 3;
  testing::FakeStore::Tree broken = store_.commits().back().tree;
  const auto record = broken.lower_bound("metrics/SOL-USDT/");
  record->second = "schema_version: [";
  FakeHistory history(broken);
  const auto markets =
      recorded_markets(history, "HEAD", {}, MetricsFrom::records, rules_.data, threads_);
  ASSERT_FALSE(markets);
  EXPECT_NE(markets.error().text().find("SOL-USDT"), std::string::npos);
}

TEST_F(RecordedMarkets, KeepTheCandlesAndTheFirstHour) {
  const auto markets = read(MetricsFrom::records, {"ETH-USDT"});
  ASSERT_TRUE(markets);
  const RecordedMarket& market = markets->front();
  EXPECT_EQ(market.first_record, kTo - Hours{kHours - 1});
  EXPECT_EQ(market.delivered.size(), market.track.size());
  EXPECT_TRUE(market.grids.empty());
}

}  // namespace
}  // namespace gridexit::pipeline
