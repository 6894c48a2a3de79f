#include "json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace gridexit::dashboard {

Json decimal(std::optional<double> value, int decimals) {
  if (!value || !std::isfinite(*value)) return nullptr;
  std::string text = fmt::format("{:.{}f}", *value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  // Parsing makes 28 an integer and 28.5 a double, which is how they are written again.
  return Json::parse(text);
}

int price_decimals(double price) {
  if (!(price > 0) || !std::isfinite(price)) return 2;
  return std::clamp(5 - static_cast<int>(std::floor(std::log10(price))), 0, 12);
}

Json price(std::optional<double> value) {
  return decimal(value, value ? price_decimals(std::fabs(*value)) : 0);
}

}  // namespace gridexit::dashboard
