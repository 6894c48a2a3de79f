#pragma once
// OTLP over HTTP with JSON bodies: gauges and one histogram as metrics, one trace per run.
// Configured by OpenTelemetry's own environment variables, so that a deployment's usual settings
// just work. Off without an endpoint.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gridexit/adapters/http/client.hpp"
#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/telemetry.hpp"

namespace gridexit::adapters {

/// Where one signal goes. Both parts may hold secrets.
struct OtlpTarget {
  std::string url;  ///< empty: this signal is off
  std::vector<std::pair<std::string, std::string>> headers;
};

struct OtlpSettings {
  OtlpTarget metrics;
  OtlpTarget traces;
  ports::Attributes resource;  ///< service.name first
  std::string ca_file;         ///< PEM; empty: the system's
  double timeout_seconds = 5;  ///< one request
};

/// Reads OTEL_EXPORTER_OTLP_{,METRICS_,TRACES_}{ENDPOINT,HEADERS}, _TIMEOUT (milliseconds) and
/// _CERTIFICATE, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES and OTEL_SDK_DISABLED. Nothing when no
/// endpoint is set. The protocol is always http/json, whatever OTEL_EXPORTER_OTLP_PROTOCOL says.
std::optional<OtlpSettings> otlp_settings(const std::map<std::string, std::string>& variables,
                                          const std::string& program_version);

/// All that a flush may take, repetitions included.
inline constexpr double kFlushSeconds = 5;

class OtlpTelemetry final : public ports::Telemetry {
 public:
  /// `clock` must outlive it.
  OtlpTelemetry(OtlpSettings settings, std::shared_ptr<http::Client> client, ports::Clock& clock);

  void note(ports::ApiCall call) override { calls_.push_back(std::move(call)); }
  Result<void> flush(const ports::RunTelemetry& run) override;

 private:
  Result<void> post(const OtlpTarget& target, const std::string& body, double deadline);

  OtlpSettings settings_;
  std::shared_ptr<http::Client> client_;
  ports::Clock& clock_;
  std::vector<ports::ApiCall> calls_;
};

}  // namespace gridexit::adapters
