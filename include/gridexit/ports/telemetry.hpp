#pragma once
// Raw numbers of one run for a metrics and trace store. Flushed once, at the end of a run; nothing
// of it is ever needed by a later run, and a failure is a line in the log.

#include <string>
#include <utility>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/base/time.hpp"

namespace gridexit::ports {

using Attributes = std::vector<std::pair<std::string, std::string>>;

/// One number as it stands at the end of the run. Names are dotted ("gridexit.confidence"), units
/// are UCUM's ("s", "By"), empty for plain numbers.
struct Figure {
  std::string name;
  std::string unit;
  double value = 0;
  Attributes attributes;
};

/// A stretch of the run.
struct Span {
  std::string name;
  double begin_seconds = 0;  ///< after the run's start
  double seconds = 0;
  std::string failure;  ///< empty: it went well
  Attributes attributes;
};

/// One request to a live exchange; repetitions count apart.
struct ApiCall {
  std::string endpoint;  ///< without query
  int status = 0;        ///< HTTP; 0 = no answer
  std::string error;     ///< stable error id; empty = success
  double seconds = 0;
};

struct RunTelemetry {
  std::string run_id;
  UtcTime started{};  ///< the clock's
  double seconds = 0;
  std::string failure;  ///< empty: it went well
  Attributes attributes;
  std::vector<Span> spans;
  std::vector<Figure> figures;
};

class Telemetry {
 public:
  virtual ~Telemetry() = default;
  /// Takes note of a call made during the run.
  virtual void note(ApiCall call) = 0;
  /// Sends the run and the calls noted, within a few seconds. Error: io; no error text holds an
  /// address or a header.
  virtual Result<void> flush(const RunTelemetry& run) = 0;
};

}  // namespace gridexit::ports
