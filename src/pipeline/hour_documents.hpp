#pragma once
// An evaluated hour as documents and the words of its commit: the same for the hourly run and for
// backfill.

#include <map>
#include <string>
#include <vector>

#include "gridexit/domain/hour_outcome.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

/// The commit's subject: "ETH-USDT 2026-02-02T14Z RANGE_WEAK 0.71 NORMAL -> WARNING".
std::string subject_of(const MetricsRecord& record);

/// Where the record is or will be stored, for the record that follows it.
PreviousRecord reference_of(const MetricsRecord& record);

/// Appends the hour's transition and notification to their day, which is added where it is new.
void add_entries(const HourOutcome& outcome, std::vector<ExitStateDay>& days);

/// Adds the hour's record, its decision, its exit-state day (out of `exit_days`, which have its
/// entries already) and the raw days with new rows (by path), with subject and body. Documents that
/// break their own description are returned as problems, and then nothing is added.
std::vector<std::string> add_hour(const HourOutcome& outcome,
                                  const std::vector<ExitStateDay>& exit_days,
                                  const std::map<std::string, RawDay>& raw_days,
                                  ports::ChangeSet& changes);

}  // namespace gridexit::pipeline
