#include "gridexit/pipeline/recorded_market.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "gridexit/backtest/recorded.hpp"
#include "gridexit/base/parallel.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::pipeline {
namespace {

/// Where one symbol's documents are, each list oldest first: present paths sort as dates do.
struct Places {
  std::vector<ports::FileChange> raw_days;
  std::vector<std::pair<UtcTime, ports::FileChange>> records;
  std::vector<ports::FileChange> exit_days;
};

class Reader {
 public:
  Reader(MetricsFrom from, const DataRules& rules) : from_(from), rules_(rules) {}

  Result<void> find(ports::History& history, std::string_view commit) {
    GX_TRY(const auto files, history.changes("", commit, {"config", "dashboards", "kpis"}));
    // Both layouts by their present path, which brings them into one order. The flat path sorts
    // first, so that the document which goes on from it takes its place.
    std::map<std::string, ports::FileChange> documents;
    for (const ports::FileChange& file : files)
      documents.insert_or_assign(paths::dated(file.path), file);
    for (const auto& [path, file] : documents) place(file);
    return {};
  }

  std::vector<std::string> symbols() const {
    std::vector<std::string> names;
    for (const auto& [symbol, places] : places_) {
      if (!places.records.empty()) names.push_back(symbol);
    }
    return names;
  }

  Result<RecordedMarket> market(ports::History& history, const std::string& symbol) const {
    const Places& places = places_.at(symbol);
    RecordedMarket market;
    CandleSeries& bars = market.delivered;
    market.first_record = places.records.front().first;
    for (const ports::FileChange& file : places.raw_days) {
      GX_TRY(const RawDay day, read<RawDay>(history, file));
      market.simulated = market.simulated || day.source == "simulated";
      bars.append(day.h1.view());
    }
    if (from_ == MetricsFrom::candles) {
      market.track = backtest::recompute_track(symbol, bars.view(), market.first_record, rules_);
    } else {
      GX_TRY(market.track, recorded_track(history, symbol, bars.view(), places));
    }
    for (const ports::FileChange& file : places.exit_days) {
      GX_TRY(const ExitStateDay day, read<ExitStateDay>(history, file));
      market.transitions.insert(market.transitions.end(), day.transitions.begin(),
                                day.transitions.end());
      market.notified.insert(market.notified.end(), day.notified.begin(), day.notified.end());
    }
    return market;
  }

  /// The answered decisions of all symbols.
  Result<std::vector<DecisionRecord>> answered(ports::History& history) const {
    std::vector<DecisionRecord> decisions;
    for (const ports::FileChange& file : decisions_) {
      GX_TRY(DecisionRecord decision, read<DecisionRecord>(history, file));
      if (!decision.action_records.empty()) decisions.push_back(std::move(decision));
    }
    std::sort(decisions.begin(), decisions.end(), [](const auto& a, const auto& b) {
      return std::tie(a.created_at, a.decision_id) < std::tie(b.created_at, b.decision_id);
    });
    return decisions;
  }

  /// The grids of all symbols.
  Result<std::vector<Grid>> grids(ports::History& history) const {
    std::vector<Grid> grids;
    for (const ports::FileChange& file : grids_) {
      GX_TRY(Grid grid, read<Grid>(history, file));
      grids.push_back(std::move(grid));
    }
    return grids;
  }

 private:
  void place(const ports::FileChange& file) {
    const auto parts = split(file.path, '/');
    if (parts.size() == 2 && parts[0] == "grids") grids_.push_back(file);
    if (parts.size() < 3) return;
    if (parts[0] == "decisions") decisions_.push_back(file);
    if (parts[0] == "raw_data") places_[std::string(parts[1])].raw_days.push_back(file);
    if (parts[0] == "exit_states") places_[std::string(parts[1])].exit_days.push_back(file);
    if (parts[0] != "metrics") return;
    if (const auto hour = paths::hour_of_metrics_name(parts.back()))
      places_[std::string(parts[1])].records.emplace_back(*hour, file);
  }

