// OpenTelemetry's variables: which win, what is appended, what is decoded.

#include <gtest/gtest.h>

#include "gridexit/adapters/telemetry/otlp.hpp"

namespace gridexit::adapters {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

OtlpSettings read(const std::map<std::string, std::string>& variables) {
  return otlp_settings(variables, "1.2.3").value_or(OtlpSettings{});
}

TEST(OtlpSettings, IsOffWithoutAnEndpointAndWhenDisabled) {
  EXPECT_FALSE(otlp_settings({}, "1"));
  EXPECT_FALSE(otlp_settings({{"OTEL_EXPORTER_OTLP_ENDPOINT", ""}}, "1"));
  EXPECT_FALSE(otlp_settings(
      {{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c"}, {"OTEL_SDK_DISABLED", "true"}}, "1"));
}

TEST(OtlpSettings, AppendsTheSignalsPathToTheBaseAndKeepsThePathItHas) {
  const auto settings = read({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://mimir:8080/otlp/"}});
  EXPECT_EQ(settings.metrics.url, "http://mimir:8080/otlp/v1/metrics");
  EXPECT_EQ(settings.traces.url, "http://mimir:8080/otlp/v1/traces");
}

TEST(OtlpSettings, TakesAnEndpointOfOneSignalExactlyAsItIs) {
  const auto settings = read({{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://tempo:4318/in"},
                              {"OTEL_EXPORTER_OTLP_ENDPOINT", "http://base"}});
  EXPECT_EQ(settings.traces.url, "http://tempo:4318/in");
  EXPECT_EQ(settings.metrics.url, "http://base/v1/metrics");
  EXPECT_EQ(read({{"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://m"}}).traces.url, "");
}

TEST(OtlpSettings, DecodesHeadersAndPrefersThoseOfTheSignal) {
  const auto settings = read({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c"},
                              {"OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20abc, X-Org=7"},
                              {"OTEL_EXPORTER_OTLP_TRACES_HEADERS", "X-Org=8,nonsense,=none"}});
  EXPECT_EQ(settings.metrics.headers, (Headers{{"Authorization", "Basic abc"}, {"X-Org", "7"}}));
  EXPECT_EQ(settings.traces.headers, (Headers{{"X-Org", "8"}}));
}

TEST(OtlpSettings, NamesTheServiceByItsOwnVariableFirst) {
  const Headers expected{
      {"service.name", "eth"}, {"service.version", "1.2.3"}, {"deployment.environment", "a b"}};
  EXPECT_EQ(read({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c"},
                  {"OTEL_RESOURCE_ATTRIBUTES", "service.name=other,deployment.environment=a%20b"},
                  {"OTEL_SERVICE_NAME", "eth"}})
                .resource,
            expected);
}

TEST(OtlpSettings, ReadsTheTimeoutAsMillisecondsWithinTheFlushsOwn) {
  const auto with = [](const std::string& timeout) {
    return read({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c"},
                 {"OTEL_EXPORTER_OTLP_TIMEOUT", timeout}})
        .timeout_seconds;
  };
  EXPECT_NEAR(with("1500"), 1.5, 1e-9);
  EXPECT_NEAR(with("60000"), kFlushSeconds, 1e-9);
  EXPECT_NEAR(with("soon"), kFlushSeconds, 1e-9);
}

}  // namespace
}  // namespace gridexit::adapters
