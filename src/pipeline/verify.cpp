#include "gridexit/pipeline/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "additions.hpp"
#include "anchors.hpp"
#include "audit_rules.hpp"
#include "document_kinds.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/domain/paths.hpp"
#include "hour_inputs.hpp"
#include "recorded_past.hpp"
#include "rederive.hpp"
#include "rederive_follow_ups.hpp"

namespace gridexit::pipeline {
namespace {

using audit::Finding;
using audit::FindingKind;
using ports::FileChange;

constexpr std::size_t kMaximumFindings = 1000;
constexpr std::size_t kProgressStep = 50;

// A record that a commit brought, with everything that came along.
struct NewRecord {
  std::string path;
  std::string blob;
  MetricsRecord record;
};

// What the operator's documents said when a symbol was last recorded. A record that was put on top
// of the operator's commit afterwards had not seen it.
struct SeenBefore {
  std::vector<Grid> grids;
  std::vector<DecisionRecord> decisions;
};

class Verification {
 public:
  Verification(ports::History& history, const VerifyInputs& inputs)
      : history_(history), inputs_(inputs), rules_(history, inputs.parse) {}

  Result<VerifyReport> run() {
    GX_TRY(const ports::HistoryLine line, history_.line());
    if (!line.commits.empty()) report_.head = line.commits.back();
    report_.commits = static_cast<int>(line.commits.size());
    if (!line.cut.empty())
      find(FindingKind::not_proven, "", "the history is not whole: " + line.cut);
    std::string parent;
    for (std::size_t i = 0; i < line.commits.size(); ++i) {
      commit_ = line.commits[i];
      GX_TRY(const auto changes, history_.changes(parent, commit_, derived_folders()));
      GX_CHECK(rules_.advance(commit_, changes));
      // What an incomplete history begins with can only be taken as it is.
      proves_ = i > 0 || line.cut.empty();
      GX_CHECK(advance(changes));
      parent = commit_;
      const bool tell = (i + 1) % kProgressStep == 0 || i + 1 == line.commits.size();
      if (inputs_.progress && tell) inputs_.progress(i + 1, line.commits.size());
    }
    commit_.clear();
    for (const std::string& anchor : inputs_.anchors) {
      GX_TRY(const bool stands, anchor_stands(history_, anchor, line.commits));
      if (stands) {
        ++report_.anchors;
      } else {
        find(FindingKind::anchor_lost, "",
             fmt::format("commit {} was quoted, but is not part of the history: records were "
                         "removed or rewritten",
                         anchor));
      }
    }
    return std::move(report_);
  }

 private:
  void find(FindingKind kind, const std::string& path, std::string text) {
    if (report_.findings.size() < kMaximumFindings) {
      report_.findings.push_back({kind, path, commit_, std::move(text)});
    }
  }

  Result<void> advance(const std::vector<FileChange>& changes) {
    std::vector<NewRecord> records;
    new_decisions_.clear();
    new_entries_.clear();
    new_follow_ups_.clear();
    for (const FileChange& change : changes) {
      if (!must_stay(change.path)) continue;
      if (change.after.empty()) {
        find(FindingKind::document_removed, change.path, "was removed");
        forget(change.path);
      } else if (is_record(change.path)) {
        GX_CHECK(take_record(change, records));
      } else if (change.path.starts_with("kpis/")) {
        GX_CHECK(take_kpi_day(change));
      } else {
        GX_CHECK(take_document(change));
      }
    }
    std::sort(records.begin(), records.end(), [](const NewRecord& a, const NewRecord& b) {
      return a.record.timestamp < b.record.timestamp;
    });
    check_follow_ups(records);
    for (NewRecord& record : records) GX_CHECK(prove(record));
    report_what_is_left();
    return {};
  }

  void forget(const std::string& path) {
    past_.grids.erase(path);
    past_.decisions.erase(path);
    past_.exit_days.erase(path);
    past_.raw_days.erase(path);
  }

  Result<void> take_record(const FileChange& change, std::vector<NewRecord>& records) {
    if (!change.before.empty()) {
      find(FindingKind::record_changed, change.path, "was changed; a record never changes");
      return {};
    }
    GX_TRY(const std::string text, history_.content(change.after));
    ++report_.documents;
    ++report_.records;
    auto read = codec::read<MetricsRecord>(text, change.path);
    if (!read) {
      find(FindingKind::invalid_document, change.path, read.error().message);
      return {};
    }
    records.push_back({change.path, change.after, std::move(read->document)});
    return {};
  }

  Result<void> take_kpi_day(const FileChange& change) {
    if (!change.before.empty()) {
      find(FindingKind::record_changed, change.path, "was changed; a day's KPIs never change");
      return {};
    }
    GX_TRY(const std::string text, history_.content(change.after));
    ++report_.documents;
    const auto read = codec::read<KpiDay>(text, change.path);
    const auto day = read ? parse_utc(read->document.date) : std::nullopt;
    if (!read) {
      find(FindingKind::invalid_document, change.path, read.error().message);
    } else if (!day || paths::kpi(*day) != change.path) {
      find(FindingKind::invalid_document, change.path, "its name is not that of its day");
    }
    return {};
  }

