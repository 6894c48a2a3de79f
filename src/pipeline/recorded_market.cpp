#include "gridexit/pipeline/recorded_market.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "gridexit/backtest/recorded.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::pipeline {
namespace {

/// Where one symbol's documents are, each list oldest first: paths sort as their dates do.
struct Places {
  std::vector<ports::FileChange> raw_days;
  std::vector<std::pair<UtcTime, ports::FileChange>> records;
  std::vector<ports::FileChange> exit_days;
};

class Reader {
 public:
  Reader(ports::History& history, MetricsFrom from, const DataRules& rules)
      : history_(history), from_(from), rules_(rules) {}

  Result<void> find(std::string_view commit) {
    GX_TRY(const auto files, history_.changes("", commit, {"config", "dashboards", "kpis"}));
    for (const ports::FileChange& file : files) place(file);
    return {};
  }

  std::vector<std::string> symbols() const {
    std::vector<std::string> names;
    for (const auto& [symbol, places] : places_) {
      if (!places.records.empty()) names.push_back(symbol);
    }
    return names;
  }

  Result<RecordedMarket> market(const std::string& symbol) {
    const Places& places = places_[symbol];
    RecordedMarket market;
    CandleSeries& bars = market.delivered;
    market.first_record = places.records.front().first;
    for (const ports::FileChange& file : places.raw_days) {
      GX_TRY(const RawDay day, read<RawDay>(file));
      market.simulated = market.simulated || day.source == "simulated";
      bars.append(day.h1.view());
    }
    if (from_ == MetricsFrom::candles) {
      market.track = backtest::recompute_track(symbol, bars.view(), market.first_record, rules_);
    } else {
      GX_TRY(market.track, recorded_track(symbol, bars.view(), places));
    }
    for (const ports::FileChange& file : places.exit_days) {
      GX_TRY(const ExitStateDay day, read<ExitStateDay>(file));
      market.transitions.insert(market.transitions.end(), day.transitions.begin(),
                                day.transitions.end());
      market.notified.insert(market.notified.end(), day.notified.begin(), day.notified.end());
    }
    return market;
  }

  /// The answered decisions of all symbols.
  Result<std::vector<DecisionRecord>> answered() {
    std::vector<DecisionRecord> decisions;
    for (const ports::FileChange& file : decisions_) {
      GX_TRY(DecisionRecord decision, read<DecisionRecord>(file));
      if (!decision.action_records.empty()) decisions.push_back(std::move(decision));
    }
    std::sort(decisions.begin(), decisions.end(), [](const auto& a, const auto& b) {
      return std::tie(a.created_at, a.decision_id) < std::tie(b.created_at, b.decision_id);
    });
    return decisions;
  }

  /// The grids of all symbols.
  Result<std::vector<Grid>> grids() {
    std::vector<Grid> grids;
    for (const ports::FileChange& file : grids_) {
      GX_TRY(Grid grid, read<Grid>(file));
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
  Result<Document> read(const ports::FileChange& file) {
    GX_TRY(const std::string text, history_.content(file.after));
    GX_TRY(auto document, codec::read<Document>(text, file.path));
    return std::move(document.document);
  }

  Result<backtest::Track> recorded_track(const std::string& symbol, CandleView bars,
                                         const Places& places) {
    backtest::TrackRecorder recorder(symbol, bars);
    for (const auto& [hour, file] : places.records) {
      GX_TRY(const MetricsRecord record, read<MetricsRecord>(file));
      recorder.add(record.timestamp, record.h1, record.h4);
    }
    return std::move(recorder).finish();
  }

  ports::History& history_;
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

}  // namespace

Result<std::vector<RecordedMarket>> recorded_markets(ports::History& history,
                                                     std::string_view commit,
                                                     const std::vector<std::string>& symbols,
                                                     MetricsFrom from, const DataRules& rules) {
  Reader reader(history, from, rules);
  GX_CHECK(reader.find(commit));
  const std::vector<std::string> known = reader.symbols();
  for (const std::string& symbol : symbols) {
    if (std::find(known.begin(), known.end(), symbol) != known.end()) continue;
    return Error{ErrorCode::not_found,
                 "there are no records of " + symbol,
                 known.empty() ? "record some with gridexit backfill --evaluate"
                               : "there are records of " + join(known, ", "),
                 {}};
  }
  if (known.empty()) {
    return Error{ErrorCode::not_found,
                 "this repository has no records yet",
                 "record some with gridexit backfill --evaluate",
                 {}};
  }
  GX_TRY(const auto answered, reader.answered());
  GX_TRY(const auto grids, reader.grids());
  std::vector<RecordedMarket> markets;
  for (const std::string& symbol : known) {
    const bool wanted =
        symbols.empty() || std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
    if (!wanted) continue;
    GX_TRY(RecordedMarket market, reader.market(symbol));
    market.decisions = of_symbol(answered, symbol);
    market.grids = of_symbol(grids, symbol);
    markets.push_back(std::move(market));
  }
  return markets;
}

}  // namespace gridexit::pipeline
