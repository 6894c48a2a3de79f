#pragma once
// What one commit after the other brings into a repository that is audited: each new version of a
// document is read, looked at by itself and compared with the one before, and then belongs to the
// recorded past. Whether records follow is not asked here.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "findings.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/ports/history.hpp"
#include "recorded_past.hpp"

namespace gridexit::pipeline {

/// A record that a commit brought.
struct NewRecord {
  std::string path;
  std::string blob;
  MetricsRecord record;
};

class Arrivals {
 public:
  Arrivals(ports::History& history, RecordedPast& past, Findings& findings)
      : history_(history), past_(past), findings_(findings) {}

  /// Takes in what a commit changed. Error: store_unusable.
  Result<void> take(const std::vector<ports::FileChange>& changes);
  /// Looks at what another parent of a merge held and the merge changed: nothing of it may be lost.
  /// Error: store_unusable.
  Result<void> take_merged(const std::vector<ports::FileChange>& changes);

  /// The commit's records, oldest first; without those of version 1.0, which nothing is derived of.
  std::vector<NewRecord>& records() { return records_; }
  /// Decisions that got follow-ups: path -> how many they had before.
  const std::map<std::string, std::size_t>& follow_ups() const { return follow_ups_; }
  /// The decision that came with the record, without answers.
  std::optional<DecisionRecord> take_decision(const MetricsRecord& record);
  /// The record's transitions and notifications, as they were appended.
  ExitStateDay take_entries(const MetricsRecord& record);
  /// Names the decisions and transitions that no record took.
  void report_what_is_left();

  int documents_read() const { return documents_; }
  int records_read() const { return all_records_; }
  /// Records, decisions and days of version 1.0.
  int earlier_documents() const { return earlier_documents_; }

 private:
  Result<void> take_file(const ports::FileChange& change);
  Result<void> take_record(const ports::FileChange& change);
  Result<void> take_kpi_day(const ports::FileChange& change);
  template <class Document>
  Result<void> take_appended(const ports::FileChange& change,
                             std::map<std::string, Document>& known);
  template <class Document>
  Result<std::optional<codec::Read<Document>>> read(const ports::FileChange& change);
  void check_keys(const ports::FileChange& change, const std::vector<std::string>& unknown,
                  bool is_present);
  void check_age(const std::string& path, const std::string& symbol, UtcTime at);
  void note_new(const std::string& path, const DecisionRecord* before, const DecisionRecord& after);
  void note_new(const std::string& path, const ExitStateDay* before, const ExitStateDay& after);
  ExitStateDay& entries_at(const std::string& symbol, UtcTime at);
  void forget(const std::string& path);

  ports::History& history_;
  RecordedPast& past_;
  Findings& findings_;
  int documents_ = 0;
  int all_records_ = 0;
  int earlier_documents_ = 0;
  std::map<std::string, std::set<std::string>> unknown_keys_;  ///< by path
  std::map<std::string, UtcTime> present_since_;  ///< by symbol: T of its first record of 2.0

  // Of the present commit.
  std::vector<NewRecord> records_;
  std::map<std::string, DecisionRecord> decisions_;
  std::map<std::pair<std::string, UtcTime>, ExitStateDay> entries_;
  std::map<std::string, std::size_t> follow_ups_;
};

}  // namespace gridexit::pipeline
