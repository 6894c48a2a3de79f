// The table of STRATEGY.md section 10, reproduced from the development set as EVALUATION.md says:
// counts exactly, rates to the digits given, money within 2. The candles are not part of the
// project; they are read from the shared folder when it is there.

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gridexit/adapters/exchange/candle_file.hpp"
#include "gridexit/backtest/replay.hpp"
#include "support/source_tree.hpp"

namespace gridexit::backtest {
namespace {

constexpr double kTwoDigits = 0.005 + 1e-9;
constexpr double kMoney = 2.0;

/// A row as printed in STRATEGY.md; none where it has no figure.
struct Expected {
  int runs = 0;
  double slar = 0;
  std::optional<double> prr = std::nullopt;
  double ttdr = 0;
  std::optional<double> ttdr_early = std::nullopt;
  std::optional<double> fer = std::nullopt;
  std::optional<double> eaw_over_2h = std::nullopt;
  std::optional<double> eaw_median = std::nullopt;
  std::optional<double> warning_share = std::nullopt;
  double pnl = 0;
  double drawdown = 0;
};

std::filesystem::path data_folder() {
  return testing_support::shared_file("data");
}

struct Market {
  Track track;
  Timeline timeline;
};

class EvaluationRows : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"binance/BTC-USDT_1h_2017-2021", "binance/ETH-USDT_1h_2017-2021",
                             "BTC-USDT_1h", "binance/ETH-USDT_1h_2023-2025"}) {
      const auto file = data_folder() / (std::string(name) + ".csv.gz");
      if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << "no " << file << ": set GRIDEXIT_SHARED to the folder that holds data/";
      }
      const auto candles = adapters::load_candle_file(file.string());
      ASSERT_TRUE(candles) << candles.error().message;
      Track track = make_track(name, candles->view(), rules_.data);
      Timeline timeline(track, rules_);
      markets_.push_back({std::move(track), std::move(timeline)});
    }
  }

  std::vector<Sequence> replay_all(const Harness& harness, const Policy& policy) const {
    std::vector<Sequence> all;
    for (const Market& market : markets_) {
      const Judged judged{market.track, market.timeline, rules_};
      for (Sequence& sequence : replay(judged, harness, policy)) all.push_back(std::move(sequence));
    }
    return all;
  }

  void expect_row(const Harness& harness, const Policy& policy, const Expected& expected) const {
    SCOPED_TRACE(name_of(policy));
    const Row row = summarise(replay_all(harness, policy), {.resamples = 0});
    const kpi::Kpis& kpis = row.kpis;
    EXPECT_EQ(kpis.runs, expected.runs);
    expect_rate(kpis.slar, expected.slar, "SLAR");
    expect_rate(kpis.prr, expected.prr, "PRR");
    expect_rate(kpis.ttdr, expected.ttdr, "TTDR");
    expect_rate(kpis.ttdr_early, expected.ttdr_early, "early TTDR");
    expect_rate(kpis.fer, expected.fer, "FER");
    expect_rate(kpis.eaw_over_2h, expected.eaw_over_2h, "EAW over 2 h");
    expect_rate(kpis.warning_share, expected.warning_share, "warning share");
    if (expected.eaw_median) {
      EXPECT_EQ(kpis.eaw_median.value, expected.eaw_median);
    }
    EXPECT_NEAR(row.earnings.pnl, expected.pnl, kMoney);
    EXPECT_NEAR(row.earnings.drawdown, expected.drawdown, kMoney);
  }

  static void expect_rate(const kpi::Figure& actual, std::optional<double> expected,
                          const char* what) {
    if (!expected) return;
    ASSERT_TRUE(actual.value.has_value()) << what;
    EXPECT_NEAR(*actual.value, *expected, kTwoDigits) << what;
  }

  Rules rules_;
  std::vector<Market> markets_;
};

TEST_F(EvaluationRows, Proposal) {
  const Harness harness;
  expect_row(harness, Hold{}, {.runs = 521, .pnl = -588, .drawdown = 2322});
  expect_row(harness, CloseOutside{},
             {1274, 0.89, 0.81, 0.97, 0.44, 0.25, 0.40, 0, std::nullopt, 954, 1440});
  expect_row(harness, AdxAbove{},
             {8623, 0.98, 0.96, 0.98, 0.97, 0.80, 0.96, 40, std::nullopt, -4352, 1833});
  expect_row(harness, ExitRulesPolicy{},
             {1342, 0.92, 0.82, 0.98, 0.54, 0.27, 0.82, 13, 0.14, 1198, 1474});
}

