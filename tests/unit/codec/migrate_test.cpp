// Documents of version 1.0, or without a version, are read as what they say now.
#include <gtest/gtest.h>

#include "gridexit/codec/documents.hpp"
#include "unit/codec/samples.hpp"

namespace gridexit::codec {
namespace {

TEST(Migrate, ExitStatesOfOneGridADay) {
  const auto day = read<ExitStateDay>(
      "symbol: ETH-USDT\n"
      "grid_id: eth-grid-1\n"
      "date: 2026-02-02\n"
      "transitions:\n"
      "  - timestamp: \"2026-02-02T14:00:00Z\"\n"
      "    from_state: NORMAL\n"
      "    to_state: WARNING\n"
      "    reasons:\n"
      "      - \"Condition 1\"\n"
      "    metrics:\n"
      "      adx: 28.5\n"
      "      efficiency_ratio: 0.62\n"
      "last_notification:\n"
      "  WARNING: \"2026-02-02T14:00:00Z\"\n"
      "  LATEST_ACCEPTABLE_EXIT: null\n",
      "exit_states/ETH-USDT/2026-02-02.yaml");
  ASSERT_TRUE(day) << day.error().message;
  ASSERT_EQ(day->document.transitions.size(), 1U);
  EXPECT_EQ(day->document.transitions[0].grid_id, "eth-grid-1");
  EXPECT_EQ(day->document.transitions[0].adx, 28.5);
  EXPECT_EQ(day->document.notified,
            (std::vector<Notified>{{samples::at(), "eth-grid-1", ExitState::warning}}));
  EXPECT_EQ(day->document.schema_version, "2.0");
  EXPECT_TRUE(day->migrated);
  EXPECT_TRUE(day->warnings.empty());
}

TEST(Migrate, MetricsWithPlainVerdictAndConfidence) {
  const auto record = read<MetricsRecord>(
      "schema_version: \"1.0\"\nsymbol: ETH-USDT\ntimestamp: \"2026-02-02T14:00:00Z\"\n"
      "regime: RANGE_OK\nconfidence: 0.72\nnotes: old\n",
      "m.yaml");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->document.regime.verdict, Verdict::range_ok);
  EXPECT_NEAR(record->document.confidence.value, 0.72, 1e-12);
  EXPECT_FALSE(record->document.h1.adx.value.has_value());
  EXPECT_EQ(record->warnings, (std::vector<std::string>{"m.yaml:6: notes: is not a known key"}));
}

TEST(Migrate, WhatADocumentIsAboutMustBeThereInAnyVersion) {
  const auto record =
      read<MetricsRecord>("schema_version: 1.0\nregime: RANGE_OK\nconfidence: 0.7\n", "m");
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().message, "m:1: symbol: is missing\nm:1: timestamp: is missing");
}

}  // namespace
}  // namespace gridexit::codec
