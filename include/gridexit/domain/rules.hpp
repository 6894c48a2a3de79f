#pragma once
// The strategy's parameters: `config/exit_strategy_config.yaml`. Defaults are those of STRATEGY.md,
// under its keys.

#include <optional>
#include <string>

namespace gridexit {

/// clamp((zero - v)/(zero - one), 0, 1) with a weight (section 2).
struct ScoreRule {
  double one = 0;   ///< value that scores 1
  double zero = 0;  ///< value that scores 0
  double weight = 0;
};

struct ScoreRules {
  ScoreRule adx{18, 40, 0.20};
  ScoreRule efficiency_ratio{0.10, 0.45, 0.20};
  ScoreRule autocorrelation{-0.13, 0.12, 0.10};
  ScoreRule ou_half_life{14, 80, 0.15};  ///< in bars
  ScoreRule normalized_slope{0.04, 0.22, 0.20};
  ScoreRule bandwidth_ratio{0.8, 2.2, 0.15};
};

struct DataRules {
  int window = 260;   ///< bars
  int max_fill = 72;  ///< bars
  int max_stale_minutes =
      180;  ///< from the end of the newest bar to T; beyond it the data are unusable
};

struct EvaluationRules {
  int max_gap_hours = 3;
};

struct RegimeRules {
  ScoreRules scores;
  double weight_1h = 0.65;
  double trend_1h = 0.25;
  double trend_4h = 0.45;
  double transition = 0.40;
  double transition_1h = 0.25;
  double weak = 0.60;
  int hold = 3;
};

struct ConfidenceRules {
  int young_hours = 36;
  double young = 0.15;
  double missing = 0.05;
  double disagree_at = 0.35;
  double disagree = 0.10;
  double position = 0.20;
  int mature_hours = 24;
  double immature = 0.05;
  double spacing_low = 0.5;   ///< ATR
  double spacing_high = 3.0;  ///< ATR
  double spacing = 0.05;
  double data_mended = 0.05;
  double data_other = 0.20;
  double cap = 0.95;
};

struct WarningRules {
  int min_conditions = 2;
  bool need_threat = true;
  double near_bound = 0.20;
  double loss = 0.35;
  double adx_level = 22;
  double adx_rise = 2;
  double efficiency = 0.45;
  double autocorrelation = 0.12;
  double half_life = 60;  ///< hours
  double slope = 0.12;
  double bandwidth_ratio = 1.4;
  double bandwidth_growth = 1.15;
};

struct LatestRules {
  int outside_low = 1;
  int outside_up = 1;
  double break_low = 0.95;
  double break_up = 2;  ///< 2 = never
  int persist = 2;
  double trend_break = 0.75;
  double trend_slope = 0.10;
  double loss = 0.60;
};

struct MandatoryRules {
  int confirm_low = 2;
  int confirm_up = 6;
  double confirm_atr = 0.5;
  double stop_near_atr = 1.0;
  double trend_conf = 0.60;
  int trend_persist = 2;
  int overstay = 24;
};

struct ExitRules {
  WarningRules warning;
  LatestRules latest;
  MandatoryRules mandatory;
  int calm = 3;
};

struct GateRules {
  int hold = 3;
  double adx = 25;
  double slope = 0.12;
  int quiet_hours = 6;
  double half_life_min = 2;
  double half_life_max = 60;
  double autocorrelation = 0.10;
  double efficiency = 0.40;
  double bandwidth_min = 0.4;
  double bandwidth_max = 1.5;
  double bandwidth_growth = 1.15;
  double atr_fees = 3;  ///< round trips
};

struct EscalationRules {
  double confidence = 0.80;
};

struct SetupRules {
  double confidence_probationary = 0.60;
  double confidence_full = 0.80;
  double width_sigma = 1.5;
  int width_hours = 72;
  double width_min = 0.03;
  double width_max = 0.20;
  int sigma_bars = 168;
  double step_fees = 3;  ///< round trips
  int cells_min = 4;
  int cells_max = 60;
  double stop_atr = 3;  ///< ATR(14) of 4h
  double probationary_step = 1.25;
  double probationary_share_min = 0.50;
  double probationary_share_max = 0.60;
  double fee = 0.001;
  int valid_hours = 4;
  int cooldown_after_stop_minutes = 60;
  int cooldown_after_setup_minutes = 120;
};

/// Hours between messages while a state lasts.
struct ReminderRules {
  int warning = 4;
  int latest = 2;
  int mandatory = 1;
};

enum class CapitalMode { single_grid };

struct CapitalRules {
  CapitalMode mode = CapitalMode::single_grid;
  double total_quote = 0;  ///< required in the file: there is no default for money
  double reserve_share = 0.20;
};

/// An interval that a metric is expected to stay in; outside is an anomaly.
struct Expected {
  std::optional<double> min;
  std::optional<double> max;
};

struct ExpectedRules {
  Expected adx{0.0, 80.0};
  Expected efficiency_ratio{0.0, 0.95};
  Expected autocorrelation{-0.7, 0.7};
  Expected ou_half_life{0.0, 2000.0};  ///< hours
  Expected normalized_slope{-1.0, 1.0};
  Expected bollinger_bandwidth{0.0005, 0.5};
};

struct Rules {
  std::string schema_version = "2.0";
  DataRules data;
  EvaluationRules evaluation;
  RegimeRules regime;
  ConfidenceRules confidence;
  ExitRules exit_rules;
  GateRules gates;
  EscalationRules escalation;
  SetupRules setup;
  ReminderRules reminders;
  CapitalRules capital;
  ExpectedRules expected;
};

/// Slippage on market orders (start, exit, stop), share of the price; fixed by section 9.
inline constexpr double kSlippage = 0.0005;

/// Evaluations in TRANSITION or TREND that make `regime_weakening`; section 4 gives them no key.
inline constexpr int kWeakeningEvaluations = 2;

}  // namespace gridexit
