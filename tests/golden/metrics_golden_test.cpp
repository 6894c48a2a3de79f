// Window, metrics and scores against reference values made by another implementation.

#include <gtest/gtest.h>

#include "golden/golden.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/metrics/compute.hpp"
#include "gridexit/regime/classify.hpp"

namespace gridexit {
namespace {

using golden::expect_near;
using golden::Json;

CandleSeries bars_of(const Json& example) {
  CandleSeries series;
  for (const Json& bar : example.at("bars")) {
    series.push_back({UtcTime{Seconds{bar.at(0).get<std::int64_t>()}}, golden::number(bar.at(1)),
                      golden::number(bar.at(2)), golden::number(bar.at(3)),
                      golden::number(bar.at(4)), 0.0});
  }
  return series;
}

void expect_metric(const Metric& metric, const Json& expected, const std::string& name) {
  expect_near(metric.value, expected.at("value"), name);
  const auto reason = metric.reason ? Json(std::string(to_text(*metric.reason))) : Json(nullptr);
  EXPECT_EQ(reason, expected.at("reason")) << name;
  EXPECT_EQ(metric.ok(), expected.at("status") == "ok") << name;
}

/// A figure beside a metric's value; the reference leaves it out where the metric gives none.
void expect_beside(std::optional<double> actual, const Json& metric, const char* key) {
  expect_near(actual, metric.value(key, Json(nullptr)), key);
}

void expect_metrics(const TimeframeMetrics& metrics, const Json& expected) {
  for (const MetricKey key : kMetricKeys) {
    const std::string name(to_text(key));
    expect_metric(metrics.metric(key), expected.at(name), name);
  }
  const Json& adx = expected.at("adx");
  expect_beside(metrics.adx.plus_di, adx, "plus_di");
  expect_beside(metrics.adx.minus_di, adx, "minus_di");
  const Json& half_life = expected.at("ou_half_life");
  expect_beside(metrics.ou_half_life.b, half_life, "b");
  expect_beside(metrics.ou_half_life.phi, half_life, "phi");
  expect_beside(metrics.ou_half_life.t_stat, half_life, "t_stat");
  const Json& bandwidth = expected.at("bollinger_bandwidth");
  expect_beside(metrics.bollinger_bandwidth.bandwidth_ratio, bandwidth, "bandwidth_ratio");
  expect_beside(metrics.bollinger_bandwidth.percent_b, bandwidth, "percent_b");
}

void check(const Json& example) {
  SCOPED_TRACE(example.at("name").get<std::string>());
  const Json& expected = example.at("expected");
  const Rules rules;
  const Timeframe timeframe =
      example.at("step_hours").get<double>() > 1.0 ? Timeframe::h4 : Timeframe::h1;
  const UtcTime now{Seconds{example.at("now").get<std::int64_t>()}};
  const CandleSeries bars = bars_of(example);
  const auto window = metrics::make_window(bars.closed_at(now, timeframe), timeframe, rules.data);
  EXPECT_EQ(window.bars.size(), expected.at("bars_used").get<std::size_t>());
  EXPECT_EQ(window.filled, expected.at("filled").get<int>());
  EXPECT_EQ(window.cut, expected.at("cut").get<bool>());

  TimeframeMetrics metrics = metrics::compute(window.bars.view(), timeframe);
  expect_metrics(metrics, expected.at("metrics"));
  expect_near(metrics.atr, expected.at("atr"), "ATR");
  expect_near(metrics::atr(window.bars.view()), expected.at("atr"), "ATR alone");

  regime::score_metrics(metrics, timeframe, rules.regime.scores);
  for (const MetricKey key : kMetricKeys) {
    const std::string name =
        key == MetricKey::bollinger_bandwidth ? "bandwidth_ratio" : std::string(to_text(key));
    expect_near(metrics.metric(key).score, expected.at("scores").at(name), "score of " + name);
  }
  expect_near(regime::range_score(metrics, rules.regime.scores), expected.at("range_score"),
              "range score");
}

TEST(MetricsGolden, SyntheticBars) {
  const Json document = golden::load(golden::own_file("metrics.json"));
  ASSERT_EQ(document.at("cases").size(), 6U);
  for (const Json& example : document.at("cases")) check(example);
}

TEST(MetricsGolden, RealCandles) {
  const auto file = golden::shared_file("metrics.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no reference values at " << file;
  const Json document = golden::load(file);
  ASSERT_EQ(document.at("cases").size(), 9U);
  for (const Json& example : document.at("cases")) check(example);
}

}  // namespace
}  // namespace gridexit
