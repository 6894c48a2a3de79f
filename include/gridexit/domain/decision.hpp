#pragma once
// Recommendations and decision records (STRATEGY.md section 6, SPEC.md section 5).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/grid.hpp"

namespace gridexit {

enum class RecommendationType { grid_manage, grid_setup };
enum class Action { hold, prepare_exit, stop_grid, wait, create_probationary_grid, create_grid };
enum class Urgency { low, normal, high, emergency };

/// A grid to set up by hand. Prices rounded to the exchange's increment.
struct Proposal {
  double lower = 0;
  double upper = 0;
  int cells = 0;
  Spacing spacing = Spacing::geometric;
  double stop_loss = 0;
  double capital_quote = 0;
  double amount_per_grid = 0;      ///< base per cell
  double profit_per_grid_pct = 0;  ///< after fees, per cent
  double allocation_pct = 0;       ///< share of the full allocation, per cent
};

struct Recommendation {
  RecommendationType type = RecommendationType::grid_setup;
  Action action = Action::wait;
  double confidence = 0;
  Urgency urgency = Urgency::low;
  std::vector<std::string> rationale;
  std::optional<Proposal> proposal;
  /// How long it stands when nobody answers; none = until the next decision.
  std::optional<UtcTime> valid_until;
  std::optional<double> price;  ///< close when it was made
  std::optional<double> atr;    ///< ATR of 1h when it was made; a setup ends when C moved by more
};

struct Lineage {
  std::string metrics_file;
  std::string dataset_hash;
  std::string config_version;
  std::string engine_version;
};

enum class OperatorAction { accepted, declined, executed };

/// What the operator did about a decision; appended by `decision act`, `grid start` and `grid
/// stop`.
struct ActionRecord {
  UtcTime at{};
  std::string by;
  OperatorAction action = OperatorAction::accepted;
  std::optional<double> price;
  std::optional<std::string> note;
  std::optional<UtcTime> until;
};

/// How a decision looks 24 h, 72 h or 7 d later.
struct EvaluationRecord {
  std::string horizon;
  UtcTime evaluated_at{};
  std::string recommendation_quality;
  std::string action_quality;
  std::optional<double> economic_impact_usd;
  std::optional<std::string> note;
};

/// The document `decisions/{YYYY}/{MM}/{DD}/dec-{symbol}-{HHMMSS}.yaml`.
struct DecisionRecord {
  std::string schema_version = "2.0";
  std::string decision_id;  ///< dec-{symbol}-{YYYYMMDD}T{HHMMSS}Z
  std::string symbol;
  std::optional<std::string> grid_id;
  UtcTime created_at{};  ///< T
  Recommendation recommendation;
  Lineage lineage;
  std::vector<ActionRecord> action_records;
  std::vector<EvaluationRecord> evaluation_records;
};

}  // namespace gridexit
