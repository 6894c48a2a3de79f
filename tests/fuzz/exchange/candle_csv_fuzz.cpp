// Candle files are strangers' files: whatever the bytes, the parser ends with bars that are sound
// one by one, or with an error that names the place.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gridexit/adapters/exchange/candle_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gridexit;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto series = adapters::parse_candle_csv(text, "fuzz.csv");
  if (!series) {
    if (series.error().code != ErrorCode::data_unusable ||
        series.error().message.rfind("fuzz.csv:", 0) != 0) {
      std::abort();
    }
    return 0;
  }
  for (std::size_t i = 0; i < series->size(); ++i) {
    const Candle bar = series->at(i);
    for (const double price : {bar.open, bar.high, bar.low, bar.close}) {
      if (!std::isfinite(price) || price <= 0) std::abort();
    }
    if (!std::isfinite(bar.volume) || bar.volume < 0) std::abort();
  }
  return 0;
}
