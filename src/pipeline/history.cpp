#include "gridexit/pipeline/history.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/domain/ledger.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {
namespace {

using ports::StoredEntry;

std::string entry_of(const std::string& folder, const std::string& name) {
  return folder + "/" + name;
}

// Sub-folders of `folder` whose names are not after `limit`, newest first. Dated folders sort as
// their names do.
Result<std::vector<std::string>> folders_down_from(ports::Store& store, const std::string& folder,
                                                   std::string_view limit) {
  GX_TRY(const std::vector<StoredEntry> entries, store.list(folder));
  std::vector<std::string> names;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->is_folder && entry->name <= limit) names.push_back(entry->name);
  }
  return names;
}

struct FoundFile {
  std::string path;
  std::string content;
};

// The file at its present path, else where the flat layout had it.
Result<std::optional<FoundFile>> find_file(ports::Store& store, const std::string& path) {
  for (const std::string& place : {path, paths::flat(path)}) {
    GX_TRY(auto file, store.read(place));
    if (file) return std::optional{FoundFile{place, std::move(file->content)}};
  }
  return std::optional<FoundFile>{};
}

// The newest metrics file within one folder that is before the limit.
Result<std::optional<RecordPlace>> newest_within(ports::Store& store, const std::string& folder,
                                                 UtcTime at, Bound bound) {
  GX_TRY(const std::vector<StoredEntry> entries, store.list(folder));
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const auto hour = paths::hour_of_metrics_name(entry->name);
    if (!hour || *hour > at || (*hour == at && bound == Bound::before)) continue;
    return std::optional{RecordPlace{*hour, entry_of(folder, entry->name), entry->id}};
  }
  return std::optional<RecordPlace>{};
}

Result<std::optional<RecordPlace>> newest_dated(ports::Store& store, const std::string& root,
                                                UtcTime at, Bound bound) {
  const std::string date = format_date(at);
  GX_TRY(const auto years, folders_down_from(store, root, date.substr(0, 4)));
  for (const std::string& year : years) {
    const bool this_year = year == date.substr(0, 4);
    GX_TRY(const auto months,
           folders_down_from(store, entry_of(root, year), this_year ? date.substr(5, 2) : "99"));
    for (const std::string& month : months) {
      const bool this_month = this_year && month == date.substr(5, 2);
      const std::string folder = entry_of(entry_of(root, year), month);
      GX_TRY(const auto days,
             folders_down_from(store, folder, this_month ? date.substr(8, 2) : "99"));
      for (const std::string& day : days) {
        GX_TRY(auto found, newest_within(store, entry_of(folder, day), at, bound));
        if (found) return found;
      }
    }
  }
  return std::optional<RecordPlace>{};
}

Result<std::optional<RecordPlace>> find_newest(ports::Store& store, std::string_view symbol,
                                               UtcTime at, Bound bound) {
  const std::string root = paths::metrics_folder(symbol);
  GX_TRY(auto newest, newest_dated(store, root, at, bound));
  GX_TRY(auto flat, newest_within(store, root, at, bound));
  const bool flat_is_newer = flat && (!newest || newest->hour < flat->hour);
  return flat_is_newer ? flat : newest;
}

// The newest change of state up to `at`.
Result<std::optional<Transition>> newest_transition(ports::Store& store, std::string_view symbol,
                                                    UtcTime at) {
  const std::string folder = "exit_states/" + std::string(symbol);
  GX_TRY(const std::vector<StoredEntry> entries, store.list(folder));
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->is_folder || entry->name.substr(0, 10) > format_date(at)) continue;
    GX_TRY(const auto day, read_document<ExitStateDay>(store, entry_of(folder, entry->name)));
    if (!day) continue;
    for (auto change = day->transitions.rbegin(); change != day->transitions.rend(); ++change) {
      if (change->timestamp <= at) return std::optional{*change};
    }
  }
  return std::optional<Transition>{};
}

// Calls `visit(day)` for every UTC day that touches [from, to].
template <class Visit>
Result<void> each_day(UtcTime from, UtcTime to, Visit visit) {
  for (UtcTime day = floor_day(from); day <= to; day += std::chrono::days{1}) GX_CHECK(visit(day));
  return {};
}

}  // namespace

template <class Document>
Result<std::optional<Document>> read_document(ports::Store& store, const std::string& path,
                                              Oddities* odd) {
  GX_TRY(const auto file, find_file(store, path));
  if (!file) return std::optional<Document>{};
  GX_TRY(auto read, codec::read<Document>(file->content, file->path));
  if (odd != nullptr) {
    std::move(read.warnings.begin(), read.warnings.end(), std::back_inserter(odd->warnings));
  }
  return std::optional<Document>{std::move(read.document)};
}

