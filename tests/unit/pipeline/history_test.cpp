// Where the past lies: documents of both layouts are found by their time, and where both have one,
// the present one goes on from the flat one.

#include "gridexit/pipeline/history.hpp"

#include <gtest/gtest.h>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "support/fakes.hpp"

namespace gridexit::pipeline {
namespace {

const UtcTime kNine = *parse_utc("2025-05-01T09:00:00Z");
const std::string kFlatRecord = "metrics/ETH-USDT/2025-05-01-09.yaml";

std::string record(UtcTime at) {
  return "schema_version: \"1.0\"\nsymbol: ETH-USDT\ntimestamp: \"" + format_utc(at) +
         "\"\nregime: RANGE_OK\nconfidence: 0.72\n";
}

std::string grid_since(UtcTime start) {
  Grid grid;
  grid.grid_id = "eth-grid-1";
  grid.symbol = "ETH-USDT";
  grid.exchange = "archive";
  grid.versions.push_back({start, 1650, 1900, 12, Spacing::geometric, {}, 1000, {}, 0.001, {}, {}});
  grid.history = {{true, start, "first", "operator", {}}};
  return codec::write(grid);
}

class FlatLayout : public ::testing::Test {
 protected:
  void SetUp() override {
    store_.put({
        {kFlatRecord, record(kNine)},
        {paths::grid("eth-grid-1"), grid_since(kNine - Hours{9})},
        {"exit_states/ETH-USDT/2025-05-01.yaml",
         "symbol: ETH-USDT\ngrid_id: eth-grid-1\ndate: 2025-05-01\ntransitions:\n"
         "  - {timestamp: \"2025-05-01T08:00:00Z\", from_state: NORMAL, to_state: WARNING}\n"
         "last_notification: {WARNING: \"2025-05-01T08:00:00Z\"}\n"},
        {"decisions/2025-05-01/dec-ETH-USDT-090000.yaml",
         "decision_id: dec-ETH-USDT-20250501T090000Z\nsymbol: ETH-USDT\ngrid_id: eth-grid-1\n"
         "created_at: \"2025-05-01T09:00:00Z\"\nrecommendation: {action: PREPARE_EXIT}\n"},
        {"raw_data/ETH-USDT/2025-05-01.json",
         R"({"symbol": "ETH-USDT", "date": "2025-05-01", "source": "archive",)"
         R"( "candles": {"1h": [[1746057600, 1, 1, 1, 1, 1]]}})"},
    });
  }

  std::optional<evaluation::Predecessor> newest(UtcTime at) {
    return newest_record(store_, "ETH-USDT", at, Bound::before).value();
  }

  testing::FakeStore store_;
};

TEST_F(FlatLayout, ItsRecordIsTheNextOnesPredecessorWithTheStateOfItsDay) {
  const auto found = newest(kNine + Hours{1});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->reference->path, kFlatRecord);
  EXPECT_EQ(found->reference->blob, store_.read(kFlatRecord).value()->blob);
  ASSERT_TRUE(found->record.exit_state);
  EXPECT_EQ(found->record.exit_state->grid_id, "eth-grid-1");
  EXPECT_EQ(found->record.exit_state->state, ExitState::warning);
  EXPECT_EQ(found->record.exit_state->evaluations_in_state, 1);
}

TEST_F(FlatLayout, AStateBelongsToOneRunOfTheGrid) {
  store_.put({{paths::grid("eth-grid-1"), grid_since(kNine - Seconds{60})}});
  EXPECT_FALSE(newest(kNine + Hours{1})->record.exit_state);
}

TEST_F(FlatLayout, TheNewestRecordIsThatOfEitherLayout) {
  const std::string later = paths::metrics("ETH-USDT", kNine + Hours{1});
  store_.put({{later, record(kNine + Hours{1})},
              {paths::metrics("ETH-USDT", kNine - Hours{24}), record(kNine - Hours{24})}});
  EXPECT_EQ(newest(kNine + Hours{2})->reference->path, later);
  EXPECT_EQ(newest(kNine + Hours{1})->reference->path, kFlatRecord);
  EXPECT_EQ(newest(kNine)->record.timestamp, kNine - Hours{24});
  const auto records =
      records_between(store_, "ETH-USDT", kNine - Hours{24}, kNine + Hours{2}).value();
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[1].timestamp, kNine);
  EXPECT_EQ(records[2].timestamp, kNine + Hours{1});
}

TEST_F(FlatLayout, ADaysDocumentsAreFoundByTheirDay) {
  const auto states = exit_state_days(store_, "ETH-USDT", kNine, kNine).value();
  ASSERT_EQ(states.size(), 1U);
  EXPECT_EQ(states[0].transitions.at(0).to_state, ExitState::warning);
  const auto days = raw_days(store_, "ETH-USDT", kNine, kNine).value();
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].h1.size(), 1U);
}

TEST_F(FlatLayout, WhatGoesOnInThePresentLayoutStands) {
  auto decision = decisions_between(store_, "ETH-USDT", kNine, kNine).value().at(0);
  decision.action_records.push_back(
      {kNine + Hours{1}, "operator", OperatorAction::accepted, {}, {}, {}});
  store_.put({{paths::decision("ETH-USDT", kNine), codec::write(decision)}});
  const auto found = decisions_between(store_, "ETH-USDT", kNine, kNine).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].action_records.size(), 1U);
}

}  // namespace
}  // namespace gridexit::pipeline