  template <class Document>
  static Result<Document> read(ports::History& history, const ports::FileChange& file) {
    GX_TRY(const std::string text, history.content(file.after));
    GX_TRY(auto document, codec::read<Document>(text, file.path));
    return std::move(document.document);
  }

  static Result<backtest::Track> recorded_track(ports::History& history, const std::string& symbol,
                                                CandleView bars, const Places& places) {
    backtest::TrackRecorder recorder(symbol, bars);
    for (const auto& [hour, file] : places.records) {
      GX_TRY(const MetricsRecord record, read<MetricsRecord>(history, file));
      recorder.add(record.timestamp, record.h1, record.h4);
    }
    return std::move(recorder).finish();
  }

  MetricsFrom from_;
  const DataRules& rules_;
  std::map<std::string, Places> places_;
  std::vector<ports::FileChange> decisions_;
  std::vector<ports::FileChange> grids_;
};

/// Those about this symbol, in their order.
template <class Document>
std::vector<Document> of_symbol(const std::vector<Document>& documents, const std::string& symbol) {
  std::vector<Document> found;
  std::copy_if(documents.begin(), documents.end(), std::back_inserter(found),
               [&symbol](const Document& document) { return document.symbol == symbol; });
  return found;
}

/// Nothing when all these symbols have records.
std::optional<Error> missing(const std::vector<std::string>& symbols,
                             const std::vector<std::string>& known) {
  const std::string remedy = known.empty() ? "record some with gridexit backfill --evaluate"
                                           : "there are records of " + join(known, ", ");
  for (const std::string& symbol : symbols) {
    if (std::find(known.begin(), known.end(), symbol) == known.end())
      return Error{ErrorCode::not_found, "there are no records of " + symbol, remedy, {}};
  }
  if (!known.empty()) return std::nullopt;
  return Error{ErrorCode::not_found, "this repository has no records yet", remedy, {}};
}

Result<std::vector<RecordedMarket>> read_markets(const Reader& reader, ports::History& history,
                                                 const std::vector<std::string>& symbols,
                                                 unsigned threads) {
  std::vector<std::optional<Result<RecordedMarket>>> read(symbols.size());
  const bool alone = threads < 2 || symbols.size() < 2;
  for_each_index(symbols.size(), alone ? 1 : threads, [&](std::size_t i) {
    if (alone) {
      read[i] = reader.market(history, symbols[i]);
      return;
    }
    const auto own = history.reopen();
    read[i] = own ? reader.market(**own, symbols[i]) : Result<RecordedMarket>(own.error());
  });
  std::vector<RecordedMarket> markets;
  for (auto& market : read) {
    GX_TRY(auto known, *std::move(market));
    markets.push_back(std::move(known));
  }
  return markets;
}

}  // namespace

Result<std::vector<RecordedMarket>> recorded_markets(ports::History& history,
                                                     std::string_view commit,
                                                     const std::vector<std::string>& symbols,
                                                     MetricsFrom from, const DataRules& rules,
                                                     unsigned threads) {
  Reader reader(from, rules);
  GX_CHECK(reader.find(history, commit));
  const std::vector<std::string> known = reader.symbols();
  if (const auto error = missing(symbols, known)) return *error;
  std::vector<std::string> wanted;
  std::copy_if(known.begin(), known.end(), std::back_inserter(wanted),
               [&symbols](const std::string& symbol) {
                 return symbols.empty() ||
                        std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
               });
  GX_TRY(const auto answered, reader.answered(history));
  GX_TRY(const auto grids, reader.grids(history));
  GX_TRY(auto markets, read_markets(reader, history, wanted, threads));
  for (std::size_t i = 0; i < markets.size(); ++i) {
    markets[i].decisions = of_symbol(answered, wanted[i]);
    markets[i].grids = of_symbol(grids, wanted[i]);
  }
  return markets;
}

}  // namespace gridexit::pipeline
