#include "gridexit/kpi/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

namespace gridexit::kpi {

std::optional<Interval> wilson(int hits, int count) {
  if (count <= 0) return std::nullopt;
  constexpr double z = 1.959963984540054;
  const double n = count;
  const double share = hits / n;
  const double centre = share + z * z / (2 * n);
  const double spread = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return Interval{.low = std::max(0.0, (centre - spread) / scale),
                  .high = std::min(1.0, (centre + spread) / scale)};
}

std::optional<double> quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::nullopt;
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::ptrdiff_t>(std::floor(place));
  const auto lower = values.begin() + below;
  std::nth_element(values.begin(), lower, values.end());
  if (std::next(lower) == values.end()) return *lower;
  const double upper = *std::min_element(std::next(lower), values.end());
  return *lower + (place - static_cast<double>(below)) * (upper - *lower);
}

std::optional<Interval> bootstrap(std::size_t groups, const Resampled& figure,
                                  const BootstrapOptions& options) {
  if (groups < 2) return std::nullopt;
  std::mt19937_64 random(options.seed);
  std::vector<std::size_t> drawn(groups);
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(options.resamples));
  for (int i = 0; i < options.resamples; ++i) {
    // The remainder's bias is below 1e-15 here, and unlike a distribution it is the same with every
    // library.
    std::generate(drawn.begin(), drawn.end(), [&] { return random() % groups; });
    if (const auto value = figure(drawn)) values.push_back(*value);
  }
  if (2 * values.size() <= static_cast<std::size_t>(options.resamples)) return std::nullopt;
  const auto low = quantile(values, 0.025);
  const auto high = quantile(std::move(values), 0.975);
  return Interval{.low = *low, .high = *high};
}

}  // namespace gridexit::kpi