  Result<void> take_document(const FileChange& change) {
    if (change.path.starts_with("raw_data/")) return take(change, past_.raw_days);
    if (change.path.starts_with("decisions/")) return take(change, past_.decisions);
    if (change.path.starts_with("exit_states/")) return take(change, past_.exit_days);
    if (change.path.starts_with("grids/")) return take(change, past_.grids);
    std::map<std::string, FailedHour> failed_hours;
    if (!change.before.empty()) {
      GX_TRY(const std::string before, history_.content(change.before));
      if (auto read = codec::read<FailedHour>(before, change.path)) {
        failed_hours.emplace(change.path, std::move(read->document));
      }
    }
    return take(change, failed_hours);
  }

  // Reads the new version, compares it with the one known, and keeps it.
  template <class Document>
  Result<void> take(const FileChange& change, std::map<std::string, Document>& known) {
    GX_TRY(const std::string text, history_.content(change.after));
    ++report_.documents;
    auto read = codec::read<Document>(text, change.path);
    if (!read) {
      find(FindingKind::invalid_document, change.path, read.error().message);
      return {};
    }
    const auto before = known.find(change.path);
    const Document* earlier = before == known.end() ? nullptr : &before->second;
    if (earlier != nullptr) {
      if (const auto lost = lost_in(*earlier, read->document)) {
        find(FindingKind::entries_lost, change.path, *lost);
      }
    }
    note_new(change.path, earlier, read->document);
    known.insert_or_assign(change.path, std::move(read->document));
    return {};
  }

