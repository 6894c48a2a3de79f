// Bollinger bandwidth now against its median: 240 standard deviations of 20 closes each, which
// overlap. Groups of closes are therefore merged by doubling (1, 2, 4, 8, 16, and 16 + 4) for all
// bars at once, each merge adding the squares of both halves and of the distance between them
// (Chan, Golub and LeVeque 1979). Each sum of squares depends on its 20 closes only, never on what
// stands before them; equal closes give exactly 0.

#include <algorithm>
#include <cmath>

#include "formulas.hpp"

namespace gridexit::metrics {
namespace {

constexpr std::size_t kSpan = kBandwidthsMost + kBandCloses - 1;

/// Of the group of closes that starts at each bar: their sum, and the sum of squared distances from
/// their mean.
struct Groups {
  std::array<double, kSpan> sum{};
  std::array<double, kSpan> squares{};
};

/// Makes groups of 2·size out of groups of size; the last 2·size - 1 entries become meaningless.
template <std::size_t size>
void merge_neighbours(Groups& groups) {
  constexpr double kScale = 1.0 / static_cast<double>(2 * size);
  for (std::size_t i = 0; i + size < kSpan; ++i) {
    const double apart = groups.sum[i] - groups.sum[i + size];
    groups.squares[i] = groups.squares[i] + groups.squares[i + size] + apart * apart * kScale;
    groups.sum[i] = groups.sum[i] + groups.sum[i + size];
  }
}

/// Mean and population standard deviation of the 20 closes that end at each bar.
struct Bands {
  std::array<double, kBandwidthsMost> mean;
  std::array<double, kBandwidthsMost> sigma;
};

Bands bands(std::span<const double> closes) {
  Groups sixteen;
  std::copy(closes.begin(), closes.end(), sixteen.sum.begin());
  merge_neighbours<1>(sixteen);
  merge_neighbours<2>(sixteen);
  const Groups four = sixteen;
  merge_neighbours<4>(sixteen);
  merge_neighbours<8>(sixteen);

  constexpr double kCount = static_cast<double>(kBandCloses);
  constexpr double kScale = 16.0 * 4.0 / kCount;
  Bands result;
  for (std::size_t i = 0; i < kBandwidthsMost; ++i) {
    const double apart = sixteen.sum[i] / 16.0 - four.sum[i + 16] / 4.0;
    const double squares = sixteen.squares[i] + four.squares[i + 16] + apart * apart * kScale;
    result.mean[i] = (sixteen.sum[i] + four.sum[i + 16]) / kCount;
    result.sigma[i] = std::sqrt(squares / kCount);
  }
  return result;
}

/// The middle value, or the mean of the middle two; reorders its argument.
double median(std::span<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2.0;
}

}  // namespace

BandwidthMetric bandwidth(std::span<const double> closes) {
  const auto used = closes.last(std::min(closes.size(), kSpan));
  const std::size_t count = used.size() - (kBandCloses - 1);
  const Bands all = bands(used);
  std::array<double, kBandwidthsMost> widths;
  for (std::size_t i = 0; i < count; ++i) widths[i] = 4.0 * all.sigma[i] / all.mean[i];
  const double now = widths[count - 1];
  const double six_ago = widths[count - 7];
  const double usual = median(std::span{widths}.first(count));
  if (usual <= 1e-12) return failed<BandwidthMetric>(FailureReason::zero_variance);

  BandwidthMetric metric;
  metric.value = now;
  metric.value_6_bars_ago = six_ago;
  metric.bandwidth_ratio = now / usual;
  const double mean = all.mean[count - 1];
  const double sigma = all.sigma[count - 1];
  if (sigma > 1e-12 * mean) metric.percent_b = (used.back() - (mean - 2.0 * sigma)) / (4.0 * sigma);
  return metric;
}

}  // namespace gridexit::metrics
