#pragma once
// The document `raw_data/{symbol}/{YYYY}/{MM}/{YYYY-MM-DD}.json`: the candles of one UTC day, rows
// only added.

#include <string>

#include "gridexit/domain/candles.hpp"

namespace gridexit {

struct RawDay {
  std::string schema_version = "2.0";
  std::string symbol;
  std::string date;    ///< "2026-02-02"
  std::string source;  ///< "kucoin", "archive", "simulated": a repository holds one kind only
  CandleSeries h1;
  CandleSeries m15;
  CandleSeries m1;  ///< empty until the day is complete
};

}  // namespace gridexit
