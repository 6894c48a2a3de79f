#include "cycle.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/kpi_days.hpp"

namespace gridexit::pipeline {
namespace {

constexpr std::chrono::days kDay{1};
// Days that a run makes up for; `gridexit kpi` writes older ones.
constexpr int kBack = 6;

}  // namespace

// The day just past, in a commit of its own and after the messages: figures never delay a warning.
// What cannot be written now is written by the next run.
void Cycle::record_kpis() {
  if (ports_.store == nullptr || time_is_over()) return;
  const UtcTime yesterday = floor_day(at_) - kDay;
  const auto known = ports_.store->read(paths::kpi(yesterday));
  if (!known || *known) return;
  const auto days =
      missing_kpi_days(*ports_.store, {yesterday - kBack * kDay, yesterday}, inputs_.engine, at_);
  if (days && days->missing.empty()) return;
  steps_.begin("kpis");
  ports::ChangeSet changes;
  changes.author_time = at_;
  changes.committer_time = now_;
  const auto added =
      days ? add_kpi_days(days->missing, changes) : Result<void>(Error(days.error()));
  const auto committed =
      added ? ports_.store->commit(changes) : Result<ports::CommitOutcome>(added.error());
  if (!committed) {
    note({"kpis", "", "KPIs not written, tried again: " + committed.error().text(), 24});
    return;
  }
  head_ = committed->commit;
  steps_.event(
      {ports::LogLevel::info, "kpis.committed", {{"commit", head_}, {"subject", changes.subject}}});
}

}  // namespace gridexit::pipeline
