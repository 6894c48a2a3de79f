// The one predictor of section 4: the distance to the bounds in units of volatility.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "gridexit/exit_state/evaluate.hpp"

namespace gridexit::exit_state {
namespace {

/// An hour's mean true range in units of the hourly standard deviation of a walk.
constexpr double kRangePerSigma = 1.6;

}  // namespace

double touch(double distance, double atr, double close, double hours) {
  if (distance <= 0.0) return 1.0;
  const double sigma = atr / (kRangePerSigma * close) * std::sqrt(hours);
  if (!(sigma > 0.0)) return 0.0;
  return std::erfc(distance / (sigma * std::numbers::sqrt2));
}

BreakProbability break_probability(double close, double lower, double upper,
                                   std::optional<double> atr, double hours) {
  BreakProbability result;
  if (!atr) return result;
  result.lower = touch(std::log(close / lower), *atr, close, hours);
  result.upper = touch(std::log(upper / close), *atr, close, hours);
  result.both = std::min(1.0, *result.lower + *result.upper);
  return result;
}

}  // namespace gridexit::exit_state
