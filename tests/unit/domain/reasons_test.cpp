#include "gridexit/domain/reasons.hpp"

#include <gtest/gtest.h>

#include "gridexit/domain/names.hpp"

namespace gridexit {
namespace {

TEST(Reasons, TheDecidingOnesComeFirstAndTheUnknownApart) {
  ExitEvaluation exit;
  exit.conditions = {
      {ConditionName::near_bound, ExitState::warning, true, Truth::yes, {}, {}, "near"},
      {ConditionName::adx_rising, ExitState::warning, false, Truth::unknown, {}, {}, "ADX unknown"},
      {ConditionName::outside_range,
       ExitState::latest_acceptable_exit,
       false,
       Truth::no,
       {},
       {},
       ""},
      {ConditionName::stop_loss_hit, ExitState::mandatory_exit, false, Truth::yes, {}, {}, "hit"},
  };
  EXPECT_EQ(met_reasons(exit),
            (std::vector<std::string>{"stop_loss_hit: hit", "near_bound: near"}));
  EXPECT_EQ(unknown_reasons(exit), (std::vector<std::string>{"adx_rising unknown: ADX unknown"}));
}

TEST(Names, EveryNameReadsBack) {
  for (const ExitState state : {ExitState::normal, ExitState::warning,
                                ExitState::latest_acceptable_exit, ExitState::mandatory_exit}) {
    EXPECT_EQ(from_text<ExitState>(to_text(state)), state);
  }
  EXPECT_EQ(from_text<Verdict>("trend"), std::nullopt) << "names are exact";
  EXPECT_EQ(from_text<Truth>("not_applicable"), Truth::not_applicable);
}

}  // namespace
}  // namespace gridexit