  template <class Document>
  void note_new(const std::string&, const Document*, const Document&) {}
  void note_new(const std::string& path, const DecisionRecord* before,
                const DecisionRecord& after) {
    if (before == nullptr) new_decisions_.emplace(path, after);
    const std::size_t known = before == nullptr ? 0 : before->evaluation_records.size();
    if (after.evaluation_records.size() > known) new_follow_ups_.emplace(path, known);
  }
  void note_new(const std::string&, const ExitStateDay* before, const ExitStateDay& after) {
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
  ExitStateDay& entries_at(const std::string& symbol, UtcTime at) {
    ExitStateDay& entries = new_entries_[{symbol, at}];
    entries.symbol = symbol;
    entries.date = format_date(at);
    return entries;
  }

  // Follow-ups come with the evaluation of the hour in which they were due.
  void check_follow_ups(const std::vector<NewRecord>& records) {
    if (!proves_) return;
    for (const auto& [path, known] : new_follow_ups_) {
      const DecisionRecord& decision = past_.decisions.at(path);
      FollowUpContext context{past_, {past_.all_grids()}, {}, {}};
      if (const auto seen = seen_.find(decision.symbol); seen != seen_.end())
        context.grids.push_back(seen->second.grids);
      context.rules = [&](UtcTime at) { return rules_of_hour(records, decision.symbol, at); };
      context.record = [&](const std::string& where) { return record_at(decision.symbol, where); };
      if (const auto mismatch = rederive_follow_ups(decision, known, context))
        find(mismatch->kind, path, mismatch->text);
    }
  }

  const Rules* rules_of_hour(const std::vector<NewRecord>& records, const std::string& symbol,
                             UtcTime at) {
    for (const NewRecord& added : records) {
      std::string why;
      if (added.record.symbol == symbol && added.record.timestamp == at)
        return rules_.find(added.record.config.version, why);
    }
    return nullptr;
  }

  Result<std::optional<MetricsRecord>> record_at(const std::string& symbol,
                                                 const std::string& path) {
    for (const auto& [hour, place] : past_.records[symbol]) {
      if (place.path != path) continue;
      GX_TRY(const std::string text, history_.content(place.blob));
      GX_TRY(auto read, codec::read<MetricsRecord>(text, path));
      return std::optional{std::move(read.document)};
    }
    return std::optional<MetricsRecord>{};
  }

  Result<void> prove(NewRecord& added) {
    const MetricsRecord& record = added.record;
    const std::string symbol = record.symbol;  // outlives the record, which is moved on below
    if (!added.path.ends_with(
            paths::metrics(symbol, record.timestamp)
                .substr(paths::metrics_day_folder(symbol, record.timestamp).size()))) {
      find(FindingKind::invalid_document, added.path, "its name is not that of its hour");
    }
    const auto newest = past_.newest_before(symbol, record.timestamp);
    if (proves_ && newest != record.previous) {
      find(FindingKind::chain_broken, added.path,
           fmt::format("follows {}, but the newest earlier record was {}",
                       record.previous ? record.previous->path + " " + record.previous->blob
                                       : std::string("nothing"),
                       newest ? newest->path + " " + newest->blob : std::string("none")));
    }
    RecordedHour hour{record, codec::write(record), take_decision(record), take_entries(record)};
    if (proves_) GX_CHECK(derive(added.path, hour, newest));
    past_.records[symbol][record.timestamp] = {added.path, added.blob};
    evaluation::Predecessor& last = newest_[symbol];
    last = {std::move(added.record), PreviousRecord{added.path, added.blob}};
    seen_[symbol] = {past_.all_grids(), recent_decisions(last, symbol, last.record.timestamp,
                                                         rules_of(last.record).evaluation)};
    return {};
  }

  Result<void> derive(const std::string& path, const RecordedHour& hour,
                      const std::optional<PreviousRecord>& newest) {
    std::string why;
    const Rules* rules = rules_.find(hour.record.config.version, why);
    if (rules == nullptr) {
      find(FindingKind::not_proven, path, why);
      return {};
    }
    HourContext context{past_, past_.all_grids(), {}, std::nullopt, *rules, std::nullopt};
    GX_TRY(context.predecessor, predecessor(hour.record.symbol, newest));
    context.recent_decisions = recent_decisions(context.predecessor, hour.record.symbol,
                                                hour.record.timestamp, rules->evaluation);
    if (hour.record.gate_evaluation.passed) context.symbol_rules = symbol_rules(hour.record.symbol);
    auto mismatch = rederive(hour, context);
    if (const auto seen = seen_.find(hour.record.symbol); mismatch && seen != seen_.end()) {
      context.grids = seen->second.grids;
      context.recent_decisions = seen->second.decisions;
      if (!rederive(hour, context)) mismatch.reset();
    }
    if (mismatch) {
      find(mismatch->kind, path, mismatch->text);
    } else {
      ++report_.derived;
    }
    return {};
  }

  std::vector<DecisionRecord> recent_decisions(
      const std::optional<evaluation::Predecessor>& predecessor, const std::string& symbol,
      UtcTime at, const EvaluationRules& rules) const {
    return past_.decisions_between(symbol, decisions_since(predecessor, at, rules), at);
  }

  Rules rules_of(const MetricsRecord& record) {
    std::string why;
    const Rules* rules = rules_.find(record.config.version, why);
    return rules == nullptr ? Rules{} : *rules;
  }

  Result<std::optional<evaluation::Predecessor>> predecessor(
      const std::string& symbol, const std::optional<PreviousRecord>& newest) {
    if (!newest) return std::optional<evaluation::Predecessor>{};
    const auto known = newest_.find(symbol);
    if (known != newest_.end() && known->second.reference == newest) {
      return std::optional{known->second};
    }
    GX_TRY(const std::string text, history_.content(newest->blob));
    auto read = codec::read<MetricsRecord>(text, newest->path);
    if (!read) return std::optional<evaluation::Predecessor>{};
    return std::optional{evaluation::Predecessor{std::move(read->document), newest}};
  }

  std::optional<SymbolRules> symbol_rules(const std::string& symbol) {
    if (!inputs_.symbol_rules) return std::nullopt;
    const auto known = symbol_rules_.find(symbol);
    if (known != symbol_rules_.end()) return known->second;
    const auto parsed = Symbol::parse(symbol);
    const auto rules = parsed ? inputs_.symbol_rules(*parsed) : std::nullopt;
    symbol_rules_.emplace(symbol, rules);
    return rules;
  }

  std::optional<DecisionRecord> take_decision(const MetricsRecord& record) {
    const auto found =
        std::find_if(new_decisions_.begin(), new_decisions_.end(), [&](const auto& entry) {
          return entry.second.symbol == record.symbol &&
                 entry.second.created_at == record.timestamp;
        });
    if (found == new_decisions_.end()) return std::nullopt;
    DecisionRecord decision = std::move(found->second);
    new_decisions_.erase(found);
    decision.action_records.clear();
    decision.evaluation_records.clear();
    return decision;
  }
  ExitStateDay take_entries(const MetricsRecord& record) {
    ExitStateDay entries = entries_at(record.symbol, record.timestamp);
    new_entries_.erase({record.symbol, record.timestamp});
    return entries;
  }

  // Decisions and transitions that no record of the same commit explains.
  void report_what_is_left() {
    if (!proves_) return;
    for (const auto& [path, decision] : new_decisions_) {
      find(FindingKind::not_derivable, path, "no evaluation was recorded with this decision");
    }
    for (const auto& [key, entries] : new_entries_) {
      find(
          FindingKind::not_derivable, paths::exit_states(key.first, key.second),
          fmt::format("no evaluation was recorded with its entries of {}", format_utc(key.second)));
    }
  }

  ports::History& history_;
  const VerifyInputs& inputs_;
  AuditRules rules_;
  VerifyReport report_;
  RecordedPast past_;
  std::string commit_;
  bool proves_ = true;
  std::map<std::string, DecisionRecord> new_decisions_;
  std::map<std::pair<std::string, UtcTime>, ExitStateDay> new_entries_;
  std::map<std::string, std::size_t> new_follow_ups_;  ///< by path: follow-ups known before
  std::map<std::string, SeenBefore> seen_;
  std::map<std::string, evaluation::Predecessor> newest_;
  std::map<std::string, std::optional<SymbolRules>> symbol_rules_;
};

}  // namespace

Result<VerifyReport> verify(ports::History& history, const VerifyInputs& inputs) {
  return Verification(history, inputs).run();
}

}  // namespace gridexit::pipeline
