// What came before one symbol's hour: from the repository, from the copies beside it, and from
// hours that could not be recorded.

#include <fmt/format.h>

#include <algorithm>

#include "cycle.hpp"
#include "follow_ups.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/dashboard/page.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/copies.hpp"
#include "hour_documents.hpp"
#include "hour_inputs.hpp"
#include "unrecorded.hpp"

namespace gridexit::pipeline {

void Cycle::load_past(SymbolHour& hour) {
  ports::Store& store = *ports_.store;
  const std::string& symbol = hour.symbol.text();
  // Whatever cannot be read is named and left out: a running grid is evaluated on what there is.
  Oddities odd;
  const auto take = [&odd](auto result, auto& into, std::string_view folder) {
    if (result) {
      into = std::move(*result);
    } else {
      odd.unreadable.push_back({std::string(folder), std::move(result).error()});
    }
  };
  take(all_grids(store, &odd), hour.grids, paths::kGridFolder);
  take(newest_record(store, symbol, at_, Bound::not_after, &odd), hour.predecessor, "metrics");
  take_copies(hour, odd.unreadable);
  hour.situation = grid_situation(hour.grids, symbol, at_);
  take(records_between(store, symbol, at_ - Hours{dashboard::kPageHours}, at_, &odd), hour.history,
       "metrics");
  const UtcTime since =
      decisions_since(hour.predecessor, at_, configuration_->configuration.rules.evaluation);
  take(decisions_between(store, symbol, since, at_, &odd), hour.decisions, "decisions");
  take(exit_state_days(store, symbol, at_ - kRecent, at_, &odd), hour.exit_days, "exit_states");
  load_older_decisions(hour, since);
  name_unreadable(hour, odd.unreadable);
  // A misspelt key of a grid that was written by hand may be its stop-loss.
  for (const std::string& warning : odd.warnings) {
    log(ports::LogLevel::warning, "document.warning", warning);
  }
}

// Not readable is not the same as not there: what was last known of the running grid and of the
// newest record stands for them.
void Cycle::take_copies(SymbolHour& hour, const std::vector<UnreadableDocument>& unreadable) {
  if (unreadable.empty()) return;
  if (auto grid = grid_copy(ports_.state, hour.symbol.text())) {
    const std::string path = paths::grid(grid->grid_id);
    const bool is_unread = std::any_of(
        unreadable.begin(), unreadable.end(), [&path](const UnreadableDocument& document) {
          return document.path == path || document.path == paths::kGridFolder;
        });
    if (is_unread) {
      hour.grids.push_back(*std::move(grid));
      grids_by_copy_.insert(path);
    }
  }
  auto record = record_copy(ports_.state, hour.symbol.text());
  const auto& known = hour.predecessor;
  if (!record || record->timestamp >= at_) return;
  if (known && known->record.timestamp >= record->timestamp) return;
  hour.predecessor = evaluation::Predecessor{
      *std::move(record), known ? known->reference : std::optional<PreviousRecord>{}};
}

void Cycle::name_unreadable(SymbolHour& hour, const std::vector<UnreadableDocument>& unreadable) {
  std::vector<std::string> texts;
  for (const auto& [path, error] : unreadable) {
    if (!hour.unreadable.insert(path).second) continue;
    texts.push_back(error.text());
    if (grids_by_copy_.contains(path))
      texts.back() += " (judged by the copy kept beside the repository)";
    // What waits for the operator is read from these.
    if (path.starts_with("exit_states")) blind_ = true;
  }
  if (texts.empty()) return;
  const std::string& symbol = hour.symbol.text();
  problem({"history." + symbol, symbol,
           "history not readable, evaluated without it: " + join(texts, "; "), 1, 24, 1},
          unreadable.front().error.code);
}

// What was due in hours that were missed is due now.
void Cycle::load_older_decisions(SymbolHour& hour, UtcTime before) {
  UtcTime due_since = at_ - kRecent;
  if (hour.predecessor) due_since = std::min(due_since, hour.predecessor->record.timestamp);
  auto older = decisions_between(*ports_.store, hour.symbol.text(), due_since - kFollowedFor,
                                 before - Seconds{1});
  if (older) {
    hour.older_decisions = std::move(*older);
  } else {
    log(ports::LogLevel::warning, "follow_ups.unreadable", older.error().text());
  }
}

void Cycle::load_past_from_copies(SymbolHour& hour) {
  if (auto grid = grid_copy(ports_.state, hour.symbol.text())) {
    hour.grids.push_back(*std::move(grid));
  }
  hour.situation = grid_situation(hour.grids, hour.symbol.text(), at_);
  if (auto record = record_copy(ports_.state, hour.symbol.text());
      record && record->timestamp <= at_) {
    hour.predecessor = evaluation::Predecessor{*record, reference_of(*record)};
  }
  // Nothing known, or a grid that was judged before and is not known any more.
  if (hour.grids.empty() && (!hour.predecessor || hour.predecessor->record.exit_state))
    blind_ = true;
}

// Hours that could not be recorded are the past of this one all the same.
void Cycle::take_unrecorded(SymbolHour& hour) {
  const auto newest = hour.predecessor ? hour.predecessor->reference : std::nullopt;
  auto waiting = unrecorded_hours(ports_.state, hour.symbol.text(), newest, at_);
  if (!waiting) {
    log(ports::LogLevel::warning, "unrecorded.unreadable", waiting.error().text());
    return;
  }
  for (const HourOutcome& earlier : *waiting) {
    hour.history.push_back(earlier.record);
    add_entries(earlier, hour.exit_days);
    if (earlier.decision) hour.decisions.push_back(*earlier.decision);
    hour.predecessor = evaluation::Predecessor{earlier.record, reference_of(earlier.record)};
  }
  hour.unrecorded = std::move(*waiting);
}

// T not after the newest record: only deliver and push. With --at before it: refused.
bool Cycle::already_decided(SymbolHour& hour) {
  if (hour.predecessor && hour.predecessor->record.timestamp == at_) {
    hour.found = hour.predecessor->record;
    hour.recorded = true;
    return true;
  }
  if (ports_.store == nullptr) return false;
  const auto newest = newest_record(*ports_.store, hour.symbol.text(), now_, Bound::not_after);
  if (!newest || !*newest || (*newest)->record.timestamp <= at_) return false;
  if (inputs_.at) {
    alerting_ = false;
    problem({"usage", "",
             fmt::format("{} is before the newest record of {} ({}); missed hours are `backfill "
                         "--evaluate`'s business",
                         format_utc(at_), hour.symbol.text(),
                         format_hour((*newest)->record.timestamp))},
            ErrorCode::usage);
  }
  return true;
}

}  // namespace gridexit::pipeline
