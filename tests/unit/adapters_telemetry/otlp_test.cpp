// What reaches a collector (tests/support/fake_collector.py holds it to the rules of OTLP in JSON),
// and what happens when the collector does not want it.

#include "gridexit/adapters/telemetry/otlp.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>

#include "support/manual_clock.hpp"
#include "support/stand_in_server.hpp"

namespace gridexit::adapters {
namespace {

using nlohmann::json;
using testing_support::ManualClock;
using testing_support::StandInServer;

ports::RunTelemetry a_run() {
  ports::RunTelemetry run;
  run.run_id = "0123456789abcdef";
  run.started = UtcTime{Seconds{1'770'040'803}};
  run.seconds = 2.5;
  run.attributes = {{"at", "2026-02-02T14:00:00Z"}};
  run.spans = {{"market", 0.5, 1.25, "", {{"symbol", "ETH-USDT"}}},
               {"push", 2.0, 0.25, "remote.push", {}}};
  run.figures = {{"gridexit.confidence", "1", 0.71, {{"symbol", "ETH-USDT"}}},
                 {"gridexit.confidence", "1", 0.5, {{"symbol", "BTC-USDT"}}},
                 {"gridexit.repository.size", "By", 1234567, {}},
                 {"gridexit.metric", "1", std::numeric_limits<double>::quiet_NaN(), {}}};
  return run;
}

class OtlpTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!StandInServer::possible()) GTEST_SKIP() << "python3 is missing";
    server_.emplace("fake_collector.py");
  }

  OtlpTelemetry telemetry() {
    const auto settings = otlp_settings({{"OTEL_EXPORTER_OTLP_ENDPOINT", server_->url()},
                                         {"OTEL_EXPORTER_OTLP_HEADERS", "X-Key=secret-header"}},
                                        "1.2.3");
    return {*settings, std::make_shared<http::CurlClient>(), clock_};
  }

  std::vector<std::string> paths() {
    std::vector<std::string> paths;
    for (const json& request : server_->log()) paths.push_back(request["path"]);
    return paths;
  }

  json body(std::size_t request) {
    return json::parse(server_->log().at(request)["body"].get<std::string>());
  }

  json metric(const std::string& name) {
    const json document = body(0);
    for (const json& known : document["resourceMetrics"][0]["scopeMetrics"][0]["metrics"]) {
      if (known["name"] == name) return known;
    }
    return {};
  }

  std::optional<StandInServer> server_;
  ManualClock clock_;
};

TEST_F(OtlpTest, SendsMetricsAndOneTraceThatACollectorAccepts) {
  auto sender = telemetry();
  sender.note({"GET /api/v1/market/candles", 200, "", 0.2});
  sender.note({"GET /api/v1/market/candles", 200, "", 0.25});
  sender.note({"GET /api/v1/market/candles", 429, "exchange.rate_limited", 12});
  const auto sent = sender.flush(a_run());
  ASSERT_TRUE(sent) << sent.error().message;
  ASSERT_EQ(paths(), (std::vector<std::string>{"/v1/metrics", "/v1/traces"}));
  EXPECT_EQ(server_->log()[0]["headers"]["x-key"], "secret-header");

  const json confidence = metric("gridexit.confidence")["gauge"]["dataPoints"];
  ASSERT_EQ(confidence.size(), 2U);
  EXPECT_EQ(confidence[0]["asDouble"], 0.71);
  EXPECT_EQ(confidence[0]["timeUnixNano"], "1770040805500000000");
  EXPECT_TRUE(metric("gridexit.metric").is_null()) << "NaN has no form in JSON";

  const json latency = metric("gridexit.api.duration")["histogram"]["dataPoints"];
  ASSERT_EQ(latency.size(), 2U);
  // A bound belongs to the bucket below it.
  EXPECT_EQ(latency[0]["bucketCounts"], json({"0", "0", "2", "0", "0", "0", "0", "0", "0"}));
  EXPECT_EQ(latency[1]["bucketCounts"].back(), "1");

  const json spans = body(1)["resourceSpans"][0]["scopeSpans"][0]["spans"];
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[1]["name"], "market");
  EXPECT_EQ(spans[1]["parentSpanId"], spans[0]["spanId"]);
  EXPECT_EQ(spans[1]["startTimeUnixNano"], "1770040803500000000");
  EXPECT_EQ(spans[1]["endTimeUnixNano"], "1770040804750000000");
  EXPECT_EQ(spans[1]["status"]["code"], 1);
  EXPECT_EQ(spans[2]["status"], json({{"code", 2}, {"message", "remote.push"}}));
}

