#include "gridexit/decision/increment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gridexit/base/number.hpp"

namespace gridexit::decision {
namespace {

/// Multiples are exact in decimal but not in binary, so the product is written with the increment's
/// digits and read.
double decimal_multiple(double count, double increment) {
  const std::string text = format_number(increment);
  const std::size_t point = text.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : text.size() - point - 1;
  const double product = count * increment;
  return parse_number(fmt::format("{:.{}f}", product, decimals)).value_or(product);
}

/// What a quotient may be off by: 1e-9, or for large ones a few units in the last place.
double noise(double quotient) {
  return std::max(1e-9, std::fabs(quotient) * 1e-15);
}

}  // namespace

double round_down(double value, double increment) {
  if (!(increment > 0)) return value;
  const double quotient = value / increment;
  return decimal_multiple(std::floor(quotient + noise(quotient)), increment);
}

double round_up(double value, double increment) {
  if (!(increment > 0)) return value;
  const double quotient = value / increment;
  return decimal_multiple(std::ceil(quotient - noise(quotient)), increment);
}

}  // namespace gridexit::decision