TEST_F(EvaluationRows, FixedWidthsInTurn) {
  const Harness harness{.shape = Shape::fixed_widths};
  expect_row(harness, CloseOutside{},
             {2085, 0.93, 0.84, 0.99, 0.50, 0.26, 0.48, 2, std::nullopt, -1960, 1742});
  expect_row(harness, ExitRulesPolicy{},
             {2142, 0.97, 0.85, 0.99, 0.60, 0.27, 0.81, 13, 0.22, -1195, 1274});
}

TEST_F(EvaluationRows, StartsWhenTheGatesPass) {
  const Harness harness{.start_by = StartBy::gates};
  expect_row(harness, CloseOutside{},
             {294, 0.94, 0.79, 0.99, 0.43, 0.26, 0.40, 0, std::nullopt, -774, 1292});
  // The table says SLAR 0.94: that is 44 of 47, with a stop-loss touched in the 73rd hour after its
  // run's end. Section 8 says within 72 h, and there 43 of 46 were avoided.
  expect_row(harness, ExitRulesPolicy{},
             {302, 43.0 / 46, 0.81, 0.99, 0.53, 0.29, 0.88, 13, 0.11, -168, 964});
}

// "these rules 470 are different ones, of the 1274 of close outside 451" (EVALUATION.md).
TEST_F(EvaluationRows, OffsetsSoonRunInStep) {
  const auto different_runs = [this](const Policy& policy) {
    std::set<std::pair<std::string, UtcTime>> different;
    for (const Sequence& sequence : replay_all({}, policy)) {
      for (const kpi::GridRun& run : sequence.runs) different.emplace(run.symbol, run.start);
    }
    return different.size();
  };
  EXPECT_EQ(different_runs(ExitRulesPolicy{}), 470U);
  EXPECT_EQ(different_runs(CloseOutside{}), 451U);
}

// Section 10's intervals by months; its resamples are others, so they agree to a hundredth or so.
TEST_F(EvaluationRows, IntervalsByMonths) {
  const kpi::Kpis kpis = summarise(replay_all({}, ExitRulesPolicy{})).kpis;
  const auto expect_interval = [](const kpi::Figure& figure, double low, double high) {
    ASSERT_TRUE(figure.interval.has_value());
    EXPECT_NEAR(figure.interval->low, low, 0.02);
    EXPECT_NEAR(figure.interval->high, high, 0.02);
  };
  expect_interval(kpis.fer, 0.23, 0.32);
  expect_interval(kpis.slar, 0.84, 0.99);
  expect_interval(kpis.ttdr, 0.97, 1.00);
  expect_interval(kpis.eaw_over_2h, 0.77, 0.86);
}

// Section 8 gives the development set's precision as 0.20 and 0.35; the hours counted here give
// 769 and 1399 of 3973 spells, 0.194 and 0.352.
TEST_F(EvaluationRows, WarningPrecision) {
  const kpi::Kpis kpis = summarise(replay_all({}, ExitRulesPolicy{}), {.resamples = 0}).kpis;
  EXPECT_EQ(kpis.wpr_24h.count, 3973);
  EXPECT_NEAR(*kpis.wpr_24h.value, 0.20, 0.01);
  EXPECT_NEAR(*kpis.wpr_72h.value, 0.35, 0.01);
}

// Whoever warns at random as often as the rules do must do worse.
TEST_F(EvaluationRows, RandomAlarmsAreNoRival) {
  const std::vector<Sequence> ruled = replay_all({}, ExitRulesPolicy{});
  const RandomAlarms alarms{.hourly_rate = alarm_rate(ruled)};
  const kpi::Kpis random = summarise(replay_all({}, alarms), {.resamples = 0}).kpis;
  const kpi::Kpis rules = summarise(ruled, {.resamples = 0}).kpis;
  EXPECT_GT(*random.fer.value, *rules.fer.value + 0.2);
  EXPECT_LT(*random.ttdr.value, *rules.ttdr.value - 0.2);
}

}  // namespace
}  // namespace gridexit::backtest
