#pragma once
// The simulated market: 15m bars as a function of (seed, symbol, time), from 2024-01-01 on. It
// exists for the demo and for tests; it is no model of real prices and proves nothing about the
// strategy.
//
// Eight phases follow each other for ever, about 33 days a round; lengths and sizes are drawn per
// phase:
//
//   phase   0 range   1 up      2 range   3 crash   4 range   5 up      6 range   7 down
//   length  5-8 d     2-3.5 d   5-8 d     3-5 h     5-8 d     2-3.5 d   5-8 d     1.5-2.5 d
//   move    none      +6..22 %  none      -11..-16% none      +6..22 %  none      -8..-15 %
//
// Ranges revert to their centre with a half-life of 10-20 h; hourly volatility is about 0.6 %,
// varying from day to day. Rises are larger below the symbol's base price and falls above it, so
// that the price stays within a factor of 2 for years. One day in ten has an outage: 2 to 4 whole
// hours without bars, while the price moves on.

#include <cstdint>
#include <string_view>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/symbol.hpp"
#include "random.hpp"

namespace gridexit::adapters {

/// The first bar's open time.
inline constexpr UtcTime kMarketEpoch{Seconds{1'704'067'200}};

/// One symbol's market. Bars are generated once, in order, as far as somebody asked.
class SimulatedMarket {
 public:
  SimulatedMarket(std::uint64_t seed, const Symbol& symbol);

  /// Bars with open time in [from, to), whole bars only, outages left out.
  CandleSeries bars(Timeframe timeframe, UtcTime from, UtcTime to);
  /// Decimals of its prices.
  int decimals() const { return decimals_; }

 private:
  enum class Kind { range, up, down, crash };
  struct Phase {
    Kind kind = Kind::range;
    std::uint64_t bars_left = 0;
    double drift = 0;       ///< log price per bar
    double centre = 0;      ///< log price that a range reverts to
    double reversion = 0;   ///< share of the distance to the centre taken back per bar
    double volatility = 0;  ///< standard deviation of one bar's log return
  };

  void extend(UtcTime to);
  void next_phase();
  Candle next_bar(std::uint64_t index);
  bool in_outage(UtcTime time) const;
  double rounded(double price) const;
  CandleSeries minutes(CandleView quarters) const;

  RandomStream random_;
  double base_log_ = 0;
  int decimals_ = 1;
  double scale_ = 10;  ///< 10^decimals
  std::uint64_t phase_number_ = 0;
  Phase phase_;
  double log_price_ = 0;
  double last_close_ = 0;
  UtcTime generated_to_ = kMarketEpoch;
  CandleSeries quarters_;
};

}  // namespace gridexit::adapters
