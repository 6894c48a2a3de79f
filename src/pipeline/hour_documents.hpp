#pragma once
// An evaluated hour as documents and the words of its commit: the same for the hourly run and for
// backfill.

#include <map>
#include <string>
#include <vector>

#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/evaluation/evaluate.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

/// The commit's subject: "ETH-USDT 2026-02-02T14Z RANGE_WEAK 0.71 NORMAL -> WARNING".
std::string subject_of(const MetricsRecord& record);

/// Adds the hour's record, its decision, its exit-state day (continued from `exit_days`, the days
/// known so far) and the raw days with new rows (by path), with subject and body. Documents that
/// break their own description are returned as problems, and then nothing is added.
std::vector<std::string> add_hour(const evaluation::HourOutcome& outcome,
                                  const std::vector<ExitStateDay>& exit_days,
                                  const std::map<std::string, RawDay>& raw_days,
                                  ports::ChangeSet& changes);

}  // namespace gridexit::pipeline
