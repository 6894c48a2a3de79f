#pragma once
// Candle series as contiguous arrays (one per column). A bar is named by its open time; only closed
// bars enter the core; ranges are half-open.

#include <cstddef>
#include <span>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/timeframe.hpp"

namespace gridexit {

/// One bar. Prices in quote per base, volume in base.
struct Candle {
  UtcTime open_time{};
  double open = 0;
  double high = 0;
  double low = 0;
  double close = 0;
  double volume = 0;

  bool operator==(const Candle&) const = default;
};

/// A non-owning look at consecutive bars, oldest first. All spans have the same size.
struct CandleView {
  std::span<const UtcTime> time;
  std::span<const double> open;
  std::span<const double> high;
  std::span<const double> low;
  std::span<const double> close;
  std::span<const double> volume;

  std::size_t size() const { return close.size(); }
  bool empty() const { return close.empty(); }

  /// Bars [first, first + count).
  CandleView part(std::size_t first, std::size_t count) const {
    return {time.subspan(first, count), open.subspan(first, count),  high.subspan(first, count),
            low.subspan(first, count),  close.subspan(first, count), volume.subspan(first, count)};
  }
  /// The last `count` bars, or all when there are fewer.
  CandleView last(std::size_t count) const {
    return count >= size() ? *this : part(size() - count, count);
  }
  Candle at(std::size_t i) const {
    return {time[i], open[i], high[i], low[i], close[i], volume[i]};
  }
};

/// An owning series, struct of arrays.
class CandleSeries {
 public:
  void reserve(std::size_t bars);
  void push_back(const Candle& candle);
  /// Appends all bars of `other`.
  void append(CandleView other);
  void clear();

  std::size_t size() const { return close_.size(); }
  bool empty() const { return close_.empty(); }
  CandleView view() const { return {time_, open_, high_, low_, close_, volume_}; }
  Candle at(std::size_t i) const { return view().at(i); }

  /// Bars whose open time is in [from, to); the series must be ascending.
  CandleView between(UtcTime from, UtcTime to) const;
  /// Bars closed at `at`: open time + bar length <= at; the series must be ascending.
  CandleView closed_at(UtcTime at, Timeframe timeframe) const;

 private:
  std::vector<UtcTime> time_;
  std::vector<double> open_, high_, low_, close_, volume_;
};

/// 4h (or other coarser) bars from finer ones, on UTC multiples of the coarser length: open of the
/// first, highest high, lowest low, close of the last bar present; volumes added. A group whose
/// coarse bar would end after `closed_by` is left out. STRATEGY.md section 0.
CandleSeries aggregate(CandleView finer, Timeframe coarser, UtcTime closed_by);

}  // namespace gridexit
