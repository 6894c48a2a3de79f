#pragma once
// A run as OTLP JSON: camelCase keys, 64-bit integers as text, ids in hexadecimal, enums as
// numbers. Numbers that JSON has no form for are left out.

#include <string>
#include <vector>

#include "gridexit/ports/telemetry.hpp"

namespace gridexit::adapters {

/// The body for /v1/metrics: a gauge for each figure, the latency histogram of the calls.
std::string metrics_body(const ports::RunTelemetry& run, const std::vector<ports::ApiCall>& calls,
                         const ports::Attributes& resource);

/// The body for /v1/traces: the run, and a child for each span. Ids follow from the run's id.
std::string traces_body(const ports::RunTelemetry& run, const ports::Attributes& resource);

}  // namespace gridexit::adapters
