#include "arrivals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "additions.hpp"
#include "document_kinds.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {
namespace {

using audit::FindingKind;
using ports::FileChange;

// Where a document lies that says what this one says.
UtcTime day_of(const std::string& date) {
  return parse_utc(date).value_or(UtcTime{});
}
std::string place_of(const MetricsRecord& record) {
  return paths::metrics(record.symbol, floor_hour(record.timestamp));
}
std::string place_of(const FailedHour& hour) {
  return paths::failed_hour(hour.symbol, hour.timestamp);
}
std::string place_of(const DecisionRecord& decision) {
  return paths::decision(decision.symbol, decision.created_at);
}
std::string place_of(const ExitStateDay& day) {
  return paths::exit_states(day.symbol, day_of(day.date));
}
std::string place_of(const RawDay& day) {
  return paths::raw_data(day.symbol, day_of(day.date));
}
std::string place_of(const Grid& grid) {
  return paths::grid(grid.grid_id);
}
std::string place_of(const KpiDay& day) {
  return paths::kpi(day_of(day.date));
}

// The newest time that the document speaks of.
UtcTime time_of(const DecisionRecord& decision) {
  return decision.created_at;
}
UtcTime time_of(const ExitStateDay& day) {
  UtcTime newest = day_of(day.date);
  for (const Transition& entry : day.transitions) newest = std::max(newest, entry.timestamp);
  for (const Notified& entry : day.notified) newest = std::max(newest, entry.timestamp);
  return newest;
}

// Documents whose entries come with the record of an evaluation, and are proven with it.
template <class Document>
constexpr bool kComesWithRecords =
    std::is_same_v<Document, DecisionRecord> || std::is_same_v<Document, ExitStateDay>;

}  // namespace

Result<void> Arrivals::take(const std::vector<FileChange>& changes) {
  records_.clear();
  decisions_.clear();
  entries_.clear();
  follow_ups_.clear();
  for (const FileChange& change : changes) {
    if (!must_stay(change.path)) continue;
    if (change.after.empty()) {
      findings_.add(FindingKind::document_removed, change.path, "was removed");
      forget(paths::dated(change.path));
    } else if (!change.is_plain) {
      findings_.add(FindingKind::invalid_document, change.path,
                    "is no plain file: a link, a program or another repository");
    } else if (change.before != change.after) {
      GX_CHECK(take_file(change));
    }
  }
  std::sort(records_.begin(), records_.end(), [](const NewRecord& a, const NewRecord& b) {
    return a.record.timestamp < b.record.timestamp;
  });
  return {};
}

Result<void> Arrivals::take_merged(const std::vector<FileChange>& changes) {
  for (const FileChange& change : changes) {
    const bool is_known = !change.before.empty() && change.before != change.after;
    if (!must_stay(change.path) || !is_known) continue;
    if (change.after.empty()) {
      findings_.add(FindingKind::document_removed, change.path, "was removed by a merge");
    } else if (is_immutable(change.path)) {
      findings_.add(FindingKind::record_changed, change.path, "was changed by a merge");
    } else {
      GX_TRY(const std::string before, history_.content(change.before));
      GX_TRY(const std::string after, history_.content(change.after));
      if (const auto lost = lost_in(change.path, before, after))
        findings_.add(FindingKind::entries_lost, change.path, "was merged: " + *lost);
    }
  }
  return {};
}

Result<void> Arrivals::take_file(const FileChange& change) {
  switch (kind_of(change.path)) {
    case DocumentKind::elsewhere: return {};
    case DocumentKind::record: return take_record(change);
    case DocumentKind::kpis: return take_kpi_day(change);
    case DocumentKind::decision: return take_appended(change, past_.decisions);
    case DocumentKind::exit_states: return take_appended(change, past_.exit_days);
    case DocumentKind::raw_data: return take_appended(change, past_.raw_days);
    case DocumentKind::grid: return take_appended(change, past_.grids);
    case DocumentKind::failed_hour: return take_appended(change, past_.failed_hours);
    case DocumentKind::stray:
      findings_.add(FindingKind::invalid_document, change.path, "does not belong here");
  }
  return {};
}

void Arrivals::forget(const std::string& path) {
  past_.grids.erase(path);
  past_.decisions.erase(path);
  past_.exit_days.erase(path);
  past_.raw_days.erase(path);
  past_.failed_hours.erase(path);
}

// The document as it stands; nothing when it cannot be read.
template <class Document>
Result<std::optional<codec::Read<Document>>> Arrivals::read(const FileChange& change) {
  GX_TRY(const std::string text, history_.content(change.after));
  ++documents_;
  auto read = codec::read<Document>(text, change.path);
  if (!read) {
    findings_.add(FindingKind::invalid_document, change.path, read.error().message);
    return std::optional<codec::Read<Document>>{};
  }
  const std::string place = place_of(read->document);
  if (change.path != place && !(read->migrated && change.path == paths::flat(place))) {
    findings_.add(FindingKind::invalid_document, change.path,
                  "speaks of another time, market or grid than its path: it belongs to " + place);
  }
  check_keys(change, read->warnings, !read->migrated);
  return std::optional{*std::move(read)};
}

// The program writes no key that it does not know. Version 1.0 may have; once such a document is
// there, it has all of its keys.
void Arrivals::check_keys(const FileChange& change, const std::vector<std::string>& unknown,
                          bool is_present) {
  if (unknown.empty()) return;
  std::set<std::string>& known = unknown_keys_[paths::dated(change.path)];
  for (const std::string& warning : unknown) {
    const std::string key = warning.substr(warning.find(": ") + 2);  // without file and line
    if (known.insert(key).second && (is_present || !change.before.empty()))
      findings_.add(FindingKind::invalid_document, change.path, key);
  }
}

