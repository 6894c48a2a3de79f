#pragma once
// What the data repository knows of a symbol's past: records, candles, grids, decisions,
// notifications. Found through HEAD's tree and the documents' paths, never through git history, in
// the present layout and in the flat one of version 1.0 (paths::flat). Where both have a document,
// the present one stands: it goes on from the flat one.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/evaluation/evaluate.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

/// A document that is there and can't be read.
struct UnreadableDocument {
  std::string path;
  Error error;
};

/// What is wrong with documents that are there. The readers below take one (null: none): they
/// gather warnings in it, and name what they can't read and go on with the rest. Without one, a
/// document that can't be read is an error.
struct Oddities {
  std::vector<std::string> warnings;  ///< of each key that nobody knows
  std::vector<UnreadableDocument> unreadable;
};

/// Reads one document at HEAD, by its present path; nothing when neither layout has it. Error:
/// document_invalid (with or without `odd`, which gathers the warnings), store_unusable.
template <class Document>
Result<std::optional<Document>> read_document(ports::Store& store, const std::string& path,
                                              Oddities* odd = nullptr);

/// The symbol's newest record before `at` (or at `at` too). An unreadable one stays the reference;
/// the record is then the newest readable one before it.
enum class Bound { before, not_after };
Result<std::optional<evaluation::Predecessor>> newest_record(ports::Store& store,
                                                             std::string_view symbol, UtcTime at,
                                                             Bound bound, Oddities* odd = nullptr);

/// Where one record is.
struct RecordPlace {
  UtcTime hour{};
  std::string path;
  std::string blob;
};

/// Where the symbol's records of [from, to) are, oldest first.
Result<std::vector<RecordPlace>> record_places(ports::Store& store, std::string_view symbol,
                                               UtcTime from, UtcTime to);

/// The symbol's records of [from, to), oldest first.
Result<std::vector<MetricsRecord>> records_between(ports::Store& store, std::string_view symbol,
                                                   UtcTime from, UtcTime to,
                                                   Oddities* odd = nullptr);

/// All grid definitions, sorted by id.
Result<std::vector<Grid>> all_grids(ports::Store& store, Oddities* odd = nullptr);

/// Decisions of the symbol made in [from, to], oldest first.
Result<std::vector<DecisionRecord>> decisions_between(ports::Store& store, std::string_view symbol,
                                                      UtcTime from, UtcTime to,
                                                      Oddities* odd = nullptr);

/// Exit-state days that touch [from, to], oldest first.
Result<std::vector<ExitStateDay>> exit_state_days(ports::Store& store, std::string_view symbol,
                                                  UtcTime from, UtcTime to,
                                                  Oddities* odd = nullptr);

/// Raw days that touch [from, to), oldest first; missing days are left out.
Result<std::vector<RawDay>> raw_days(ports::Store& store, std::string_view symbol, UtcTime from,
                                     UtcTime to, Oddities* odd = nullptr);

/// Version 1.0 kept the exit state in the days' documents alone: gives a record of that time the
/// state that the newest change up to its hour says, as far as that run of the grid still lasts.
void recall_exit_state(MetricsRecord& record, const Transition& newest,
                       const std::vector<Grid>& grids);

/// Where the grids of a symbol stand at `at`.
struct GridSituation {
  std::optional<RunningGrid> running;
  std::optional<UtcTime> last_stop;  ///< newest `disabled` of this symbol's grids
  bool another_grid_runs = false;    ///< of another symbol
  double held_by_running_grids = 0;  ///< quote, all symbols
};
GridSituation grid_situation(const std::vector<Grid>& grids, std::string_view symbol, UtcTime at);

}  // namespace gridexit::pipeline
