#include "app/backtest/checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/backtest/lookahead.hpp"
#include "gridexit/backtest/recorded.hpp"

namespace gridexit::app {
namespace {

// Hours at which --check-lookahead cuts the future off.
constexpr int kCuts = 24;

/// A market's candles, and how its track is made of them.
struct Checked {
  const backtest::Track& track;
  CandleView candles;
  backtest::TrackFactory make;
};

std::vector<Checked> checked_markets(const Material& material) {
  std::vector<Checked> markets;
  for (std::size_t i = 0; i < material.tracks.size(); ++i) {
    const backtest::Track& track = material.tracks[i];
    const DataRules& data = material.rules.data;
    if (material.recorded.empty()) {
      markets.push_back({track, track.bars.view(), [&track, &data](CandleView bars) {
                           return backtest::make_track(track.symbol, bars, data);
                         }});
    } else {
      const pipeline::RecordedMarket& market = material.recorded[i];
      markets.push_back({track, market.delivered.view(), [&track, &market, &data](CandleView bars) {
                           return backtest::recompute_track(track.symbol, bars, market.first_record,
                                                            data);
                         }});
    }
  }
  return markets;
}

Value to_value(const Checked& market, const backtest::Difference& difference) {
  Value value = Value::object();
  value.set("symbol", market.track.symbol).set("cut", format_utc(difference.cut));
  return value.set("what", difference.what);
}

/// One check over all markets.
class Check {
 public:
  Check(const Material& material, Output& output)
      : markets_(checked_markets(material)), output_(output) {}

  template <class Repeat>
  Value run(const std::string& name, const Repeat& repeat) {
    Value list = Value::array();
    for (const Checked& market : markets_) {
      output_.progress(name + ": " + market.track.symbol);
      for (const backtest::Difference& difference : repeat(market)) {
        ++differences_;
        output_.warn(fmt::format("{}: cut at {}: {}", market.track.symbol,
                                 format_hour(difference.cut), difference.what));
        list.add(to_value(market, difference));
      }
    }
    output_.progress("");
    return list;
  }

  /// Markets with at least so many candles: the others have nothing to compare.
  int long_enough(std::size_t candles) const {
    return static_cast<int>(std::count_if(
        markets_.begin(), markets_.end(),
        [candles](const Checked& market) { return market.candles.size() > candles; }));
  }
  std::string of_markets(std::size_t candles) const {
    const int count = long_enough(candles);
    if (count == 0) return "not enough data: ";
    return fmt::format("{} of {} markets long enough: ", count, markets_.size());
  }
  int differences() const { return differences_; }

 private:
  std::vector<Checked> markets_;
  Output& output_;
  int differences_ = 0;
};

}  // namespace

ExitCode check_backtest(const BacktestOptions& options, const Material& material, Output& output) {
  Check check(material, output);
  const std::size_t first = options.harness.first_bar;
  Value value = Value::object();
  std::string text;
  if (options.check_lookahead) {
    value.set("cuts", kCuts).set("markets", check.long_enough(first));
    value.set("differences", check.run("looking for the future", [&](const Checked& market) {
      return backtest::check_lookahead(market.candles, market.make, material.rules, options.harness,
                                       kCuts);
    }));
    text += fmt::format("{}future cut off at {} hours of each market: {} differences\n",
                        check.of_markets(first), kCuts, check.differences());
  }
  const int before = check.differences();
  if (options.check_warm_up) {
    value.set("warm_up_markets", check.long_enough(2 * first));
    value.set("warm_up_differences", check.run("leaving out the start", [&](const Checked& market) {
      return backtest::check_warm_up(market.candles, market.make, material.rules, options.harness);
    }));
    text += fmt::format("{}first {} days left out, as many more to warm up: {} differences\n",
                        check.of_markets(2 * first), first / 24, check.differences() - before);
  }
  if (output.is_text()) {
    output.print(text);
  } else {
    output.print_tree(value);
  }
  return check.differences() == 0 ? ExitCode::done : ExitCode::check_failed;
}

}  // namespace gridexit::app
