#include "hour_documents.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/base/hash.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {
namespace {

// The commit's body: the reasons, as the records say them.
std::string body_of(const HourOutcome& outcome) {
  std::string body;
  if (outcome.transition) {
    for (const std::string& reason : outcome.transition->reasons) body += "- " + reason + "\n";
  }
  if (outcome.decision) {
    body += fmt::format("{}: {}\n", outcome.decision->decision_id,
                        to_text(outcome.decision->recommendation.action));
  }
  return body;
}

bool adds_entries(const HourOutcome& outcome) {
  return outcome.transition || outcome.notified;
}

}  // namespace

void add_entries(const HourOutcome& outcome, std::vector<ExitStateDay>& days) {
  if (!adds_entries(outcome)) return;
  const std::string date = format_date(outcome.record.timestamp);
  auto day = std::find_if(days.begin(), days.end(),
                          [&date](const ExitStateDay& known) { return known.date == date; });
  if (day == days.end()) {
    day = days.emplace(days.end());
    day->symbol = outcome.record.symbol;
    day->date = date;
  }
  if (outcome.transition) day->transitions.push_back(*outcome.transition);
  if (outcome.notified) day->notified.push_back(*outcome.notified);
}

PreviousRecord reference_of(const MetricsRecord& record) {
  return {paths::metrics(record.symbol, record.timestamp), git_blob_id(codec::write(record))};
}

std::string subject_of(const MetricsRecord& record) {
  std::string subject = fmt::format("{} {} {} {:.2f}", record.symbol, format_hour(record.timestamp),
                                    to_text(record.regime.verdict), record.confidence.value);
  if (!record.exit_state)
    return subject + fmt::format(" {}", to_text(record.recommendation.action));
  const ExitEvaluation& exit = *record.exit_state;
  if (exit.state == exit.previous) return subject + fmt::format(" {}", to_text(exit.state));
  return subject + fmt::format(" {} -> {}", to_text(exit.previous), to_text(exit.state));
}

std::vector<std::string> add_hour(const HourOutcome& outcome,
                                  const std::vector<ExitStateDay>& exit_days,
                                  const std::map<std::string, RawDay>& raw_days,
                                  ports::ChangeSet& changes) {
  const std::string& symbol = outcome.record.symbol;
  const UtcTime at = outcome.record.timestamp;
  std::vector<std::string> problems;
  std::map<std::string, std::string> files;
  const auto add = [&](const std::string& path, const auto& document) {
    for (const std::string& problem : codec::problems(document))
      problems.push_back(fmt::format("{}: {}", path, problem));
    files[path] = codec::write(document);
  };
  add(paths::metrics(symbol, at), outcome.record);
  if (outcome.decision) add(paths::decision(symbol, at), *outcome.decision);
  for (const ExitStateDay& day : exit_days) {
    if (adds_entries(outcome) && day.date == format_date(at))
      add(paths::exit_states(symbol, at), day);
  }
  for (const auto& [path, day] : raw_days) add(path, day);
  if (!problems.empty()) return problems;
  changes.files.merge(files);
  changes.subject = subject_of(outcome.record);
  changes.body = body_of(outcome);
  return problems;
}

}  // namespace gridexit::pipeline
