#include "gridexit/pipeline/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "anchors.hpp"
#include "arrivals.hpp"
#include "audit_rules.hpp"
#include "document_kinds.hpp"
#include "findings.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "hour_inputs.hpp"
#include "recorded_past.hpp"
#include "rederive.hpp"
#include "rederive_follow_ups.hpp"

namespace gridexit::pipeline {
namespace {

using audit::FindingKind;

constexpr std::size_t kProgressStep = 50;
constexpr std::size_t kShortId = 10;

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
      const std::string& commit = line.commits[i];
      findings_.at(commit);
      // What an incomplete history begins with can only be taken as it is.
      proves_ = i > 0 || line.cut.empty();
      GX_CHECK(advance(parent, commit));
      if (const auto others = line.merged.find(commit); others != line.merged.end())
        GX_CHECK(advance_merge(others->second, commit));
      parent = commit;
      const bool tell = (i + 1) % kProgressStep == 0 || i + 1 == line.commits.size();
      if (inputs_.progress && tell) inputs_.progress(i + 1, line.commits.size());
    }
    findings_.at("");
    report_earlier_version();
    GX_CHECK(check_anchors(line.commits));
    report_.documents = arrivals_.documents_read();
    report_.records = arrivals_.records_read();
    report_.findings = std::move(findings_).take();
    return std::move(report_);
  }

 private:
  void find(FindingKind kind, const std::string& path, std::string text) {
    findings_.add(kind, path, std::move(text));
  }

  Result<void> advance(const std::string& parent, const std::string& commit) {
    GX_TRY(const auto changes, history_.changes(parent, commit, derived_folders()));
    GX_CHECK(rules_.advance(commit, changes));
    GX_CHECK(arrivals_.take(changes));
    check_follow_ups(arrivals_.records());
    for (NewRecord& record : arrivals_.records()) GX_CHECK(prove(record));
    if (proves_) arrivals_.report_what_is_left();
    return {};
  }

  Result<void> advance_merge(const std::vector<std::string>& others, const std::string& commit) {
    for (const std::string& other : others) {
      GX_TRY(const auto changes, history_.changes(other, commit, derived_folders()));
      GX_CHECK(arrivals_.take_merged(changes));
    }
    return {};
  }

  Result<void> check_anchors(const std::vector<std::string>& line) {
    for (const std::string& anchor : inputs_.anchors) {
      GX_TRY(const bool stands, anchor_stands(history_, anchor, line, rules_.blobs()));
      if (stands) {
        ++report_.anchors;
      } else {
        find(FindingKind::anchor_lost, "",
             fmt::format("commit {} was quoted, but is not part of the history: something "
                         "that it held was removed or changed",
                         anchor));
      }
    }
    return {};
  }

  void report_earlier_version() {
    const int documents = arrivals_.earlier_documents();
    if (documents == 0) return;
    find(
        FindingKind::not_proven, "",
        fmt::format("{} records, decisions and days are of version 1.0, which kept neither a chain "
                    "nor hashes: that they follow from data cannot be seen",
                    documents));
  }

  // Follow-ups come with the evaluation of the hour in which they were due.
  void check_follow_ups(const std::vector<NewRecord>& records) {
    if (!proves_) return;
    for (const auto& [path, known] : arrivals_.follow_ups()) {
      const DecisionRecord& decision = past_.decisions.at(paths::dated(path));
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
    const auto newest = past_.newest_before(symbol, record.timestamp);
    if (proves_ && newest != record.previous) {
      find(FindingKind::chain_broken, added.path,
           fmt::format("follows {}, but the newest earlier record was {}",
                       record.previous ? record.previous->path + " " + record.previous->blob
                                       : std::string("nothing"),
                       newest ? newest->path + " " + newest->blob : std::string("none")));
    }
    RecordedHour hour{record, codec::write(record), arrivals_.take_decision(record),
                      arrivals_.take_entries(record)};
    if (proves_) {
      check_hour(added);
      GX_CHECK(check_configuration(added));
      GX_CHECK(derive(added.path, hour, newest));
    }
    past_.records[symbol][record.timestamp] = {added.path, added.blob};
    evaluation::Predecessor& last = newest_[symbol];
    last = {std::move(added.record), PreviousRecord{added.path, added.blob}};
    seen_[symbol] = {past_.all_grids(), recent_decisions(last, symbol, last.record.timestamp,
                                                         rules_of(last.record).evaluation)};
    return {};
  }

  // A run records the newest hour. Only a backfill fills in older ones, and none before a record of
  // the same day.
  void check_hour(const NewRecord& added) {
    const MetricsRecord& record = added.record;
    const auto& hours = past_.records[record.symbol];
    if (inputs_.now && record.timestamp > *inputs_.now)
      find(FindingKind::not_derivable, added.path, "is of an hour that has not come yet");
    if (const auto same = hours.find(record.timestamp); same != hours.end()) {
      find(FindingKind::chain_broken, added.path,
           "is a second record of its hour; the first is " + same->second.path);
    }
    const auto later = hours.upper_bound(record.timestamp);
    if (later == hours.end()) return;
    const bool backfills = record.origin == Origin::backfill || record.origin == Origin::simulated;
    const bool same_day = floor_day(later->first) == floor_day(record.timestamp);
    if (backfills && !same_day) return;
    find(FindingKind::chain_broken, added.path,
         "was put in before " + later->second.path +
             ", which only a backfill does, and never on the same day");
  }

  // A configuration that was given up comes back only by a commit of its own, or as a fallback.
  Result<void> check_configuration(const NewRecord& added) {
    const ConfigVersion& config = added.record.config;
    GX_TRY(const auto age, rules_.last_in_force(config.version));
    if (!age) return {};
    std::size_t& newest = newest_rules_[added.record.symbol];
    if (*age < newest && !config.fallback) {
      find(FindingKind::not_derivable, added.path,
           "was made with an older configuration (" + config.version.substr(0, kShortId) +
               ") than records before it");
    }
    newest = std::max(newest, *age);
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
    MetricsRecord& record = read->document;
    const Transition* change =
        read->migrated ? past_.newest_transition(symbol, record.timestamp) : nullptr;
    if (change != nullptr) recall_exit_state(record, *change, past_.all_grids());
    return std::optional{evaluation::Predecessor{std::move(record), newest}};
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

  ports::History& history_;
  const VerifyInputs& inputs_;
  AuditRules rules_;
  VerifyReport report_;
  Findings findings_;
  RecordedPast past_;
  Arrivals arrivals_{history_, past_, findings_};
  bool proves_ = true;
  std::map<std::string, SeenBefore> seen_;
  std::map<std::string, evaluation::Predecessor> newest_;
  std::map<std::string, std::size_t> newest_rules_;  ///< by symbol: see AuditRules::last_in_force
  std::map<std::string, std::optional<SymbolRules>> symbol_rules_;
};

}  // namespace

Result<VerifyReport> verify(ports::History& history, const VerifyInputs& inputs) {
  return Verification(history, inputs).run();
}

}  // namespace gridexit::pipeline
