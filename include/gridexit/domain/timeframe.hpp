#pragma once
// Candle lengths. 1h is primary, 4h confirms, the shorter ones are context only (STRATEGY.md
// section 0).

#include <array>
#include <optional>
#include <string_view>

#include "gridexit/base/time.hpp"

namespace gridexit {

enum class Timeframe { m1, m5, m15, h1, h4 };

inline constexpr std::array kTimeframes{Timeframe::m1, Timeframe::m5, Timeframe::m15, Timeframe::h1,
                                        Timeframe::h4};

/// Bar length.
constexpr Seconds length(Timeframe timeframe) {
  switch (timeframe) {
    case Timeframe::m1: return Seconds{60};
    case Timeframe::m5: return Seconds{300};
    case Timeframe::m15: return Seconds{900};
    case Timeframe::h1: return Seconds{3600};
    case Timeframe::h4: return Seconds{14400};
  }
  return Seconds{0};
}

/// "1m", "5m", "15m", "1h", "4h".
constexpr std::string_view to_text(Timeframe timeframe) {
  switch (timeframe) {
    case Timeframe::m1: return "1m";
    case Timeframe::m5: return "5m";
    case Timeframe::m15: return "15m";
    case Timeframe::h1: return "1h";
    case Timeframe::h4: return "4h";
  }
  return "";
}

/// The start of the bar that holds `time`.
constexpr UtcTime floor_to(UtcTime time, Timeframe timeframe) {
  const auto step = length(timeframe).count();
  const auto seconds = time.time_since_epoch().count();
  const auto past = ((seconds % step) + step) % step;
  return time - Seconds{past};
}

}  // namespace gridexit
