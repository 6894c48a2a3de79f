#include "archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <vector>

#include "gridexit/adapters/exchange/candle_file.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::adapters {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> file_of(const fs::path& folder, const Symbol& symbol, Timeframe timeframe) {
  for (const char* ending : {".csv", ".csv.gz"}) {
    fs::path path = folder / fmt::format("{}_{}{}", symbol.text(), to_text(timeframe), ending);
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) return path;
  }
  return std::nullopt;
}

// "ETH-USDT" of "ETH-USDT_1h.csv.gz"; nothing for names that are not the archive's.
std::optional<std::string> symbol_of(std::string_view name) {
  for (const Timeframe timeframe : kTimeframes) {
    for (const std::string_view ending : {".csv", ".csv.gz"}) {
      const std::string tail = fmt::format("_{}{}", to_text(timeframe), ending);
      if (name.size() <= tail.size() || name.substr(name.size() - tail.size()) != tail) continue;
      return std::string(name.substr(0, name.size() - tail.size()));
    }
  }
  return std::nullopt;
}

std::vector<std::string> symbols_in(const fs::path& folder) {
  std::set<std::string> symbols;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    if (auto symbol = symbol_of(entry->path().filename().string())) symbols.insert(*symbol);
  }
  return {symbols.begin(), symbols.end()};
}

// Aggregation needs order; of equal times the first bar counts.
CandleSeries ordered(const CandleSeries& series) {
  std::vector<Candle> bars;
  bars.reserve(series.size());
  for (std::size_t i = 0; i < series.size(); ++i) bars.push_back(series.at(i));
  std::stable_sort(bars.begin(), bars.end(),
                   [](const Candle& a, const Candle& b) { return a.open_time < b.open_time; });
  bars.erase(
      std::unique(bars.begin(), bars.end(),
                  [](const Candle& a, const Candle& b) { return a.open_time == b.open_time; }),
      bars.end());
  CandleSeries result;
  result.reserve(bars.size());
  for (const Candle& bar : bars) result.push_back(bar);
  return result;
}

CandleSeries aggregated(const CandleSeries& finer, Timeframe finer_length, Timeframe timeframe) {
  const CandleSeries bars = ordered(finer);
  if (bars.empty()) return {};
  // A coarse bar that reaches beyond the file's end would be made of a part only.
  const UtcTime end = bars.view().time.back() + length(finer_length);
  return aggregate(bars.view(), timeframe, end);
}

// Decimals after the point, at most 8.
int decimals_of(double price) {
  double scale = 1;
  for (int decimals = 0; decimals < 8; ++decimals, scale *= 10) {
    const double scaled = price * scale;
    if (std::fabs(scaled - std::round(scaled)) <= 1e-9 * std::max(1.0, scaled)) return decimals;
  }
  return 8;
}

}  // namespace

ArchiveExchange::ArchiveExchange(fs::path folder, ports::Clock& clock)
    : folder_(std::move(folder)), clock_(clock) {}

ports::ExchangeInfo ArchiveExchange::info() const {
  return {"archive", false, false};
}

Result<CandleSeries> ArchiveExchange::candles(const Symbol& symbol, Timeframe timeframe,
                                              UtcTime from, UtcTime to) {
  GX_TRY(const CandleSeries* all, series(symbol, timeframe));
  const UtcTime last_open = clock_.now() - length(timeframe);
  const CandleView bars = all->view();
  CandleSeries wanted;
  wanted.reserve(bars.size());
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const UtcTime time = bars.time[i];
    if (time >= from && time < to && time <= last_open) wanted.push_back(bars.at(i));
  }
  return wanted;
}

Result<UtcTime> ArchiveExchange::server_time() {
  return clock_.now();
}

Result<SymbolRules> ArchiveExchange::symbol_rules(const Symbol& symbol) {
  GX_TRY(const CandleSeries* bars, series(symbol, Timeframe::h1));
  constexpr std::size_t kBarsLookedAt = 1000;
  // As of the clock, like everything else: rows appended later change nothing.
  const CandleView recent = bars->closed_at(clock_.now(), Timeframe::h1).last(kBarsLookedAt);
  int decimals = 0;
  for (const auto& column : {recent.high, recent.low, recent.close}) {
    for (const double price : column) decimals = std::max(decimals, decimals_of(price));
  }
  double increment = 1;
  for (int i = 0; i < decimals; ++i) increment /= 10;
  return SymbolRules{increment, 1e-8, 1e-8, 0.1};
}

Result<ports::KeyCheck> ArchiveExchange::check_key() {
  return ports::KeyCheck{false, "an archive of candles has no account"};
}

Result<AccountFigures> ArchiveExchange::account(const Symbol&) {
  return Error{ErrorCode::key_refused, "an archive of candles has no account", "", {}};
}

Result<FillFigures> ArchiveExchange::fills(const Symbol&, UtcTime, UtcTime) {
  return Error{ErrorCode::key_refused, "an archive of candles has no account", "", {}};
}

Result<const CandleSeries*> ArchiveExchange::series(const Symbol& symbol, Timeframe timeframe) {
  const std::pair key{symbol.text(), timeframe};
  auto found = loaded_.find(key);
  if (found == loaded_.end()) {
    GX_TRY(CandleSeries bars, load(symbol, timeframe));
    found = loaded_.emplace(key, std::move(bars)).first;
  }
  return &found->second;
}

Result<CandleSeries> ArchiveExchange::load(const Symbol& symbol, Timeframe timeframe) {
  if (const auto path = file_of(folder_, symbol, timeframe))
    return load_candle_file(path->string());
  for (auto finer = kTimeframes.rbegin(); finer != kTimeframes.rend(); ++finer) {
    if (length(*finer) >= length(timeframe) || !file_of(folder_, symbol, *finer)) continue;
    GX_TRY(const CandleSeries* bars, series(symbol, *finer));
    return aggregated(*bars, *finer, timeframe);
  }
  return nothing_for(symbol, timeframe);
}

Error ArchiveExchange::nothing_for(const Symbol& symbol, Timeframe timeframe) const {
  const auto unavailable = [](std::string message, std::string hint) {
    return Error{ErrorCode::data_unavailable, std::move(message), std::move(hint), {}};
  };
  std::error_code ignored;
  if (!fs::is_directory(folder_, ignored)) {
    return unavailable(fmt::format("there is no folder {}", folder_.string()),
                       "name the folder of the candle files: --exchange archive:DIR");
  }
  const std::vector<std::string> symbols = symbols_in(folder_);
  if (std::find(symbols.begin(), symbols.end(), symbol.text()) != symbols.end()) {
    return unavailable(fmt::format("{} has no {} candles for {} and no finer ones",
                                   folder_.string(), to_text(timeframe), symbol.text()),
                       fmt::format("add {}_{}.csv", symbol.text(), to_text(timeframe)));
  }
  if (symbols.empty()) {
    return unavailable(fmt::format("{} holds no candle files", folder_.string()),
                       fmt::format("add {}_{}.csv", symbol.text(), to_text(timeframe)));
  }
  std::string hint = "there are " + join(symbols, ", ");
  if (const auto meant = nearest(symbol.text(), symbols))
    hint = "did you mean " + *meant + "? " + hint;
  return unavailable(fmt::format("{} has no candles for {}", folder_.string(), symbol.text()),
                     std::move(hint));
}

}  // namespace gridexit::adapters
