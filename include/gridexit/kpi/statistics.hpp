#pragma once
// The few statistics behind the KPIs. Deterministic: the bootstrap's seed is fixed.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace gridexit::kpi {

/// A 95 % interval.
struct Interval {
  double low = 0;
  double high = 0;
};

/// Wilson's score interval of `hits` of `count`; none for a count of 0. 8 of 10: 0.490 to 0.943.
std::optional<Interval> wilson(int hits, int count);

/// The `share` quantile (0.5: median), linear between the two nearest values; none without values.
std::optional<double> quantile(std::vector<double> values, double share);

struct BootstrapOptions {
  int resamples = 1000;
  std::uint64_t seed = 20170801;
};

/// A figure computed from the groups drawn, by index, some of them several times; none where it has
/// no value.
using Resampled = std::function<std::optional<double>(std::span<const std::size_t>)>;

/// Percentile bootstrap: 2.5 % to 97.5 % of the figure over resamples of `groups` whole groups,
/// drawn with replacement. None for fewer than 2 groups, or when the figure has no value in half of
/// the resamples or more.
std::optional<Interval> bootstrap(std::size_t groups, const Resampled& figure,
                                  const BootstrapOptions& options);

}  // namespace gridexit::kpi
