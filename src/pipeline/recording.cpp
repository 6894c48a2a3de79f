#include <fmt/format.h>

#include <algorithm>

#include "cycle.hpp"
#include "follow_ups.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/dashboard/assets.hpp"
#include "gridexit/dashboard/page.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/copies.hpp"
#include "gridexit/pipeline/kpi_days.hpp"
#include "hour_documents.hpp"
#include "unrecorded.hpp"

namespace gridexit::pipeline {
namespace {

// "dec-ETH-USDT-20260201T140000Z after 24h: good, the range broke 5 h later; ..."
std::string follow_up_line(const DecisionRecord& decision) {
  const EvaluationRecord& newest = decision.evaluation_records.back();
  return fmt::format("{} after {}: {}, {}\n", decision.decision_id, newest.horizon,
                     newest.recommendation_quality, newest.note.value_or(""));
}

// What was asked for wrongly says nothing about the hour, and the history keeps it for ever.
bool is_misuse(ErrorCode code) {
  return exit_code(code) == exit_code(ErrorCode::usage);
}

}  // namespace

void Cycle::record(SymbolHour& hour) {
  steps_.begin("record", hour.symbol.text());
  if (ports_.store == nullptr) return keep_for_later(hour);
  ports::ChangeSet changes;
  changes.author_time = at_;
  changes.committer_time = now_;
  if (hour.outcome) {
    add_record(hour, changes);
    if (changes.files.empty()) return;
    add_unrecorded(hour, changes);
    add_follow_ups(hour, changes);
    add_page(hour, changes);
  } else if (hour.failure && !hour.found && !is_misuse(hour.failure->code)) {
    add_failed_hour(hour, changes);
  } else {
    return;
  }
  // Somebody has to look at what could not be read; it is not written over.
  for (const std::string& path : hour.unreadable) changes.files.erase(path);
  const auto committed = ports_.store->commit(changes);
  if (!committed) {
    problem({"store.write", "", "not recorded: " + committed.error().text(), 1, 24, 1},
            ErrorCode::store_unusable);
    return keep_for_later(hour);
  }
  head_ = committed->commit;
  hour.recorded = hour.outcome.has_value();
  if (hour.recorded) newest_pages_[hour.symbol.text()] = at_;
  keep_copies(hour);
  steps_.event({ports::LogLevel::info,
                "record.committed",
                {{"symbol", hour.symbol.text()}, {"commit", head_}, {"subject", changes.subject}}});
}

void Cycle::add_record(const SymbolHour& hour, ports::ChangeSet& changes) {
  std::vector<ExitStateDay> days = hour.exit_days;
  add_entries(*hour.outcome, days);
  const std::vector<std::string> problems =
      add_hour(*hour.outcome, days, hour.market->changed_days, changes);
  if (problems.empty()) return;
  // A document that breaks its own description is a bug of ours; it is never written.
  problem({"record.invalid", hour.symbol.text(),
           "not recorded, a document is invalid: " + join(problems, "; "), 1, 24, 1},
          ErrorCode::internal);
}

// What earlier hours could not record comes along with this one.
void Cycle::add_unrecorded(const SymbolHour& hour, ports::ChangeSet& changes) {
  for (const HourOutcome& earlier : hour.unrecorded) {
    ports::ChangeSet along;
    if (!add_hour(earlier, hour.exit_days, {}, along).empty()) continue;
    changes.body += "recorded late: " + along.subject + "\n";
    changes.files.merge(along.files);  // this hour's exit-state day has the earlier entries too
  }
}

// A follow-up that cannot be made is made by a later run; the hour is recorded without it.
void Cycle::add_follow_ups(SymbolHour& hour, ports::ChangeSet& changes) {
  std::vector<DecisionRecord> decisions = hour.older_decisions;
  decisions.insert(decisions.end(), hour.decisions.begin(), hour.decisions.end());
  const FollowUpSources sources{
      [&](UtcTime from, UtcTime to) { return recorded_bars(hour, from, to); },
      [this](const std::string& path) { return read_document<MetricsRecord>(*ports_.store, path); },
      hour.grids, decisions, configuration_->configuration.rules.setup};
  const auto followed = followed_up(sources, at_);
  if (!followed) {
    note({"follow_ups", hour.symbol.text(),
          "decisions not followed up, tried again: " + followed.error().text(), 24});
    return;
  }
  for (const DecisionRecord& decision : *followed) {
    if (!codec::problems(decision).empty()) continue;
    changes.files[paths::decision(decision.symbol, decision.created_at)] = codec::write(decision);
    changes.body += follow_up_line(decision);
    for (auto* known : {&hour.older_decisions, &hour.decisions}) {
      for (DecisionRecord& entry : *known) {
        if (entry.decision_id == decision.decision_id) entry = decision;
      }
    }
  }
}

// The grid of an old decision may have begun before the candles that this hour needed.
Result<CandleSeries> Cycle::recorded_bars(const SymbolHour& hour, UtcTime from, UtcTime to) {
  CandleSeries bars;
  const CandleSeries& recent = hour.market->recorded_1h;
  const UtcTime known_from = recent.empty() ? to : recent.view().time.front();
  if (from < known_from) {
    GX_TRY(const auto days, raw_days(*ports_.store, hour.symbol.text(), from, known_from));
    for (const RawDay& day : days) bars.append(day.h1.between(from, known_from));
  }
  bars.append(recent.between(std::max(from, known_from), to));
  return bars;
}

void Cycle::add_failed_hour(const SymbolHour& hour, ports::ChangeSet& changes) {
  const std::string path = paths::failed_hour(hour.symbol.text(), at_);
  FailedHour document;
  if (auto known = read_document<FailedHour>(*ports_.store, path); known && *known)
    document = std::move(**known);
  document.symbol = hour.symbol.text();
  document.timestamp = at_;
  document.attempts.push_back(
      {now_, std::string(to_text(hour.failure->code)), hour.failure->message});
  changes.files[path] = codec::write(document);
  changes.subject = fmt::format("{} {} failed: {}", hour.symbol.text(), format_hour(at_),
                                to_text(hour.failure->code));
  changes.body = hour.failure->text() + "\n";
}

void Cycle::add_page(SymbolHour& hour, ports::ChangeSet& changes) {
  const evaluation::HourOutcome& outcome = *hour.outcome;
  dashboard::PageInputs page{outcome.record, hour.history, hour.market->h1.view()};
  page.grid = hour.situation.running;
  for (const ExitStateDay& day : hour.exit_days) {
    page.transitions.insert(page.transitions.end(), day.transitions.begin(), day.transitions.end());
  }
  if (outcome.transition) page.transitions.push_back(*outcome.transition);
  page.decisions = hour.older_decisions;
  page.decisions.insert(page.decisions.end(), hour.decisions.begin(), hour.decisions.end());
  if (outcome.decision) page.decisions.push_back(*outcome.decision);
  if (const auto kpis = newest_kpi_day(*ports_.store, at_); kpis && *kpis) {
    page.kpis = (*kpis)->figures;
    page.kpis_as_of = (*kpis)->date;
  }
  page.simulated = outcome.record.origin == Origin::simulated;
  page.rules = configuration_->configuration.rules;
  if (const auto newest = newest_pages_.find(hour.symbol.text()); newest != newest_pages_.end()) {
    page.previous_hour = newest->second;
  }
  page.head = head_;

  auto& entries = index_entries_[hour.symbol.text()];
  for (const MetricsRecord& record : hour.history)
    entries.push_back(dashboard::index_entry(record));
  entries.push_back(dashboard::index_entry(outcome.record));
  std::vector<dashboard::IndexEntry> index;
  for (const auto& [symbol, list] : index_entries_)
    index.insert(index.end(), list.begin(), list.end());

  std::map<std::string, std::string> files;
  files[paths::page(hour.symbol.text(), at_)] = dashboard::render_page(page);
  files[std::string(paths::kIndexPage)] = dashboard::render_index(index);
  const std::string folder = std::string(paths::kAssetFolder) + "/" + dashboard::asset_version();
  const auto known_assets = ports_.store->list(folder);
  const bool assets_committed = known_assets && !known_assets->empty();
  for (const dashboard::Asset& asset : dashboard::assets()) {
    const std::string path = folder + "/" + std::string(asset.name);
    files[path] = std::string(asset.bytes);
  }
  for (const auto& [path, bytes] : files) {
    const bool is_asset = path.starts_with(folder);
    if (connections_->page_folder) {
      if (const auto written = connections_->page_folder->write(path, bytes); !written) {
        note({"dashboard.folder", "", "page not written to disk: " + written.error().text(), 3});
      }
    }
    if (configuration_->configuration.environment.dashboard.commit &&
        !(is_asset && assets_committed)) {
      changes.files[path] = bytes;
    }
  }
}

// What a run without a readable repository falls back on.
void Cycle::keep_copies(const SymbolHour& hour) {
  if (hour.outcome) {
    (void)keep_record_copy(ports_.state, hour.outcome->record);
    // They came along; a failed hour takes none with it.
    (void)keep_unrecorded(ports_.state, hour.symbol.text(), {});
  }
  const bool grids_known =
      std::none_of(hour.unreadable.begin(), hour.unreadable.end(),
                   [](const std::string& path) { return path.starts_with(paths::kGridFolder); });
  const Grid* const running = hour.running_grid();
  if (running != nullptr || grids_known) {
    (void)keep_grid_copy(ports_.state, hour.symbol.text(), running);
  }
}

// The hour was told without being recorded: the next one must know, and may still record it.
void Cycle::keep_for_later(const SymbolHour& hour) {
  if (!hour.outcome) return;
  std::vector<HourOutcome> hours = hour.unrecorded;
  hours.push_back(*hour.outcome);
  if (const auto kept = keep_unrecorded(ports_.state, hour.symbol.text(), hours); !kept) {
    log(ports::LogLevel::warning, "unrecorded.not_kept", kept.error().text());
  }
}

}  // namespace gridexit::pipeline
