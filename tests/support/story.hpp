#pragma once
// Made-up markets for tests: a story told in stretches (range, drift, crash, outage), deterministic
// for a seed.

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "gridexit/domain/candles.hpp"

namespace gridexit::testing {

/// Builds 1h bars stretch by stretch. Prices in quote per base.
class Story {
 public:
  Story(UtcTime start, double price, std::uint64_t seed = 1)
      : next_(start), price_(price), random_(seed) {}

  /// Noise around `centre`, pulled back to it; `sigma` is the hourly noise as a share of the price.
  Story& range(int hours, double centre, double sigma = 0.004) {
    for (int i = 0; i < hours; ++i) step(price_ + 0.12 * (centre - price_), sigma);
    return *this;
  }
  /// A straight way to `target` with noise.
  Story& drift(int hours, double target, double sigma = 0.003) {
    for (int i = 0; i < hours; ++i) step(price_ + (target - price_) / (hours - i), sigma);
    return *this;
  }
  /// One bar from here to `target`, without noise.
  Story& jump(double target) {
    step(target, 0);
    return *this;
  }
  /// No bars at all.
  Story& outage(int hours) {
    next_ += Hours{hours};
    return *this;
  }

  /// Where the story has got to: the end of the last bar.
  UtcTime now() const { return next_; }
  double price() const { return price_; }
  const CandleSeries& bars() const { return bars_; }

 private:
  void step(double target, double sigma) {
    const double open = price_;
    const double close = target * (1 + sigma * noise());
    const double high = std::max(open, close) * (1 + 0.5 * sigma * std::fabs(noise()));
    const double low = std::min(open, close) * (1 - 0.5 * sigma * std::fabs(noise()));
    bars_.push_back({next_, open, high, low, close, 10});
    price_ = close;
    next_ += Hours{1};
  }

  // Roughly normal, by summing uniforms: the same bits on every machine.
  double noise() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(next_random() >> 11) * 0x1.0p-53;
    return sum;
  }
  // SplitMix64.
  std::uint64_t next_random() {
    std::uint64_t z = (random_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  UtcTime next_;
  double price_;
  std::uint64_t random_;
  CandleSeries bars_;
};

}  // namespace gridexit::testing
