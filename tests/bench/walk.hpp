#pragma once
// The market of the benchmarks: a seeded walk, so that the figures need no data.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>

#include "gridexit/domain/candles.hpp"

namespace gridexit::bench {

/// Four years of hours.
inline constexpr std::size_t kFourYears = 35'000;

/// 1h bars from a fixed time on, a multiple of 4 h.
inline CandleSeries walk(std::size_t hours) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> step(0.0, 0.006);
  CandleSeries series;
  double price = 2000.0;
  for (std::size_t i = 0; i < hours; ++i) {
    const double open = price;
    price *= std::exp(step(random));
    const double wick = 1.0 + std::fabs(step(random)) / 2.0;
    series.push_back({UtcTime{Seconds{1'600'000'000 / 14'400 * 14'400}} + Hours{i}, open,
                      std::max(open, price) * wick, std::min(open, price) / wick, price, 1.0});
  }
  return series;
}

}  // namespace gridexit::bench