// Whoever leaves the chain by calling a document one of 1.0 must do it before 2.0 begins.
void Arrivals::check_age(const std::string& path, const std::string& symbol, UtcTime at) {
  const auto since = present_since_.find(symbol);
  if (since == present_since_.end() || at < since->second) return;
  findings_.add(FindingKind::not_derivable, path,
                fmt::format("says that it is of version 1.0, but 2.0 has recorded since {}",
                            format_utc(since->second)));
}

Result<void> Arrivals::take_record(const FileChange& change) {
  if (!change.before.empty()) {
    findings_.add(FindingKind::record_changed, change.path, "was changed; a record never changes");
    return {};
  }
  ++all_records_;
  GX_TRY(auto read, this->read<MetricsRecord>(change));
  if (!read) return {};
  MetricsRecord& record = read->document;
  if (read->migrated) {
    ++earlier_documents_;
    check_age(change.path, record.symbol, record.timestamp);
    past_.records[record.symbol][record.timestamp] = {change.path, change.after};
    return {};
  }
  const auto [since, is_first] = present_since_.try_emplace(record.symbol, record.timestamp);
  if (!is_first) since->second = std::min(since->second, record.timestamp);
  records_.push_back({change.path, change.after, std::move(record)});
  return {};
}

Result<void> Arrivals::take_kpi_day(const FileChange& change) {
  if (!change.before.empty()) {
    findings_.add(FindingKind::record_changed, change.path,
                  "was changed; a day's KPIs never change");
    return {};
  }
  GX_CHECK(read<KpiDay>(change));
  return {};
}

// What version 2.0 appends to a flat document stands at the present path.
template <class Document>
Result<void> Arrivals::take_appended(const FileChange& change,
                                     std::map<std::string, Document>& known) {
  GX_TRY(auto read, this->read<Document>(change));
  if (!read) return {};
  const std::string path = paths::dated(change.path);
  const auto before = known.find(path);
  const Document* earlier = before == known.end() ? nullptr : &before->second;
  if (earlier != nullptr) {
    if (const auto lost = lost_in(*earlier, read->document))
      findings_.add(FindingKind::entries_lost, change.path, *lost);
  }
  if constexpr (kComesWithRecords<Document>) {
    if (read->migrated) {
      if (change.before.empty()) ++earlier_documents_;
      check_age(change.path, read->document.symbol, time_of(read->document));
    } else {
      note_new(change.path, earlier, read->document);
    }
  }
  known.insert_or_assign(path, std::move(read->document));
  return {};
}

void Arrivals::note_new(const std::string& path, const DecisionRecord* before,
                        const DecisionRecord& after) {
  if (before == nullptr) decisions_.emplace(path, after);
  const std::size_t known = before == nullptr ? 0 : before->evaluation_records.size();
  if (after.evaluation_records.size() > known) follow_ups_.emplace(path, known);
  const std::size_t answers = before == nullptr ? 0 : before->action_records.size();
  for (std::size_t i = answers; i < after.action_records.size(); ++i) {
    if (after.action_records[i].at >= after.created_at) continue;
    findings_.add(FindingKind::not_derivable, path,
                  fmt::format("was answered at {}, before it was made",
                              format_utc(after.action_records[i].at)));
  }
}

void Arrivals::note_new(const std::string&, const ExitStateDay* before, const ExitStateDay& after) {
  const std::size_t transitions = before == nullptr ? 0 : before->transitions.size();
  const std::size_t notified = before == nullptr ? 0 : before->notified.size();
  for (std::size_t i = transitions; i < after.transitions.size(); ++i) {
    entries_at(after.symbol, after.transitions[i].timestamp)
        .transitions.push_back(after.transitions[i]);
  }
  for (std::size_t i = notified; i < after.notified.size(); ++i) {
    entries_at(after.symbol, after.notified[i].timestamp).notified.push_back(after.notified[i]);
  }
}

ExitStateDay& Arrivals::entries_at(const std::string& symbol, UtcTime at) {
  ExitStateDay& entries = entries_[{symbol, at}];
  entries.symbol = symbol;
  entries.date = format_date(at);
  return entries;
}

std::optional<DecisionRecord> Arrivals::take_decision(const MetricsRecord& record) {
  const auto found = std::find_if(decisions_.begin(), decisions_.end(), [&](const auto& entry) {
    return entry.second.symbol == record.symbol && entry.second.created_at == record.timestamp;
  });
  if (found == decisions_.end()) return std::nullopt;
  DecisionRecord decision = std::move(found->second);
  decisions_.erase(found);
  decision.action_records.clear();
  decision.evaluation_records.clear();
  return decision;
}

ExitStateDay Arrivals::take_entries(const MetricsRecord& record) {
  ExitStateDay entries = entries_at(record.symbol, record.timestamp);
  entries_.erase({record.symbol, record.timestamp});
  return entries;
}

void Arrivals::report_what_is_left() {
  for (const auto& [path, decision] : decisions_) {
    findings_.add(FindingKind::not_derivable, path,
                  "no evaluation was recorded with this decision");
  }
  for (const auto& [key, entries] : entries_) {
    findings_.add(
        FindingKind::not_derivable, paths::exit_states(key.first, key.second),
        fmt::format("no evaluation was recorded with its entries of {}", format_utc(key.second)));
  }
}

}  // namespace gridexit::pipeline
