// One hour after the other on candles that something went wrong with: the record is a valid
// document that reads back the same and its page fits, or the error says that the data are
// unusable.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "fuzz/demand.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/dashboard/page.hpp"
#include "support/operation.hpp"

namespace {

using namespace gridexit;
using fuzz::demand;

constexpr std::size_t kBars = 340;
constexpr UtcTime kFirst{Hours{482'000}};

// A market without surprises, to which the input brings them.
std::vector<Candle> calm_market() {
  std::vector<Candle> bars;
  double close = 2000;
  for (std::size_t i = 0; i < kBars; ++i) {
    const auto x = static_cast<double>(i);
    const double open = close;
    close = 2000 * (1 + 0.02 * std::sin(x / 7) + 0.004 * std::sin(x * 2.3));
    bars.push_back({kFirst + Hours{i}, open, std::max(open, close) * 1.002,
                    std::min(open, close) * 0.998, close, 10 + 5 * std::sin(x)});
  }
  return bars;
}

// Four bytes are one change: what, where (from the newest back), and how much.
void change(std::vector<Candle>& bars, const std::uint8_t* bytes) {
  constexpr std::array kOdd{0.0,
                            -1.0,
                            1e-300,
                            1e300,
                            std::numeric_limits<double>::infinity(),
                            std::numeric_limits<double>::quiet_NaN()};
  const std::size_t back = bytes[1] + 256U * (bytes[2] & 1U);
  if (back >= bars.size()) return;
  const std::size_t place = bars.size() - 1 - back;
  Candle& bar = bars[place];
  const double factor = std::exp((bytes[3] - 128) / 64.0);
  switch (bytes[0] % 10) {
    case 0: bar.close *= factor; break;
    case 1: bar.high *= factor; break;
    case 2: bar.low *= factor; break;
    case 3: bar.close = kOdd[bytes[3] % kOdd.size()]; break;
    case 4: bar.volume = kOdd[bytes[3] % kOdd.size()]; break;
    case 5: bar.open_time += Seconds{(bytes[3] - 128) * 900}; break;
    case 6: std::swap(bar, bars[bytes[3] % bars.size()]); break;
    case 7: bars.insert(bars.begin() + static_cast<std::ptrdiff_t>(place), bar); break;
    case 8:
      bars.erase(bars.begin() + static_cast<std::ptrdiff_t>(place),
                 bars.begin() +
                     static_cast<std::ptrdiff_t>(std::min(bars.size(), place + 1 + bytes[3] % 16)));
      break;
    default:
      for (std::size_t i = place; i < bars.size(); ++i) {
        Candle& later = bars[i];
        for (double* price : {&later.open, &later.high, &later.low, &later.close}) *price *= factor;
      }
  }
}

template <class Document>
void demand_valid(const Document& document) {
  demand(codec::problems(document).empty());
  const std::string text = codec::write(document);
  const auto again = codec::read<Document>(text, "again");
  demand(again && codec::write(again->document) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<Candle> bars = calm_market();
  const std::size_t changes = std::min<std::size_t>(size / 4, 24);
  for (std::size_t i = 0; i < changes; ++i) change(bars, data + 4 * i);
  CandleSeries series;
  for (const Candle& bar : bars) series.push_back(bar);

  testing::Operation operation(series);
  const UtcTime end = kFirst + Hours{kBars};
  if (size % 4 != 0) {
    operation.start_grid(end - Hours{30}, 1900, 2100,
                         size % 4 == 1 ? std::nullopt : std::optional{1850.0});
  }
  for (UtcTime at = end - Hours{2}; at <= end; at += Hours{1}) {
    const auto outcome = operation.evaluate(at);
    if (!outcome) {
      demand(outcome.error().code == ErrorCode::data_unusable);
      continue;
    }
    const MetricsRecord& record = outcome->record;
    demand(record.confidence.value >= 0 && record.confidence.value <= 1);
    demand_valid(record);
    if (outcome->decision) demand_valid(*outcome->decision);
    const std::array history{record};
    demand(
        dashboard::render_page({.record = record, .history = history, .candles_1h = {}}).size() <=
        dashboard::kPageBytes);
  }
  return 0;
}
