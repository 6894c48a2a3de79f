// Bollinger bandwidth now against its median: up to 240 standard deviations of 20 closes each,
// which overlap. Groups of closes are therefore merged by doubling (1, 2, 4, 8, 16, and 16 + 4) for
// all bars at once, each merge adding the squares of both halves and of the distance between them
// (Chan, Golub and LeVeque 1979). Each sum of squares depends on its 20 closes only, never on what
// stands before them; equal closes give exactly 0.

#include <algorithm>
#include <cmath>

#include "formulas.hpp"

namespace gridexit::metrics {
namespace {

constexpr std::size_t kSpan = kBandwidthsMost + kBandCloses - 1;

/// Of the group of closes that starts at each bar: their sum, and the sum of squared distances from
/// their mean. Entries without enough closes after them are never read.
struct Groups {
  std::array<double, kSpan> sum;
  std::array<double, kSpan> squares;
};

/// Makes the first `count` groups of twice the size.
template <std::size_t size>
void merge(const Groups& halves, std::size_t count, Groups& wholes) {
  constexpr double kScale = 1.0 / static_cast<double>(2 * size);
  for (std::size_t i = 0; i < count; ++i) {
    const double apart = halves.sum[i] - halves.sum[i + size];
    wholes.squares[i] = halves.squares[i] + halves.squares[i + size] + apart * apart * kScale;
    wholes.sum[i] = halves.sum[i] + halves.sum[i + size];
  }
}

/// Groups of 20: the first `count` of them.
Groups groups_of_twenty(std::span<const double> closes, std::size_t count) {
  Groups a;
  Groups b;
  Groups fours;
  std::copy(closes.begin(), closes.end(), a.sum.begin());
  std::fill_n(a.squares.begin(), closes.size(), 0.0);
  merge<1>(a, count + 18, b);
  merge<2>(b, count + 16, fours);
  merge<4>(fours, count + 8, b);
  merge<8>(b, count, a);

  constexpr double kScale = 16.0 * 4.0 / 20.0;
  Groups twenties;
  for (std::size_t i = 0; i < count; ++i) {
    const double apart = a.sum[i] / 16.0 - fours.sum[i + 16] / 4.0;
    twenties.squares[i] = a.squares[i] + fours.squares[i + 16] + apart * apart * kScale;
    twenties.sum[i] = a.sum[i] + fours.sum[i + 16];
  }
  return twenties;
}

/// Bandwidth 4·σ/mean from squares/sum² of 20 closes, by which bandwidths can be ranked without
/// taking roots.
double width(double squares_by_sum) {
  return 4.0 * std::sqrt(squares_by_sum * static_cast<double>(kBandCloses));
}

/// Moves the values that `belongs` accepts to the front and counts them; without a branch on the
/// data, which a processor could only guess.
template <class Belongs>
std::size_t gather_front(std::span<double> values, Belongs belongs) {
  std::size_t front = 0;
  for (double& slot : values) {
    const double value = slot;
    slot = values[front];
    values[front] = value;
    front += belongs(value) ? 1U : 0U;
  }
  return front;
}

/// Puts the value that belongs at `wanted` there, with none greater before it (quickselect).
void select(std::span<double> values, std::size_t wanted) {
  while (values.size() > 1) {
    const double a = values.front();
    const double b = values[values.size() / 2];
    const double c = values.back();
    const double pivot = std::max(std::min(a, b), std::min(std::max(a, b), c));
    const std::size_t below = gather_front(values, [pivot](double value) { return value < pivot; });
    if (wanted < below) {
      values = values.first(below);
      continue;
    }
    values = values.subspan(below);
    wanted -= below;
    const std::size_t equal =
        gather_front(values, [pivot](double value) { return value <= pivot; });
    // None equals the pivot that is among them: prices so large that it is not a number.
    if (wanted < equal || equal == 0) return;
    values = values.subspan(equal);
    wanted -= equal;
  }
}

/// The median bandwidth, the mean of the middle two when even; reorders its argument.
double median_width(std::span<double> values) {
  const std::size_t middle = values.size() / 2;
  select(values, middle);
  const double upper = width(values[middle]);
  if (values.size() % 2 == 1) return upper;
  return (width(*std::max_element(values.begin(),
                                  values.begin() + static_cast<std::ptrdiff_t>(middle))) +
          upper) /
         2.0;
}

}  // namespace

BandwidthMetric bandwidth(std::span<const double> closes) {
  const auto used = closes.last(std::min(closes.size(), kSpan));
  const std::size_t count = used.size() - (kBandCloses - 1);
  const Groups twenties = groups_of_twenty(used, count);
  std::array<double, kBandwidthsMost> ranks{};
  for (std::size_t i = 0; i < count; ++i) {
    ranks[i] = twenties.squares[i] / (twenties.sum[i] * twenties.sum[i]);
  }
  const double now = width(ranks[count - 1]);
  const double six_ago = width(ranks[count - 7]);
  const double usual = median_width(std::span{ranks}.first(count));
  if (usual <= 1e-12) return failed<BandwidthMetric>(FailureReason::zero_variance);

  BandwidthMetric metric;
  metric.value = now;
  metric.value_6_bars_ago = six_ago;
  metric.bandwidth_ratio = now / usual;
  const double mean = twenties.sum[count - 1] / static_cast<double>(kBandCloses);
  const double sigma = std::sqrt(twenties.squares[count - 1] / static_cast<double>(kBandCloses));
  if (sigma > 1e-12 * mean) metric.percent_b = (used.back() - (mean - 2.0 * sigma)) / (4.0 * sigma);
  return metric;
}

}  // namespace gridexit::metrics
