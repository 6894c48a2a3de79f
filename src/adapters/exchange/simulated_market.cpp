#include "simulated_market.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gridexit::adapters {
namespace {

// What a stream of numbers is for.
constexpr std::uint64_t kReturns = 0;
constexpr std::uint64_t kWicks = 1;
constexpr std::uint64_t kVolumes = 2;
constexpr std::uint64_t kDays = 3;
constexpr std::uint64_t kOutages = 4;
constexpr std::uint64_t kPhases = 5;
constexpr std::uint64_t kMinutes = 6;

constexpr double kBarsPerDay = 96;
constexpr std::uint64_t kDrawsPerPhase = 8;

double base_price(const Symbol& symbol) {
  const std::string base = symbol.base();
  if (base == "BTC") return 60'000;
  if (base == "ETH") return 2'400;
  if (base == "SOL") return 150;
  return 10;
}

}  // namespace

SimulatedMarket::SimulatedMarket(std::uint64_t seed, const Symbol& symbol)
    : random_(mix(seed) ^ key_of(symbol.text())) {
  const double price = base_price(symbol);
  // Six significant digits, as exchanges do: 60000.0, 2400.00, 10.0000.
  decimals_ = 1;
  double magnitude = price;
  while (magnitude < 10'000) {
    magnitude *= 10;
    ++decimals_;
  }
  scale_ = 1;
  for (int i = 0; i < decimals_; ++i) scale_ *= 10;
  base_log_ = std::log(price);
  log_price_ = base_log_;
  last_close_ = price;
}

CandleSeries SimulatedMarket::bars(Timeframe timeframe, UtcTime from, UtcTime to) {
  from = std::max(from, kMarketEpoch);
  if (to <= from) return {};
  // Whole bars of the asked length around the range; what lies outside is cut off at the end.
  const UtcTime last = floor_to(to - Seconds{1}, timeframe) + length(timeframe);
  extend(last);
  const CandleView quarters =
      quarters_.between(floor_to(floor_to(from, timeframe), Timeframe::m15), last);
  CandleSeries all;
  if (length(timeframe) < length(Timeframe::m15)) {
    all = aggregate(minutes(quarters).view(), timeframe, last);
  } else {
    all = aggregate(quarters, timeframe, last);
  }
  CandleSeries wanted;
  wanted.append(all.between(from, to));
  return wanted;
}

void SimulatedMarket::extend(UtcTime to) {
  constexpr Seconds step = length(Timeframe::m15);
  if (to > generated_to_) {
    quarters_.reserve(static_cast<std::size_t>((to - kMarketEpoch) / step) + 1);
  }
  for (; generated_to_ < to; generated_to_ += step) {
    const auto index = static_cast<std::uint64_t>((generated_to_ - kMarketEpoch) / step);
    const Candle bar = next_bar(index);
    if (!in_outage(bar.open_time)) quarters_.push_back(bar);
  }
}

void SimulatedMarket::next_phase() {
  constexpr std::array kRound{Kind::range, Kind::up, Kind::range, Kind::crash,
                              Kind::range, Kind::up, Kind::range, Kind::down};
  const RandomStream draws = random_.fork(kPhases);
  const std::uint64_t first = phase_number_ * kDrawsPerPhase;
  const bool after_crash = phase_.kind == Kind::crash;
  const double deviation = log_price_ - base_log_;
  Phase next;
  next.kind = kRound[phase_number_ % kRound.size()];
  double days = 0;
  double move = 0;
  switch (next.kind) {
    case Kind::range:
      days = draws.between(first, 5, 8);
      // A fall is partly taken back at once.
      next.centre = log_price_ + (after_crash ? 0.03 : 0.0);
      next.reversion = std::log(2.0) / (4 * draws.between(first + 1, 10, 20));
      next.volatility = 0.0030 * draws.between(first + 2, 0.85, 1.15);
      break;
    case Kind::up:
      days = draws.between(first, 2, 3.5);
      move = std::clamp(0.13 + draws.between(first + 1, -0.02, 0.02) - 0.5 * deviation, 0.06, 0.22);
      next.volatility = 0.0026;
      break;
    case Kind::down:
      days = draws.between(first, 1.5, 2.5);
      move =
          -std::clamp(0.11 + draws.between(first + 1, -0.02, 0.02) + 0.3 * deviation, 0.08, 0.15);
      next.volatility = 0.0028;
      break;
    case Kind::crash:
      days = draws.between(first, 3, 5) / 24;
      move = -draws.between(first + 1, 0.11, 0.16);
      next.volatility = 0.0045;
      break;
  }
  next.bars_left = static_cast<std::uint64_t>(days * kBarsPerDay) + 1;
  next.drift = move / static_cast<double>(next.bars_left);
  phase_ = next;
  ++phase_number_;
}

