#pragma once
// The candle part of backfill: what the repository lacks, one commit per day.

#include <vector>

#include "gridexit/pipeline/backfill.hpp"

namespace gridexit::pipeline {

/// Completes the raw days of [from, to) and notes in the report what came of it. Errors: those of
/// `backfill`.
Result<void> backfill_candles(ports::Store& store, ports::Exchange& exchange,
                              const BackfillInputs& inputs, UtcTime from, BackfillReport& report);

}  // namespace gridexit::pipeline