template Result<std::optional<MetricsRecord>> read_document(ports::Store&, const std::string&,
                                                            Oddities*);
template Result<std::optional<ExitStateDay>> read_document(ports::Store&, const std::string&,
                                                           Oddities*);
template Result<std::optional<DecisionRecord>> read_document(ports::Store&, const std::string&,
                                                             Oddities*);
template Result<std::optional<Grid>> read_document(ports::Store&, const std::string&, Oddities*);
template Result<std::optional<RawDay>> read_document(ports::Store&, const std::string&, Oddities*);
template Result<std::optional<KpiDay>> read_document(ports::Store&, const std::string&, Oddities*);
template Result<std::optional<FailedHour>> read_document(ports::Store&, const std::string&,
                                                         Oddities*);

namespace {

// Success where the caller wants to go on without the document.
Result<void> note(Error error, const std::string& path, Oddities* odd) {
  if (odd == nullptr || error.code != ErrorCode::document_invalid) return error;
  odd->unreadable.push_back({path, std::move(error)});
  return {};
}

template <class Document>
Result<std::optional<Document>> read_or_note(ports::Store& store, const std::string& path,
                                             Oddities* odd) {
  auto document = read_document<Document>(store, path, odd);
  if (document) return document;
  GX_CHECK(note(std::move(document).error(), path, odd));
  return std::optional<Document>{};
}

// A record of version 1.0 does not say the exit state; the transitions of its day do.
Result<MetricsRecord> record_with_its_state(ports::Store& store, const RecordPlace& place,
                                            std::string_view symbol) {
  GX_TRY(const auto file, store.read(place.path));
  if (!file) return Error{ErrorCode::document_invalid, place.path + " is gone", "", {}};
  GX_TRY(auto read, codec::read<MetricsRecord>(file->content, place.path));
  if (read.migrated) {
    GX_TRY(const auto grids, all_grids(store));
    GX_TRY(const auto change, newest_transition(store, symbol, place.hour));
    if (change) recall_exit_state(read.document, *change, grids);
  }
  return std::move(read.document);
}

}  // namespace

Result<std::optional<evaluation::Predecessor>> newest_record(ports::Store& store,
                                                             std::string_view symbol, UtcTime at,
                                                             Bound bound, Oddities* odd) {
  std::optional<PreviousRecord> newest;
  while (true) {
    GX_TRY(const auto found, find_newest(store, symbol, at, bound));
    if (!found) return std::optional<evaluation::Predecessor>{};
    if (!newest) newest = PreviousRecord{found->path, found->blob};
    auto record = record_with_its_state(store, *found, symbol);
    if (record) return std::optional{evaluation::Predecessor{*std::move(record), newest}};
    GX_CHECK(note(std::move(record).error(), found->path, odd));
    at = found->hour;
    bound = Bound::before;
  }
}

Result<std::vector<RecordPlace>> record_places(ports::Store& store, std::string_view symbol,
                                               UtcTime from, UtcTime to) {
  std::map<UtcTime, RecordPlace> places;
  const auto look = [&](const std::string& folder) -> Result<void> {
    GX_TRY(const auto entries, store.list(folder));
    for (const StoredEntry& entry : entries) {
      const auto hour = paths::hour_of_metrics_name(entry.name);
      if (!hour || *hour < from || *hour >= to) continue;
      places[*hour] = {*hour, entry_of(folder, entry.name), entry.id};
    }
    return {};
  };
  GX_CHECK(look(paths::metrics_folder(symbol)));
  GX_CHECK(each_day(from, to,
                    [&](UtcTime day) { return look(paths::metrics_day_folder(symbol, day)); }));
  std::vector<RecordPlace> found;
  found.reserve(places.size());
  for (auto& [hour, place] : places) found.push_back(std::move(place));
  return found;
}

Result<std::vector<MetricsRecord>> records_between(ports::Store& store, std::string_view symbol,
                                                   UtcTime from, UtcTime to, Oddities* odd) {
  std::vector<MetricsRecord> records;
  GX_TRY(const auto places, record_places(store, symbol, from, to));
  for (const RecordPlace& place : places) {
    GX_TRY(auto record, read_or_note<MetricsRecord>(store, place.path, odd));
    if (record) records.push_back(std::move(*record));
  }
  return records;
}

