#include "gridexit/adapters/exchange/candle_file.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <memory>

#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::adapters {
namespace {

constexpr std::string_view kHeader = "time,open,high,low,close,volume,turnover";
constexpr std::array<std::string_view, 7> kColumns{"time",  "open",   "high",    "low",
                                                   "close", "volume", "turnover"};
constexpr std::size_t kTextMaxBytes = std::size_t{512} * 1024 * 1024;
constexpr std::int64_t kTimeMax = 253'402'300'799;  // the end of the year 9999

// A row's place, for errors.
struct Place {
  std::string_view file;
  std::size_t line = 0;
};

// A value as it may be shown: short, and without control characters.
std::string shown(std::string_view value) {
  std::string text(value.substr(0, 40));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return value.size() > 40 ? text + "..." : text;
}

Error unusable(Place place, std::string problem, std::string remedy) {
  return Error{ErrorCode::data_unusable,
               fmt::format("{}:{}: {}", place.file, place.line, problem),
               std::move(remedy),
               {}};
}

Error bad_value(Place place, std::size_t column, std::string_view value, std::string_view rule) {
  return unusable(place, fmt::format("{} \"{}\" {}", kColumns[column], shown(value), rule),
                  "mend the row or download the file again");
}

// Splits a row into exactly seven fields.
bool split_row(std::string_view row, std::array<std::string_view, 7>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::size_t comma = row.find(',');
    const bool last = i + 1 == fields.size();
    if ((comma == std::string_view::npos) != last) return false;
    fields[i] = row.substr(0, comma);
    if (!last) row.remove_prefix(comma + 1);
  }
  return true;
}

Result<Candle> parse_row(std::string_view row, Place place) {
  std::array<std::string_view, 7> fields;
  if (!split_row(row, fields)) {
    return unusable(place, fmt::format("\"{}\" does not have 7 columns", shown(row)),
                    fmt::format("write {}; turnover may be empty", kHeader));
  }
  const auto time = parse_integer(fields[0]);
  if (!time || *time < 0 || *time > kTimeMax) {
    return bad_value(place, 0, fields[0], "is not a time in unix seconds");
  }
  Candle candle;
  candle.open_time = UtcTime{Seconds{*time}};
  const std::array<double*, 4> prices{&candle.open, &candle.high, &candle.low, &candle.close};
  for (std::size_t i = 0; i < prices.size(); ++i) {
    const auto price = parse_number(fields[i + 1]);
    if (!price || *price <= 0) {
      return bad_value(place, i + 1, fields[i + 1], "is not a positive finite price");
    }
    *prices[i] = *price;
  }
  const auto volume = parse_number(fields[5]);
  if (!volume || *volume < 0) {
    return bad_value(place, 5, fields[5], "is not a finite volume of 0 or more");
  }
  candle.volume = *volume;
  if (!fields[6].empty() && !parse_number(fields[6])) {
    return bad_value(place, 6, fields[6], "is neither empty nor a finite number");
  }
  return candle;
}

struct GzipClose {
  void operator()(gzFile file) const { gzclose_r(file); }
};
using GzipFile = std::unique_ptr<std::remove_pointer_t<gzFile>, GzipClose>;

// zlib passes plain files through, so one reader serves both forms.
Result<std::string> read_text(const std::string& path) {
  const GzipFile file(gzopen(path.c_str(), "rb"));
  if (!file) {
    return Error{ErrorCode::data_unavailable,
                 path + " cannot be opened",
                 "check the path and its permissions",
                 {}};
  }
  gzbuffer(file.get(), 128 * 1024);
  std::string text;
  std::array<char, std::size_t{64} * 1024> chunk;
  int count = 0;
  while ((count = gzread(file.get(), chunk.data(), static_cast<unsigned>(chunk.size()))) > 0) {
    text.append(chunk.data(), static_cast<std::size_t>(count));
    if (text.size() > kTextMaxBytes) {
      return Error{ErrorCode::data_unusable,
                   path + ": more than 512 MB when decompressed",
                   "split the file",
                   {}};
    }
  }
  // A cut stream reads like an early end of file; only the error state tells.
  int state = Z_OK;
  gzerror(file.get(), &state);
  if (count < 0 || state == Z_BUF_ERROR) {
    return Error{ErrorCode::data_unusable,
                 path + ": the compressed data are cut or damaged",
                 "download the file again",
                 {}};
  }
  return text;
}

}  // namespace

Result<CandleSeries> parse_candle_csv(std::string_view text, std::string_view file) {
  CandleSeries series;
  // A row of KuCoin's has about 50 characters.
  series.reserve(text.size() / 48);
  Place place{file, 0};
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    ++place.line;
    if (place.line == 1) {
      if (row == kHeader) continue;
      return unusable(place, fmt::format("the header is \"{}\"", shown(row)),
                      fmt::format("the first line must be {}", kHeader));
    }
    GX_TRY(const Candle candle, parse_row(row, place));
    series.push_back(candle);
  }
  if (place.line == 0) {
    return unusable({file, 1}, "the file is empty",
                    fmt::format("the first line must be {}", kHeader));
  }
  return series;
}

Result<CandleSeries> load_candle_file(const std::string& path) {
  GX_TRY(const std::string text, read_text(path));
  return parse_candle_csv(text, path);
}

}  // namespace gridexit::adapters
