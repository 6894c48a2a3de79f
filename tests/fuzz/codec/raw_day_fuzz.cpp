// Candle files: whatever the bytes, reading ends with rows that are sound one by one, or with an
// error.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/raw_day.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gridexit;
  const auto day = codec::read<RawDay>({reinterpret_cast<const char*>(data), size}, "fuzz.json");
  if (!day) {
    if (day.error().code != ErrorCode::document_invalid) std::abort();
    return 0;
  }
  for (const CandleSeries* series : {&day->document.h1, &day->document.m15, &day->document.m1}) {
    for (std::size_t i = 0; i < series->size(); ++i) {
      const Candle bar = series->at(i);
      if (!std::isfinite(bar.high) || bar.open <= 0 || bar.low <= 0 || bar.volume < 0) std::abort();
      if (i > 0 && bar.open_time <= series->at(i - 1).open_time) std::abort();
    }
  }
  if (!codec::problems(day->document).empty()) std::abort();
  return 0;
}
