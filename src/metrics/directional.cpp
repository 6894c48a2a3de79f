// Wilder's directional movement and average true range, as TA-Lib defines them (unstable period 0).

#include <algorithm>
#include <cmath>
#include <optional>

#include "formulas.hpp"

namespace gridexit::metrics {
namespace {

constexpr std::size_t kPeriod = 14;
// S - S/14 and (13·A + x)/14 as products: a division in each of four recursions would take most of
// the time.
constexpr double kKeep = 13.0 / 14.0;
constexpr double kTake = 1.0 / 14.0;

/// What one bar adds: movement up, movement down (at most one is above 0), true range.
struct Movement {
  double plus = 0;
  double minus = 0;
  double range = 0;
};

Movement movement(const CandleView& window, std::size_t i) {
  const double up = window.high[i] - window.high[i - 1];
  const double down = window.low[i - 1] - window.low[i];
  const double before = window.close[i - 1];
  const double range = std::max({window.high[i] - window.low[i], std::fabs(window.high[i] - before),
                                 std::fabs(window.low[i] - before)});
  return {up > std::max(down, 0.0) ? up : 0.0, down > std::max(up, 0.0) ? down : 0.0, range};
}

/// The recursion, bar by bar; ready (an ADX exists) after its constructor.
class Wilder {
 public:
  explicit Wilder(const CandleView& window) : window_(window) {
    for (std::size_t i = 1; i < kPeriod; ++i) {
      const Movement bar = movement(window_, i);
      plus_ += bar.plus;
      minus_ += bar.minus;
      range_ += bar.range;
    }
    atr_ = (range_ + movement(window_, kPeriod).range) / static_cast<double>(kPeriod);
    double total = 0;
    for (; next_ < 2 * kPeriod; ++next_) {
      step(next_ > kPeriod);
      total += dx().value_or(0.0);
    }
    adx_ = total / static_cast<double>(kPeriod);
  }

  /// Takes the bars before `end`.
  void advance_to(std::size_t end) {
    for (; next_ < end; ++next_) {
      step(true);
      if (const auto now = dx()) adx_ = adx_ * kKeep + *now * kTake;
    }
  }

  /// None where no bar has had a range.
  std::optional<double> adx() const { return range_ > 0.0 ? std::optional{adx_} : std::nullopt; }
  double plus_di() const { return 100.0 * plus_ / range_; }
  double minus_di() const { return 100.0 * minus_ / range_; }
  double atr() const { return atr_; }

 private:
  void step(bool smooth_atr) {
    const Movement bar = movement(window_, next_);
    plus_ = plus_ * kKeep + bar.plus;
    minus_ = minus_ * kKeep + bar.minus;
    range_ = range_ * kKeep + bar.range;
    if (smooth_atr) atr_ = atr_ * kKeep + bar.range * kTake;
  }

  /// 100·|DI- - DI+|/(DI- + DI+); the true range cancels out.
  std::optional<double> dx() const {
    const double both = plus_ + minus_;
    if (!(range_ > 0.0) || !(both > 0.0)) return std::nullopt;
    return 100.0 * std::fabs(minus_ - plus_) / both;
  }

  CandleView window_;
  std::size_t next_ = kPeriod;
  double plus_ = 0;
  double minus_ = 0;
  double range_ = 0;
  double atr_ = 0;
  double adx_ = 0;
};

}  // namespace

Directional directional(CandleView window) {
  Wilder wilder(window);
  wilder.advance_to(window.size() - 6);
  const auto six_ago = wilder.adx();
  wilder.advance_to(window.size() - 3);
  const auto three_ago = wilder.adx();
  wilder.advance_to(window.size());

  Directional result;
  result.atr = wilder.atr();
  if (!wilder.adx()) {
    result.adx = failed<AdxMetric>(FailureReason::zero_variance);
    return result;
  }
  result.adx.value = wilder.adx();
  result.adx.plus_di = wilder.plus_di();
  result.adx.minus_di = wilder.minus_di();
  result.adx.value_3_bars_ago = three_ago;
  result.adx.value_6_bars_ago = six_ago;
  return result;
}

}  // namespace gridexit::metrics