TEST_F(OtlpTest, TheSameRunHasTheSameIdsAndAnotherRunHasOthers) {
  auto sender = telemetry();
  ASSERT_TRUE(sender.flush(a_run()));
  ASSERT_TRUE(sender.flush(a_run()));
  ports::RunTelemetry other = a_run();
  other.run_id = "another";
  ASSERT_TRUE(sender.flush(other));
  EXPECT_EQ(body(1), body(3));
  const auto trace = [this](std::size_t request) {
    return body(request)["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["traceId"];
  };
  EXPECT_NE(trace(1), trace(5));
}

TEST_F(OtlpTest, RepeatsWhatMayPassAndWaitsAsLongAsItIsTold) {
  server_->plan(json::array({{{"status", 503}, {"headers", {{"Retry-After", "1"}}}}}));
  auto sender = telemetry();
  ASSERT_TRUE(sender.flush(a_run()));
  EXPECT_EQ(paths(), (std::vector<std::string>{"/v1/metrics", "/v1/metrics", "/v1/traces"}));
  EXPECT_EQ(clock_.waits, std::vector<double>{1.0});
}

TEST_F(OtlpTest, WaitsUntilADateThatItIsTold) {
  server_->plan(json::array({{{"status", 503},
                              {"headers",
                               {{"Date", "Mon, 02 Feb 2026 14:00:00 GMT"},
                                {"Retry-After", "Mon, 02 Feb 2026 14:00:02 GMT"}}}}}));
  auto sender = telemetry();
  ASSERT_TRUE(sender.flush(a_run()));
  EXPECT_EQ(clock_.waits, std::vector<double>{2.0});
}

TEST_F(OtlpTest, NeverRepeatsWhatIsWrongAndSendsTheTraceAllTheSame) {
  for (const int status : {400, 401, 404, 408, 500}) {
    server_->plan(json::array({{{"status", status}}}));
    auto sender = telemetry();
    const auto before = paths().size();
    const auto sent = sender.flush(a_run());
    ASSERT_FALSE(sent) << status;
    EXPECT_NE(sent.error().message.find(std::to_string(status)), std::string::npos);
    EXPECT_EQ(paths().size(), before + 2) << status;
  }
  EXPECT_TRUE(clock_.waits.empty());
}

TEST_F(OtlpTest, GivesUpWithinItsTimeAndNamesNoAddress) {
  auto sender = telemetry();
  server_->stop();
  const auto sent = sender.flush(a_run());
  ASSERT_FALSE(sent);
  EXPECT_LE(clock_.monotonic_seconds(), kFlushSeconds);
  EXPECT_EQ(sent.error().text().find("127.0.0.1"), std::string::npos) << sent.error().text();
  EXPECT_EQ(sent.error().text().find("secret"), std::string::npos) << sent.error().text();
}

TEST_F(OtlpTest, SaysWhatTheCollectorDroppedAndDoesNotSendItAgain) {
  server_->plan(json::array(
      {{{"raw", R"({"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}})"}}}));
  auto sender = telemetry();
  const auto sent = sender.flush(a_run());
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().message,
            "telemetry: the collector dropped 3 (rejectedDataPoints): too old");
  EXPECT_EQ(paths().size(), 2U);
}

TEST_F(OtlpTest, SaysWhatTheCollectorWarnsOfWithoutTheKeyThatItQuotes) {
  server_->plan(json::array(
      {{{"raw", R"({"partialSuccess":{"errorMessage":"secret-header\nexpires soon"}})"}}}));
  auto sender = telemetry();
  const auto sent = sender.flush(a_run());
  ASSERT_FALSE(sent);
  EXPECT_NE(sent.error().message.find("expires soon"), std::string::npos) << sent.error().message;
  EXPECT_EQ(sent.error().message.find("secret-header"), std::string::npos);
}

}  // namespace
}  // namespace gridexit::adapters
