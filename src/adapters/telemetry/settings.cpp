// OpenTelemetry's environment variables.

#include <algorithm>
#include <cmath>

#include "gridexit/adapters/telemetry/otlp.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::adapters {
namespace {

using Variables = std::map<std::string, std::string>;

constexpr std::string_view kServiceName = "service.name";

// An empty variable is one that is not set.
std::string value_of(const Variables& variables, const std::string& name) {
  const auto found = variables.find(name);
  return found == variables.end() ? std::string() : std::string(trim(found->second));
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (is_escape) {
      decoded += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

// "k1=v1,k2=v2" with percent-encoded values; what has no name is left out.
ports::Attributes pairs(const std::string& text) {
  ports::Attributes found;
  for (const std::string_view part : split(text, ',')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = trim(part.substr(0, equals));
    if (name.empty()) continue;
    found.emplace_back(name, percent_decoded(trim(part.substr(equals + 1))));
  }
  return found;
}

OtlpTarget target(const Variables& variables, const std::string& signal, std::string_view path) {
  OtlpTarget target;
  target.url = value_of(variables, "OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT");
  if (target.url.empty()) {
    target.url = value_of(variables, "OTEL_EXPORTER_OTLP_ENDPOINT");
    if (target.url.empty()) return target;
    while (target.url.ends_with('/')) target.url.pop_back();
    target.url += path;
  }
  const std::string own = value_of(variables, "OTEL_EXPORTER_OTLP_" + signal + "_HEADERS");
  target.headers = pairs(own.empty() ? value_of(variables, "OTEL_EXPORTER_OTLP_HEADERS") : own);
  return target;
}

void set(ports::Attributes& attributes, std::string_view name, const std::string& value) {
  const auto known = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& pair) { return pair.first == name; });
  if (known == attributes.end()) {
    attributes.emplace_back(name, value);
  } else {
    known->second = value;
  }
}

ports::Attributes resource(const Variables& variables, const std::string& program_version) {
  ports::Attributes attributes{{std::string(kServiceName), "gridexit"},
                               {"service.version", program_version}};
  for (const auto& [name, value] : pairs(value_of(variables, "OTEL_RESOURCE_ATTRIBUTES"))) {
    set(attributes, name, value);
  }
  const std::string name = value_of(variables, "OTEL_SERVICE_NAME");
  if (!name.empty()) set(attributes, kServiceName, name);
  return attributes;
}

}  // namespace

std::optional<OtlpSettings> otlp_settings(const Variables& variables,
                                          const std::string& program_version) {
  if (value_of(variables, "OTEL_SDK_DISABLED") == "true") return std::nullopt;
  OtlpSettings settings;
  settings.metrics = target(variables, "METRICS", "/v1/metrics");
  settings.traces = target(variables, "TRACES", "/v1/traces");
  if (settings.metrics.url.empty() && settings.traces.url.empty()) return std::nullopt;
  settings.resource = resource(variables, program_version);
  settings.ca_file = value_of(variables, "OTEL_EXPORTER_OTLP_CERTIFICATE");
  const auto milliseconds = parse_number(value_of(variables, "OTEL_EXPORTER_OTLP_TIMEOUT"));
  if (milliseconds && *milliseconds > 0) {
    settings.timeout_seconds = std::min(*milliseconds / 1000, kFlushSeconds);
  }
  return settings;
}

}  // namespace gridexit::adapters