Result<std::vector<Grid>> all_grids(ports::Store& store, Oddities* odd) {
  std::vector<Grid> grids;
  GX_TRY(const auto entries, store.list(paths::kGridFolder));
  for (const StoredEntry& entry : entries) {
    if (entry.is_folder || !entry.name.ends_with(".yaml")) continue;
    GX_TRY(auto grid,
           read_or_note<Grid>(store, std::string(paths::kGridFolder) + "/" + entry.name, odd));
    if (grid) grids.push_back(std::move(*grid));
  }
  return grids;
}

Result<std::vector<DecisionRecord>> decisions_between(ports::Store& store, std::string_view symbol,
                                                      UtcTime from, UtcTime to, Oddities* odd) {
  std::vector<DecisionRecord> decisions;
  const std::string prefix = "dec-" + std::string(symbol) + "-";
  GX_CHECK(each_day(from, to, [&](UtcTime day) -> Result<void> {
    const std::string folder = paths::decision_day_folder(day);
    std::set<std::string> names;
    for (const std::string& place : {folder, paths::flat(folder)}) {
      GX_TRY(const auto entries, store.list(place));
      for (const StoredEntry& entry : entries) {
        if (entry.name.starts_with(prefix)) names.insert(entry.name);
      }
    }
    for (const std::string& name : names) {
      GX_TRY(auto decision, read_or_note<DecisionRecord>(store, entry_of(folder, name), odd));
      if (!decision || decision->created_at < from || decision->created_at > to) continue;
      decisions.push_back(std::move(*decision));
    }
    return {};
  }));
  return decisions;
}

Result<std::vector<ExitStateDay>> exit_state_days(ports::Store& store, std::string_view symbol,
                                                  UtcTime from, UtcTime to, Oddities* odd) {
  std::vector<ExitStateDay> days;
  GX_CHECK(each_day(from, to, [&](UtcTime day) -> Result<void> {
    GX_TRY(auto document, read_or_note<ExitStateDay>(store, paths::exit_states(symbol, day), odd));
    if (document) days.push_back(std::move(*document));
    return {};
  }));
  return days;
}

Result<std::vector<RawDay>> raw_days(ports::Store& store, std::string_view symbol, UtcTime from,
                                     UtcTime to, Oddities* odd) {
  std::vector<RawDay> days;
  GX_CHECK(each_day(from, to, [&](UtcTime day) -> Result<void> {
    GX_TRY(auto document, read_or_note<RawDay>(store, paths::raw_data(symbol, day), odd));
    if (document) days.push_back(std::move(*document));
    return {};
  }));
  return days;
}

void recall_exit_state(MetricsRecord& record, const Transition& newest,
                       const std::vector<Grid>& grids) {
  const auto grid = std::find_if(grids.begin(), grids.end(), [&](const Grid& known) {
    return known.grid_id == newest.grid_id && known.symbol == record.symbol;
  });
  const auto start = grid == grids.end() ? std::nullopt : grid->started_at(record.timestamp);
  if (record.exit_state || !start || *start > newest.timestamp) return;
  ExitEvaluation state;
  state.grid_id = newest.grid_id;
  state.state = state.tier = newest.to_state;
  state.previous = newest.timestamp == record.timestamp ? newest.from_state : newest.to_state;
  state.evaluations_in_state = static_cast<int>((record.timestamp - newest.timestamp) / Hours{1});
  record.exit_state = std::move(state);
}

GridSituation grid_situation(const std::vector<Grid>& grids, std::string_view symbol, UtcTime at) {
  GridSituation situation;
  for (const Grid& grid : grids) {
    if (grid.symbol == symbol) {
      for (const GridEvent& event : grid.history) {
        if (event.enabled || event.time > at) continue;
        situation.last_stop = std::max(situation.last_stop.value_or(event.time), event.time);
      }
    }
    const auto start = grid.started_at(at);
    if (!start || grid.versions.empty()) continue;
    // A running grid is never left out because its first version is dated after its start.
    const GridVersion* dated = grid.version_at(at);
    const GridVersion& version = dated != nullptr ? *dated : grid.versions.front();
    situation.held_by_running_grids += version.capital_quote.value_or(
        version.amount_per_grid.value_or(0) * version.cells * version.upper);
    if (grid.symbol != symbol) {
      situation.another_grid_runs = true;
    } else if (!situation.running) {
      situation.running = RunningGrid{grid.grid_id, *start, version};
    }
  }
  return situation;
}

}  // namespace gridexit::pipeline
