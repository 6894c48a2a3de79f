// What is written reads back equal, in YAML and in JSON, with bytes that do not change on the way.
#include <gtest/gtest.h>

#include "gridexit/codec/documents.hpp"
#include "unit/codec/samples.hpp"

namespace gridexit::codec {
namespace {

template <class Document>
void expect_round_trip(const Document& document) {
  const std::string text = write(document);
  SCOPED_TRACE(text);
  EXPECT_EQ(problems(document), std::vector<std::string>{});
  const auto back = read<Document>(text, "sample");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->warnings, std::vector<std::string>{});
  EXPECT_EQ(write(back->document), text);
  const auto from_json = read<Document>(write_as(document, Format::json), "sample.json");
  ASSERT_TRUE(from_json) << from_json.error().message;
  EXPECT_EQ(write(from_json->document), text);
}

TEST(RoundTrip, MetricsRecordOfARunningGrid) {
  expect_round_trip(samples::record_with_grid());
}
TEST(RoundTrip, MetricsRecordWithoutAGrid) {
  expect_round_trip(samples::record_without_grid());
}
TEST(RoundTrip, ExitStateDay) {
  expect_round_trip(samples::exit_state_day());
}
TEST(RoundTrip, Decision) {
  expect_round_trip(samples::decision());
}
TEST(RoundTrip, Grid) {
  expect_round_trip(samples::grid());
}
TEST(RoundTrip, FailedHour) {
  expect_round_trip(samples::failed_hour());
}
TEST(RoundTrip, KpiDay) {
  expect_round_trip(samples::kpi_day());
}
TEST(RoundTrip, RawDay) {
  expect_round_trip(samples::raw_day());
}
TEST(RoundTrip, Rules) {
  expect_round_trip(samples::rules());
}

}  // namespace
}  // namespace gridexit::codec
