#pragma once
// Candle series for tests: from closes, or as a seeded random walk.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "gridexit/domain/candles.hpp"

namespace gridexit::support {

/// Midnight, so that 4h bars made of a series begin with its first bar.
inline constexpr UtcTime kSeriesStart{std::chrono::sys_days{std::chrono::year{2025} / 3 / 1}};

/// Bars whose open is the close before; high and low reach `wick` (a share) beyond open and close.
inline CandleSeries series_of(const std::vector<double>& closes, double wick = 0.0,
                              Seconds step = Hours{1}, UtcTime start = kSeriesStart) {
  CandleSeries series;
  double open = closes.empty() ? 0.0 : closes.front();
  for (std::size_t i = 0; i < closes.size(); ++i) {
    const double close = closes[i];
    series.push_back({start + static_cast<std::int64_t>(i) * step, open,
                      std::max(open, close) * (1.0 + wick), std::min(open, close) / (1.0 + wick),
                      close, 1.0});
    open = close;
  }
  return series;
}

/// Closes of a geometric random walk; the same seed gives the same walk.
inline std::vector<double> walk(std::uint64_t seed, std::size_t count, double sigma = 0.006,
                                double price = 2000.0) {
  std::mt19937_64 random(seed);
  std::vector<double> closes;
  for (std::size_t i = 0; i < count; ++i) {
    // Sum of uniforms instead of normal_distribution, whose algorithm is the library's own affair.
    double normal = -6.0;
    for (int k = 0; k < 12; ++k) normal += static_cast<double>(random() >> 11) * 0x1p-53;
    price *= std::exp(sigma * normal);
    closes.push_back(price);
  }
  return closes;
}

/// The series with all prices multiplied.
inline CandleSeries scaled(CandleView bars, double factor) {
  CandleSeries series;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    Candle bar = bars.at(i);
    for (double* price : {&bar.open, &bar.high, &bar.low, &bar.close}) *price *= factor;
    series.push_back(bar);
  }
  return series;
}

/// The series without bars [first, first + count).
inline CandleSeries without(CandleView bars, std::size_t first, std::size_t count) {
  CandleSeries series;
  series.append(bars.part(0, first));
  series.append(bars.part(first + count, bars.size() - first - count));
  return series;
}

}  // namespace gridexit::support
