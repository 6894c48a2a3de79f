#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gridexit/domain/names.hpp"
#include "unit/app/samples.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;
using namespace testing;

class Explain : public ::testing::Test {
 protected:
  Explain() {
    put_configuration(wiring_.store);
    put(wiring_.store, sample_decision(Action::stop_grid));
    put(wiring_.store, sample_record_with_grid());
  }
  Ran explain(std::vector<std::string> extra = {}) {
    std::vector<std::string> args{"explain", "--repo", "data"};
    args.insert(args.end(), extra.begin(), extra.end());
    return testing::run(wiring_, args);
  }
  FakeWiring wiring_;
};

TEST_F(Explain, GivesEveryConditionItsValueThresholdAndEffect) {
  const auto ran = explain();
  ASSERT_EQ(ran.code, 0) << ran.err;
  for (int i = 0; i < kConditionCount; ++i) {
    EXPECT_THAT(ran.out, HasSubstr(std::string(to_text(static_cast<ConditionName>(i)))));
  }
  EXPECT_THAT(ran.out, ::testing::ContainsRegex(
                           "break_likely +yes +0.96 +0.95 +calls for LATEST_ACCEPTABLE_EXIT"));
  EXPECT_THAT(ran.out, ::testing::ContainsRegex(
                           "near_bound +yes +0.97 +0.2 +counts for WARNING, as a threat"));
  EXPECT_THAT(ran.out, ::testing::ContainsRegex("half_life_long +unknown +- +60 +unknown"));
  EXPECT_THAT(ran.out,
              ::testing::ContainsRegex("stop_loss_hit +n\\.a\\. +0.1 +0.2 +does not apply"));
  EXPECT_THAT(ran.out,
              HasSubstr("It is above WARNING, so\n  LATEST_ACCEPTABLE_EXIT was entered at once."));
  EXPECT_THAT(ran.out, HasSubstr("break_likely: lower 0.96 (>= 0.95)"));
  EXPECT_THAT(ran.out, HasSubstr("metrics/ETH-USDT/2026/02/02/2026-02-02-14.yaml"));
}

TEST_F(Explain, GivesTheSameAsJson) {
  const auto ran = explain({"-o", "json"});
  EXPECT_THAT(ran.out, HasSubstr("\"effect\": \"calls for LATEST_ACCEPTABLE_EXIT\""));
  EXPECT_THAT(ran.out, HasSubstr("\"action\": \"STOP_GRID\""));
}

TEST_F(Explain, SaysWhenThereIsNoRecord) {
  const auto ran = explain({"--at", "2026-01-01"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("no record at or before 2026-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace gridexit
