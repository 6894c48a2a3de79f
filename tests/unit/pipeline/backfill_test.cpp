// Backfill over a store and an exchange in memory: what it writes, where it writes nothing, and
// that an interruption leaves no trace.

#include "gridexit/pipeline/backfill.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"
#include "support/fakes.hpp"

namespace gridexit::pipeline {
namespace {

const UtcTime kFrom = *parse_utc("2026-02-02T00:00:00Z");
const UtcTime kTo = *parse_utc("2026-02-03T11:00:00Z");

class Backfill : public ::testing::Test {
 protected:
  Backfill() : bars_(series_until(kTo)) {
    rules_.capital.total_quote = 1000;
    market_.bars = &bars_;
    market_.server_time = kTo;
    inputs_.from = kFrom;
    inputs_.to = kTo;
    inputs_.engine = {"test", "0"};
    inputs_.config = {"test", false};
  }

  static CandleSeries series_until(UtcTime end) {
    constexpr int kBars = 1400;
    CandleSeries series;
    for (int i = 0; i < kBars; ++i) {
      const double open = 100 + (i % 7) * 0.3 + (i % 31) * 0.1;
      const double close = 100 + ((i + 1) % 7) * 0.3 + ((i + 1) % 31) * 0.1;
      series.push_back({end - Hours{kBars - i}, open, std::max(open, close) + 0.2,
                        std::min(open, close) - 0.2, close, 1});
    }
    return series;
  }

  Result<BackfillReport> run(testing::FakeStore& store) {
    testing::FakeExchange exchange(market_);
    return backfill(store, exchange, rules_, inputs_);
  }

  // What the history looks like from outside, without the ids.
  static std::vector<std::string> history(const testing::FakeStore& store) {
    std::vector<std::string> lines;
    for (const auto& commit : store.commits()) {
      lines.push_back(format_utc(commit.changes.author_time) + " " +
                      format_utc(commit.changes.committer_time) + " " + commit.changes.subject);
      for (const auto& [path, bytes] : commit.changes.files) lines.push_back(path + "\n" + bytes);
    }
    return lines;
  }

  CandleSeries bars_;
  testing::FakeMarket market_;
  Rules rules_;
  BackfillInputs inputs_{*Symbol::parse("ETH-USDT")};
};

TEST_F(Backfill, CommitsCandlesDayByDayAndOnlyOnce) {
  testing::FakeStore store;
  const auto first = run(store);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first->days, 2);
  EXPECT_EQ(first->recorded, 0);
  EXPECT_EQ(first->unavailable, (std::vector<std::string>{"15m", "1m"}));
  ASSERT_EQ(store.commits().size(), 2U);
  EXPECT_EQ(store.commits()[0].changes.author_time, kFrom + Hours{24});
  EXPECT_EQ(store.commits()[1].changes.author_time, kTo);
  EXPECT_EQ(store.commits()[1].changes.committer_time, kTo);

  const auto second = run(store);
  ASSERT_TRUE(second) << second.error().text();
  EXPECT_EQ(second->days, 0);
  EXPECT_EQ(store.commits().size(), 2U);
}

TEST_F(Backfill, RecordsEveryHourWithItsOriginAndTime) {
  inputs_.evaluate = true;
  testing::FakeStore store;
  const auto report = run(store);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->recorded, 36);
  EXPECT_EQ(report->unusable, 0);
  EXPECT_EQ(store.commits().back().changes.author_time, kTo);
  EXPECT_EQ(store.commits().back().changes.committer_time, kTo);
  const auto record = codec::read<MetricsRecord>(store.text(paths::metrics("ETH-USDT", kTo)), "x");
  ASSERT_TRUE(record) << record.error().text();
  EXPECT_EQ(record->document.origin, Origin::backfill);
  ASSERT_TRUE(record->document.previous.has_value());
  EXPECT_EQ(record->document.previous->path, paths::metrics("ETH-USDT", kTo - Hours{1}));
}

TEST_F(Backfill, InterruptedAndRunAgainMakesTheSameHistory) {
  inputs_.evaluate = true;
  testing::FakeStore whole;
  ASSERT_TRUE(run(whole));

  testing::FakeStore resumed;
  inputs_.progress = [&resumed](std::string_view what, std::size_t done, std::size_t) {
    resumed.fail_commit = what == "hours" && done == 24;
  };
  EXPECT_FALSE(run(resumed));
  EXPECT_LT(resumed.commits().size(), whole.commits().size());
  resumed.fail_commit = false;
  inputs_.progress = {};
  ASSERT_TRUE(run(resumed));
  EXPECT_EQ(history(resumed), history(whole));
}

TEST_F(Backfill, WritesNothingBeforeALaterRecordOfTheSameDay) {
  inputs_.evaluate = true;
  testing::FakeStore store;
  inputs_.from = kTo - Hours{1};
  ASSERT_TRUE(run(store));

  inputs_.from = kFrom;
  const auto report = run(store);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->recorded, 24);
  EXPECT_EQ(report->before_recorded, 10);
  EXPECT_EQ(report->present, 2);
  EXPECT_EQ(store.text(paths::metrics("ETH-USDT", kTo - Hours{2})), "");
}

TEST_F(Backfill, RefusesDataOfAnotherKind) {
  testing::FakeStore store;
  RawDay day;
  day.symbol = "ETH-USDT";
  day.date = format_date(kFrom);
  day.source = "simulated";
  store.put({{paths::raw_data("ETH-USDT", kFrom), codec::write(day)}});
  const auto report = run(store);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::conflict);
}

/// Delivers nothing of the finer timeframes, and remembers from where on they were asked for.
class NotingExchange final : public ports::Exchange {
 public:
  explicit NotingExchange(testing::FakeMarket& market) : exchange_(market) {}
  ports::ExchangeInfo info() const override { return exchange_.info(); }
  Result<CandleSeries> candles(const Symbol& symbol, Timeframe timeframe, UtcTime from,
                               UtcTime to) override {
    if (timeframe == Timeframe::h1) return exchange_.candles(symbol, timeframe, from, to);
    EXPECT_LT(from, to);
    auto& first = first_asked.try_emplace(timeframe, from).first->second;
    first = std::min(first, from);
    return CandleSeries{};
  }
  Result<UtcTime> server_time() override { return exchange_.server_time(); }
  Result<SymbolRules> symbol_rules(const Symbol& symbol) override {
    return exchange_.symbol_rules(symbol);
  }
  Result<ports::KeyCheck> check_key() override { return exchange_.check_key(); }
  Result<AccountFigures> account(const Symbol& symbol) override {
    return exchange_.account(symbol);
  }
  Result<FillFigures> fills(const Symbol& symbol, UtcTime from, UtcTime to) override {
    return exchange_.fills(symbol, from, to);
  }

  std::map<Timeframe, UtcTime> first_asked;

 private:
  testing::FakeExchange exchange_;
};

TEST_F(Backfill, AsksForFinerCandlesOfTheirOwnDepthOnly) {
  testing::FakeStore store;
  NotingExchange exchange(market_);
  inputs_.from = kTo - std::chrono::days{400};
  const auto report = backfill(store, exchange, rules_, inputs_);
  ASSERT_TRUE(report) << report.error().text();
  const UtcTime today = floor_day(kTo);
  EXPECT_EQ(exchange.first_asked.at(Timeframe::m15), today - std::chrono::days{kBackfillDays15m});
  EXPECT_EQ(exchange.first_asked.at(Timeframe::m1), today - std::chrono::days{kBackfillDays1m});
}

}  // namespace
}  // namespace gridexit::pipeline