Candle SimulatedMarket::next_bar(std::uint64_t index) {
  if (phase_.bars_left == 0) next_phase();
  --phase_.bars_left;
  const double day_factor = random_.fork(kDays).between(index / 96, 0.75, 1.25);
  const double volatility = phase_.volatility * day_factor;
  const double change = phase_.drift + phase_.reversion * (phase_.centre - log_price_) +
                        volatility * random_.fork(kReturns).normal(index);
  log_price_ += change;

  const RandomStream wicks = random_.fork(kWicks);
  Candle bar;
  bar.open_time = kMarketEpoch + static_cast<std::int64_t>(index) * length(Timeframe::m15);
  bar.open = last_close_;
  bar.close = rounded(std::exp(log_price_));
  const double up = 0.5 * volatility * wicks.uniform(2 * index);
  const double down = 0.5 * volatility * wicks.uniform(2 * index + 1);
  bar.high = std::max({bar.open, bar.close, rounded(std::max(bar.open, bar.close) * (1 + up))});
  bar.low = std::min({bar.open, bar.close, rounded(std::min(bar.open, bar.close) * (1 - down))});
  // About the same money in every market, more when the price moves.
  const double busy = 0.4 + random_.fork(kVolumes).uniform(index) + 250 * std::fabs(change);
  bar.volume = std::round(busy * 2e5 / bar.close * 1e6) / 1e6;
  last_close_ = bar.close;
  return bar;
}

bool SimulatedMarket::in_outage(UtcTime time) const {
  const auto day = static_cast<std::uint64_t>((time - kMarketEpoch) / Hours{24});
  const RandomStream draws = random_.fork(kOutages);
  if (draws.uniform(3 * day) >= 0.1) return false;
  const auto begin = static_cast<std::int64_t>(draws.between(3 * day + 1, 1, 20));
  const auto hours = static_cast<std::int64_t>(draws.between(3 * day + 2, 2, 5));
  const auto hour = (time - floor_day(time)) / Hours{1};
  return hour >= begin && hour < begin + hours;
}

double SimulatedMarket::rounded(double price) const {
  return std::round(price * scale_) / scale_;
}

// Fifteen minutes that add up to exactly the given bar: straight from the open to one extreme, to
// the other, to the close, in the order that STRATEGY.md section 9 assumes within a bar.
CandleSeries SimulatedMarket::minutes(CandleView quarters) const {
  CandleSeries series;
  series.reserve(quarters.size() * 15);
  const RandomStream draws = random_.fork(kMinutes);
  for (std::size_t i = 0; i < quarters.size(); ++i) {
    const Candle bar = quarters.at(i);
    const auto index = static_cast<std::uint64_t>((bar.open_time - kMarketEpoch) / Seconds{900});
    const bool rising = bar.close >= bar.open;
    const std::array<double, 4> prices{bar.open, rising ? bar.low : bar.high,
                                       rising ? bar.high : bar.low, bar.close};
    const int first_turn = 2 + static_cast<int>(draws.uniform(2 * index) * 5);
    const int second_turn = 8 + static_cast<int>(draws.uniform(2 * index + 1) * 5);
    const std::array<int, 4> turns{0, first_turn, second_turn, 15};
    double price = bar.open;
    for (int minute = 1; minute <= 15; ++minute) {
      const std::size_t leg = minute <= turns[1] ? 0 : minute <= turns[2] ? 1 : 2;
      const double part = static_cast<double>(minute - turns[leg]) / (turns[leg + 1] - turns[leg]);
      const double target = minute == turns[leg + 1]
                                ? prices[leg + 1]
                                : rounded(prices[leg] + part * (prices[leg + 1] - prices[leg]));
      series.push_back({bar.open_time + Seconds{60 * (minute - 1)}, price, std::max(price, target),
                        std::min(price, target), target, bar.volume / 15});
      price = target;
    }
  }
  return series;
}

}  // namespace gridexit::adapters
