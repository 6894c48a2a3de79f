#pragma once
// Numbers for a page's data block: rounded to what a chart or a table shows, since pages are kept
// for every hour.

#include <nlohmann/json.hpp>
#include <optional>

namespace gridexit::dashboard {

/// Keys stay in the order in which they were set: the same inputs give the same bytes.
using Json = nlohmann::ordered_json;

/// The value with at most `decimals` digits after the point, or null.
Json decimal(std::optional<double> value, int decimals);

/// A price with 6 significant digits, or null.
Json price(std::optional<double> value);

/// Digits after the point that 6 significant ones leave for prices of this size.
int price_decimals(double price);

}  // namespace gridexit::dashboard
