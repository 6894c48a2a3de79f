// The simulation against reference values made by another implementation: quantity, cells, hourly
// equity, grid profit and fills. Cases on real candles are not part of the project; they are read
// from the shared folder when it is there.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gridexit/simulation/grid.hpp"
#include "support/source_tree.hpp"

namespace gridexit::simulation {
namespace {

using Json = nlohmann::json;

void expect_near(double actual, double expected, const std::string& what) {
  EXPECT_NEAR(actual, expected, std::max(1e-12, 1e-9 * std::fabs(expected))) << what;
}

void check(const Json& example) {
  SCOPED_TRACE(example.at("name").get<std::string>());
  const Json& expected = example.at("expected");
  const auto column = [&](const char* name) { return example.at(name).get<std::vector<double>>(); };
  const auto open = column("open"), high = column("high"), low = column("low");
  const auto close = column("close");
  GridSetup setup;
  setup.lines = column("lines");
  setup.stop_loss = example.at("stop_loss").get<double>();
  setup.start_price = close.front();
  setup.capital = example.at("capital").get<double>();
  setup.fee = example.at("fee").get<double>();
  setup.slippage = example.at("slippage").get<double>();
  GridSimulation grid(setup);
  expect_near(grid.quantity(), expected.at("quantity").get<double>(), "quantity");
  expect_near(grid.quote(), expected.at("quote").get<double>(), "quote");
  EXPECT_EQ(grid.holds(), expected.at("holds").get<std::vector<bool>>());
  int stop_bar = -1;
  for (std::size_t i = 0; i < close.size(); ++i) {
    if (i > 0) grid.advance(open[i], high[i], low[i], close[i]);
    if (grid.stopped() && stop_bar < 0) stop_bar = static_cast<int>(i);
    const std::string bar = " at bar " + std::to_string(i);
    expect_near(grid.equity(), expected.at("equity").at(i).get<double>(), "equity" + bar);
    expect_near(grid.grid_profit(), expected.at("grid_profit").at(i).get<double>(),
                "grid profit" + bar);
    EXPECT_EQ(grid.fills(), expected.at("fills").at(i).get<int>()) << bar;
  }
  EXPECT_EQ(stop_bar, expected.at("stop_bar").get<int>());
}

Json load(const std::filesystem::path& path) {
  std::ifstream file(path);
  return Json::parse(file);
}

TEST(GridSimulationGolden, SyntheticCases) {
  const Json cases =
      load(testing_support::source_file("tests/golden/data/gridsim.json")).at("cases");
  ASSERT_EQ(cases.size(), 6U);
  for (const Json& example : cases) check(example);
}

TEST(GridSimulationGolden, RealCandles) {
  const std::filesystem::path file = testing_support::shared_file("golden/gridsim.json");
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file << ": set GRIDEXIT_SHARED to the folder that holds golden/";
  }
  const Json cases = load(file).at("cases");
  for (const Json& example : cases) check(example);
}

}  // namespace
}  // namespace gridexit::simulation
