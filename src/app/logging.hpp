#pragma once
// The log on stderr: one event a line, as JSON made for collectors or as text for people. spdlog
// does levels and writing; nothing else in the program knows it.

#include <iosfwd>
#include <memory>

#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/log.hpp"

namespace gridexit::app {

enum class LogStyle { json, text };

/// Events below `least` are dropped; `clock` gives `ts`. Stream and clock must outlive the log.
std::unique_ptr<ports::Log> make_log(std::ostream& stream, ports::Clock& clock, LogStyle style,
                                     ports::LogLevel least);

}  // namespace gridexit::app
