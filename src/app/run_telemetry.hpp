#pragma once
// From the report of a run to the numbers that dashboards and alerts are made of.

#include <cstdint>
#include <optional>

#include "gridexit/pipeline/run.hpp"
#include "gridexit/ports/log.hpp"
#include "gridexit/ports/maintenance.hpp"
#include "gridexit/ports/telemetry.hpp"

namespace gridexit::app {

/// A replayed hour says nothing of whether the system is alive: it reports no success time.
ports::RunTelemetry telemetry_of(const pipeline::RunReport& report, bool is_replay,
                                 std::optional<std::int64_t> repository_bytes);

/// Sends it. A failure is a warning in the log: numbers never make a run fail.
void send_telemetry(ports::Telemetry& telemetry, const pipeline::RunReport& report, bool is_replay,
                    ports::Maintenance* maintenance, ports::Log& log);

}  // namespace gridexit::app
