#pragma once
// The six metrics as values (STRATEGY.md section 1). A failed metric has no value and one reason;
// it is never 0.

#include <array>
#include <optional>
#include <string_view>

namespace gridexit {

enum class MetricKey {
  adx,
  efficiency_ratio,
  autocorrelation,
  ou_half_life,
  normalized_slope,
  bollinger_bandwidth,
};

inline constexpr std::array kMetricKeys{
    MetricKey::adx,          MetricKey::efficiency_ratio, MetricKey::autocorrelation,
    MetricKey::ou_half_life, MetricKey::normalized_slope, MetricKey::bollinger_bandwidth};

/// Why a metric has no value, in the order in which the reasons are tested.
enum class FailureReason { insufficient_data, invalid_input, zero_variance, non_stationary };

/// A metric's value, or the reason why there is none; its range score once scored (section 2; 1
/// ranging, 0 trending).
struct Metric {
  std::optional<double> value;
  std::optional<FailureReason> reason;
  std::optional<double> score;

  bool ok() const { return value.has_value(); }
};

/// Wilder's directional movement, 0 to 100.
struct AdxMetric : Metric {
  std::optional<double> plus_di;
  std::optional<double> minus_di;
  std::optional<double>
      value_3_bars_ago;  ///< the same series three bars earlier, in the same window
  std::optional<double> value_6_bars_ago;
};

/// Ornstein-Uhlenbeck regression; `value` is the half-life in hours.
struct HalfLifeMetric : Metric {
  std::optional<double> b;
  std::optional<double> phi;
  std::optional<double> t_stat;
};

/// Bollinger bands (20, 2); `value` is the bandwidth. The score is that of bandwidth_ratio.
struct BandwidthMetric : Metric {
  std::optional<double> bandwidth_ratio;
  std::optional<double> percent_b;
  std::optional<double> value_6_bars_ago;
};

/// The metrics of one timeframe, and its ATR(14) at the last bar (quote per base; none when
/// unknown).
struct TimeframeMetrics {
  AdxMetric adx;
  Metric efficiency_ratio;
  Metric autocorrelation;
  HalfLifeMetric ou_half_life;
  Metric normalized_slope;
  BandwidthMetric bollinger_bandwidth;
  std::optional<double> atr;

  const Metric& metric(MetricKey key) const;
  Metric& metric(MetricKey key);
  /// Number of metrics that have a score.
  int scored() const;
};

}  // namespace gridexit
