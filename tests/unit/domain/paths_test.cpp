#include "gridexit/domain/paths.hpp"

#include <gtest/gtest.h>

namespace gridexit {
namespace {

const UtcTime kTime = *parse_utc("2026-02-02T14:00:00Z");

TEST(Paths, AreThoseOfTheSpecification) {
  EXPECT_EQ(paths::metrics("ETH-USDT", kTime), "metrics/ETH-USDT/2026/02/02/2026-02-02-14.yaml");
  EXPECT_EQ(paths::metrics("ETH-USDT", kTime + std::chrono::minutes{30}),
            "metrics/ETH-USDT/2026/02/02/2026-02-02-1430.yaml");
  EXPECT_EQ(paths::failed_hour("ETH-USDT", kTime),
            "metrics/ETH-USDT/2026/02/02/2026-02-02-14.failed.yaml");
  EXPECT_EQ(paths::decision("ETH-USDT", kTime), "decisions/2026/02/02/dec-ETH-USDT-140000.yaml");
  EXPECT_EQ(paths::exit_states("ETH-USDT", kTime), "exit_states/ETH-USDT/2026/02/2026-02-02.yaml");
  EXPECT_EQ(paths::raw_data("ETH-USDT", kTime), "raw_data/ETH-USDT/2026/02/2026-02-02.json");
  EXPECT_EQ(paths::grid("eth-grid-1"), "grids/eth-grid-1.yaml");
  EXPECT_EQ(paths::page("ETH-USDT", kTime), "dashboards/ETH-USDT/2026/02/02/2026-02-02-14.html");
}

TEST(Paths, TheFlatLayoutHadTheSameNames) {
  const std::vector<std::pair<std::string, std::string>> places{
      {paths::metrics("ETH-USDT", kTime), "metrics/ETH-USDT/2026-02-02-14.yaml"},
      {paths::decision("ETH-USDT", kTime), "decisions/2026-02-02/dec-ETH-USDT-140000.yaml"},
      {paths::exit_states("ETH-USDT", kTime), "exit_states/ETH-USDT/2026-02-02.yaml"},
      {paths::raw_data("ETH-USDT", kTime), "raw_data/ETH-USDT/2026-02-02.json"},
      {paths::kpi(kTime), "kpis/2026-02-02.yaml"}};
  for (const auto& [dated, flat] : places) {
    EXPECT_EQ(paths::flat(dated), flat);
    EXPECT_EQ(paths::dated(flat), dated);
    EXPECT_EQ(paths::flat(flat), flat);
    EXPECT_EQ(paths::dated(dated), dated);
  }
  EXPECT_EQ(paths::flat(paths::decision_day_folder(kTime)), "decisions/2026-02-02");
  for (const std::string& path : {paths::grid("eth-grid-1"), std::string(paths::kRulesFile),
                                  std::string("metrics/ETH-USDT/notes.txt")}) {
    EXPECT_EQ(paths::flat(path), path);
    EXPECT_EQ(paths::dated(path), path);
  }
}

TEST(Paths, ADecisionsIdNamesItsFile) {
  const std::string id = paths::decision_id("ETH-USDT", kTime);
  EXPECT_EQ(id, "dec-ETH-USDT-20260202T140000Z");
  EXPECT_EQ(paths::decision_from_id(id), paths::decision("ETH-USDT", kTime));
  for (const char* text : {"", "dec-", "dec-ETH-USDT", "dec-ETH-USDT-20260231T140000Z",
                           "dec-ETH-USDT_20260202T140000Z", "xec-ETH-USDT-20260202T140000Z"}) {
    EXPECT_EQ(paths::decision_from_id(text), std::nullopt) << text;
  }
}

TEST(Paths, OnlyRecordsNamesNameAnHour) {
  EXPECT_EQ(paths::hour_of_metrics_name("2026-02-02-14.yaml"), kTime);
  for (const char* name :
       {"2026-02-02-14.failed.yaml", "2026-02-02.yaml", "readme.md", "2026-02-02-25.yaml"}) {
    EXPECT_EQ(paths::hour_of_metrics_name(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace gridexit
