#pragma once
// The daily KPI documents of a repository: which complete days have none, and what they say. The
// `kpi` command writes them, and the hourly run those of the days just past.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

/// Days [from, to], by their midnights; open ends reach as far as there is something to say.
struct KpiRange {
  std::optional<UtcTime> from;
  std::optional<UtcTime> to;
};

struct KpiDays {
  std::vector<KpiDay> missing;            ///< to be written, oldest first
  int present = 0;                        ///< days of the range that have theirs
  std::optional<UtcTime> newest_present;  ///< the last of these
  std::string nothing;  ///< why no day of the range can be written, when none can or need be
};

/// The documents that are missing. A day is complete when a record not later than `now` has its end
/// or a later hour; before the first grid's start there is nothing to say. While candles of a
/// grid's day are late, the day waits for them, 24 h at most. Errors: document_invalid,
/// store_unusable.
Result<KpiDays> missing_kpi_days(ports::Store& store, const KpiRange& range,
                                 const EngineVersion& engine, UtcTime now);

/// Adds the documents and the words of their commit. Error: internal (a document breaks its own
/// description).
Result<void> add_kpi_days(const std::vector<KpiDay>& days, ports::ChangeSet& changes);

/// The newest document of a day that was over at `at`, within the 8 days before; nothing when there
/// is none.
Result<std::optional<KpiDay>> newest_kpi_day(ports::Store& store, UtcTime at);

}  // namespace gridexit::pipeline
