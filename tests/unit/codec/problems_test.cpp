// Every broken rule is named at once: file, line, path, value, rule, and what was probably meant.
#include <gtest/gtest.h>

#include <limits>

#include "gridexit/codec/documents.hpp"
#include "unit/codec/samples.hpp"

namespace gridexit::codec {
namespace {

template <class Document>
std::string error_of(const std::string& text) {
  const auto document = read<Document>(text, "f.yaml");
  return document ? "valid" : document.error().message;
}

TEST(Problems, AllOfThemAtOnceWithLinePathValueAndRule) {
  const std::string text =
      "data: {window: 20}\n"
      "exit_rules:\n"
      "  warning:\n"
      "    min_conditions: 0\n"
      "    need_threat: maybe\n"
      "    near_bond: 0.2\n"
      "    loss: \"0.3\"\n"
      "gates:\n"
      "  hold: 2.5\n"
      "capital: {mode: SINGLE-GRID, total_quote: 100}\n";
  EXPECT_EQ(error_of<Rules>(text),
            "f.yaml:1: data.window: 20 must be between 169 and 1000\n"
            "f.yaml:4: exit_rules.warning.min_conditions: 0 must be between 1 and 9\n"
            "f.yaml:5: exit_rules.warning.need_threat: \"maybe\" must be true or false\n"
            "f.yaml:7: exit_rules.warning.loss: \"0.3\" must be a number\n"
            "f.yaml:6: exit_rules.warning.near_bond: is not a known key; did you mean near_bound?\n"
            "f.yaml:9: gates.hold: 2.5 must be a whole number\n"
            "f.yaml:10: capital.mode: \"SINGLE-GRID\" must be one of SINGLE_GRID; did you mean "
            "SINGLE_GRID?");
  EXPECT_EQ(read<Rules>(text, "f").error().code, ErrorCode::config_invalid);
}

TEST(Problems, MoneyHasNoDefault) {
  EXPECT_EQ(error_of<Rules>("{}"), "f.yaml: capital.total_quote: is missing");
  EXPECT_EQ(error_of<Rules>("capital: {total_quote: 0}"),
            "f.yaml:1: capital.total_quote: 0 must be above 0 and at most 1000000000000");
  EXPECT_EQ(error_of<Rules>("capital: {total_quote: null}"),
            "f.yaml:1: capital.total_quote: must not be null");
  EXPECT_EQ(error_of<Rules>("capital: {total_quote: 100}"), "valid");
}

TEST(Problems, ThresholdsHaveAnOrder) {
  Rules rules = samples::rules();
  rules.exit_rules.latest.loss = 0.2;
  rules.regime.weak = 0.3;
  rules.regime.scores.adx = {40, 18, 0.2};
  rules.setup.cells_max = 3;
  rules.reminders.mandatory = 3;
  rules.expected.adx = {80, 0};
  EXPECT_EQ(problems(rules),
            (std::vector<std::string>{
                "regime.scores.adx.zero: 18 must be above one: a larger value means more trend",
                "exit_rules.latest: loss must be above warning.loss",
                "setup.cells_max: 3 must not be below cells_min",
                "reminders.mandatory: 3 must not be above latest",
                "expected.adx.max: 0 must be above min"}));
}

TEST(Problems, OfSymbols) {
  EXPECT_EQ(error_of<Environment>("symbols: []"),
            "f.yaml:1: symbols: must name at least one symbol");
  EXPECT_EQ(error_of<Environment>("symbols: [{symbol: ETH-USDT}, {symbol: ETH-USDT}]"),
            "f.yaml:1: symbols: names a symbol twice");
  EXPECT_EQ(error_of<Environment>("symbols:\n- symbol: eth-usdt\n"),
            "f.yaml:2: symbols[0].symbol: \"eth-usdt\" is not a symbol: write BASE-QUOTE in upper "
            "case, for instance ETH-USDT");
  EXPECT_EQ(error_of<Environment>("exchange: {attempts: 3}"), "f.yaml:1: symbols: is missing");
}

TEST(Problems, UnknownKeysOfDataAreWarnings) {
  const auto hour = read<FailedHour>(write(samples::failed_hour()) + "attemps: 1\n", "f.yaml");
  ASSERT_TRUE(hour) << hour.error().message;
  EXPECT_EQ(
      hour->warnings,
      (std::vector<std::string>{"f.yaml:6: attemps: is not a known key; did you mean attempts?"}));
}

TEST(Problems, DataMustBeWhole) {
  EXPECT_EQ(error_of<FailedHour>("schema_version: \"2.0\"\nsymbol: ETH-USDT\nattempts: null\n"),
            "f.yaml:1: timestamp: is missing\n"
            "f.yaml:3: attempts: \"null\" must be a list");
  EXPECT_EQ(
      error_of<FailedHour>("schema_version: \"3.0\"\n"),
      "f.yaml:1: schema_version: \"3.0\" is not a version that this program reads (1.0, 2.0): "
      "use a newer program");
}

TEST(Problems, AGridHoldsTogether) {
  Grid grid = samples::grid();
  grid.versions[0].capital_quote.reset();
  grid.versions[1].capital_quote = 5;
  grid.history[1].time = grid.history[0].time - Hours{1};
  EXPECT_EQ(problems(grid), (std::vector<std::string>{
                                "versions[0].amount_per_grid: is missing: set it or capital_quote",
                                "versions[1].capital_quote: 5 must not be set together with "
                                "amount_per_grid"}));
  grid = samples::grid();
  grid.versions[0].stop_loss = 3300;
  EXPECT_EQ(problems(grid),
            (std::vector<std::string>{"versions[0].stop_loss: 3300 must be below lower"}));
  grid = samples::grid();
  grid.history[1].time = grid.history[0].time - Hours{1};
  EXPECT_EQ(problems(grid),
            (std::vector<std::string>{"history: must be in ascending order of time"}));
}

TEST(Problems, AMetricHasAValueOrAReason) {
  MetricsRecord record = samples::record_with_grid();
  record.h1.adx.reason = FailureReason::zero_variance;
  record.h4.autocorrelation.value.reset();
  EXPECT_EQ(problems(record),
            (std::vector<std::string>{
                "metrics.1h.adx.reason: \"zero_variance\" must be there if and only if the metric "
                "failed",
                "metrics.4h.autocorrelation.reason: \"null\" must be there if and only if the "
                "metric failed"}));
}

TEST(Problems, NoNumberThatIsNoneLeavesTheProgram) {
  MetricsRecord record = samples::record_with_grid();
  record.confidence.value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(problems(record), (std::vector<std::string>{"confidence.value: must not be null"}));
  EXPECT_EQ(write(record).find("nan"), std::string::npos);
}

}  // namespace
}  // namespace gridexit::codec
