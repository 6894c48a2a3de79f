#pragma once
// The metrics document: everything that one evaluation saw, computed and said (SPEC.md section 5).
// It is immutable, and all that a later evaluation knows of the past is in it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/gates.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/position.hpp"
#include "gridexit/domain/regime.hpp"

namespace gridexit {

enum class Origin { live, replay, backfill, simulated };

/// The symbol's newest earlier record: a hash chain.
struct PreviousRecord {
  std::string path;
  std::string blob;  ///< git blob id, 40 hexadecimal digits

  bool operator==(const PreviousRecord&) const = default;
};

struct EngineVersion {
  std::string version;
  std::string commit;
};

/// Which configuration decided: the git commit that last changed it, or outside git its SHA-256.
struct ConfigVersion {
  std::string version;
  bool fallback = false;
};

struct DataProblem {
  std::string code;
  std::string message;
};

/// The window of one timeframe, before and after filling.
struct WindowFacts {
  int bars = 0;  ///< in the window, filled ones included
  int filled = 0;
  std::optional<UtcTime> first;
  std::optional<UtcTime> last;
  int gaps = 0;  ///< runs of missing bars within the window
};

struct DataFacts {
  bool ok = true;
  std::string source;  ///< "kucoin", "archive", "simulated"
  std::optional<std::string> dataset_hash;
  std::optional<std::string> grid_dataset_hash;
  WindowFacts h1;
  WindowFacts h4;
  int staleness_minutes = 0;  ///< from the end of the last bar to T
  std::vector<DataProblem> problems;
};

struct PriceFacts {
  std::optional<double> close;
  std::optional<double> atr;
  std::optional<double> change_24h_pct;
  std::optional<double> high_24h;
  std::optional<double> low_24h;
};

/// What the record says of the recommendation; the decision document says all of it.
struct RecommendationSummary {
  RecommendationType type = RecommendationType::grid_setup;
  Action action = Action::wait;
  std::optional<std::string> decision_id;  ///< the decision that stands
};

/// 15m bars, never decisive: change and range of the last hour in per cent.
struct Context15m {
  int bars = 0;
  std::optional<double> change_1h_pct;
  std::optional<double> range_1h_pct;
};

/// A metric outside its expected interval: an alert, not a failure.
struct Anomaly {
  std::string metric;
  std::string timeframe;
  double value = 0;
  std::optional<double> expected_min;
  std::optional<double> expected_max;
};

struct StepError {
  std::string step;
  std::string code;
  std::string message;
};

struct MetricsRecord {
  std::string schema_version = "2.0";
  std::string symbol;
  UtcTime timestamp{};  ///< T
  Origin origin = Origin::live;
  std::optional<PreviousRecord> previous;
  EngineVersion engine;
  ConfigVersion config;
  DataFacts data;
  PriceFacts price;
  TimeframeMetrics h1;
  TimeframeMetrics h4;
  Regime regime;
  Confidence confidence;
  GateEvaluation gate_evaluation;
  std::optional<ExitEvaluation> exit_state;  ///< none while no grid runs
  std::optional<PositionRisk> position;      ///< none while no grid runs
  RecommendationSummary recommendation;
  Context15m context_15m;
  std::vector<Anomaly> anomalies;
  std::vector<StepError> errors;
};

/// The document `exit_states/{symbol}/{YYYY}/{MM}/{YYYY-MM-DD}.yaml`, append-only.
struct ExitStateDay {
  std::string schema_version = "2.0";
  std::string symbol;
  std::string date;
  std::vector<Transition> transitions;
  std::vector<Notified> notified;
};

/// One attempt that ended without an evaluation; the document `…-{HH}.failed.yaml` collects them.
struct FailedAttempt {
  UtcTime at{};
  std::string code;
  std::string message;
};
struct FailedHour {
  std::string schema_version = "2.0";
  std::string symbol;
  UtcTime timestamp{};
  std::vector<FailedAttempt> attempts;
};

}  // namespace gridexit
