#include "gridexit/domain/candles.hpp"

#include <algorithm>

namespace gridexit {

void CandleSeries::reserve(std::size_t bars) {
  time_.reserve(bars);
  for (auto* column : {&open_, &high_, &low_, &close_, &volume_}) column->reserve(bars);
}

void CandleSeries::push_back(const Candle& candle) {
  time_.push_back(candle.open_time);
  open_.push_back(candle.open);
  high_.push_back(candle.high);
  low_.push_back(candle.low);
  close_.push_back(candle.close);
  volume_.push_back(candle.volume);
}

void CandleSeries::append(CandleView other) {
  time_.insert(time_.end(), other.time.begin(), other.time.end());
  open_.insert(open_.end(), other.open.begin(), other.open.end());
  high_.insert(high_.end(), other.high.begin(), other.high.end());
  low_.insert(low_.end(), other.low.begin(), other.low.end());
  close_.insert(close_.end(), other.close.begin(), other.close.end());
  volume_.insert(volume_.end(), other.volume.begin(), other.volume.end());
}

void CandleSeries::clear() {
  time_.clear();
  for (auto* column : {&open_, &high_, &low_, &close_, &volume_}) column->clear();
}

CandleView CandleSeries::between(UtcTime from, UtcTime to) const {
  const auto first = std::lower_bound(time_.begin(), time_.end(), from) - time_.begin();
  const auto last = std::lower_bound(time_.begin(), time_.end(), to) - time_.begin();
  if (last <= first) return {};
  return view().part(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
}

CandleView CandleSeries::closed_at(UtcTime at, Timeframe timeframe) const {
  const auto last = std::upper_bound(time_.begin(), time_.end(), at - length(timeframe));
  return view().part(0, static_cast<std::size_t>(last - time_.begin()));
}

CandleSeries aggregate(CandleView finer, Timeframe coarser, UtcTime closed_by) {
  CandleSeries series;
  Candle bar;
  bool open = false;
  for (std::size_t i = 0; i < finer.size(); ++i) {
    const UtcTime start = floor_to(finer.time[i], coarser);
    if (start + length(coarser) > closed_by) break;
    if (!open || start != bar.open_time) {
      if (open) series.push_back(bar);
      bar = finer.at(i);
      bar.open_time = start;
      open = true;
      continue;
    }
    bar.high = std::max(bar.high, finer.high[i]);
    bar.low = std::min(bar.low, finer.low[i]);
    bar.close = finer.close[i];
    bar.volume += finer.volume[i];
  }
  if (open) series.push_back(bar);
  return series;
}

}  // namespace gridexit
