#include "app/render/evaluation_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/render/table.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/domain/names.hpp"
#include "unit/app/samples.hpp"

namespace gridexit::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RenderOptions plain() {
  return {Style{}, 80, false};
}

TEST(EvaluationText, FitsOneScreen) {
  const std::string text = render_evaluation(testing::sample_record_with_grid(), plain());
  const auto lines = split(text, '\n');
  EXPECT_LE(lines.size(), 41U) << text;
  for (const std::string_view line : lines) EXPECT_LE(display_width(line), 80U) << line;
}

TEST(EvaluationText, SaysStateAndActionFirst) {
  const std::string text = render_evaluation(testing::sample_record_with_grid(), plain());
  EXPECT_LT(text.find("act now: stop the grid on the exchange"), text.find("range score"));
  EXPECT_THAT(text, HasSubstr("LATEST_ACCEPTABLE_EXIT (was WARNING)"));
}

TEST(EvaluationText, ShowsEveryConditionAndWhetherItIsMet) {
  const std::string text = render_evaluation(testing::sample_record_with_grid(), plain());
  for (int i = 0; i < kConditionCount; ++i) {
    EXPECT_THAT(text, HasSubstr(std::string(to_text(static_cast<ConditionName>(i)))));
  }
  EXPECT_THAT(text, HasSubstr("[x] LATE break_likely"));
  EXPECT_THAT(text, HasSubstr("[?] WARN half_life_long"));
  EXPECT_THAT(text, HasSubstr("[-] MAND stop_loss_hit"));
}

TEST(EvaluationText, SaysWhyAMetricFailed) {
  const std::string text = render_evaluation(testing::sample_record(), plain());
  EXPECT_THAT(text, HasSubstr("insufficient_data"));
  EXPECT_THAT(text, HasSubstr("non_stationary"));
  EXPECT_THAT(text, HasSubstr("missing_metrics -0.05"));
}

TEST(EvaluationText, MarksSimulatedDataOnTheFirstLine) {
  RenderOptions options = plain();
  options.simulated = true;
  EXPECT_THAT(render_evaluation(testing::sample_record(), options),
              ::testing::StartsWith("SIMULATED DATA"));
}

TEST(EvaluationText, NeverShowsAMissingFigureAsANumber) {
  MetricsRecord record;
  record.symbol = "ETH-USDT";
  const std::string text = render_evaluation(record, plain());
  EXPECT_THAT(text, HasSubstr("price unknown"));
  EXPECT_THAT(text, HasSubstr("range score unknown"));
}

TEST(EvaluationText, HasColourOnlyWhenAllowed) {
  EXPECT_THAT(render_evaluation(testing::sample_record(), plain()), Not(HasSubstr("\x1b")));
  RenderOptions options = plain();
  options.style.enabled = true;
  EXPECT_THAT(render_evaluation(testing::sample_record(), options), HasSubstr("\x1b["));
}

}  // namespace
}  // namespace gridexit::app
