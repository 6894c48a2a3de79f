#pragma once
// Events of a run, for machines to collect and for an operator who asks what happened. The core
// never logs; pipeline and app do. How a line looks (JSON or text) and which levels are shown is
// the implementation's business.

#include <string>
#include <utility>
#include <vector>

namespace gridexit::ports {

enum class LogLevel { debug, info, warning, error };

/// One event: a stable name ("push.done") and what it is about. Names in use: symbol, run_id, step,
/// duration_ms, code, message. The value of a field whose name ends with its unit (_ms, _seconds,
/// _bytes, _count) is a number's text.
struct LogEvent {
  LogLevel level = LogLevel::info;
  std::string event;
  std::vector<std::pair<std::string, std::string>> fields;
};

class Log {
 public:
  virtual ~Log() = default;
  /// Takes note of an event; never fails and never throws.
  virtual void event(const LogEvent& event) = 0;
};

}  // namespace gridexit::ports
