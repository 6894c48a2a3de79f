#pragma once
// Numbers as decimal text, without locale. Prices are doubles read by from_chars and written in the
// shortest plain decimal form that reads back equal: lossless up to 15 significant digits, which
// covers every exchange.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gridexit {

/// Prices and amounts lie between these; what does not is a slip, and hundreds of digits long.
inline constexpr double kSmallestAmount = 1e-15;
inline constexpr double kLargestAmount = 1e15;

/// The shortest plain decimal (no exponent) that reads back equal. The value must be finite.
std::string format_number(double value);

/// For people: `decimals` digits after the point, "unknown" for no value.
std::string format_fixed(std::optional<double> value, int decimals);

/// For people: 4 significant digits or so, a price's usual look: 3412.5, 0.0712, 96650.
std::string format_price(double value);

/// The whole text as a finite double (plain or scientific notation); nothing for anything else.
std::optional<double> parse_number(std::string_view text);

/// The whole text as a decimal integer.
std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace gridexit
