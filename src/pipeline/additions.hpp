#pragma once
// Whether a new version of an append-only document keeps all of the one before: every array keeps
// its entries as a prefix, and nothing else changes.

#include <optional>
#include <string>
#include <string_view>

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/ledger.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::pipeline {

/// What was lost or changed; nothing when `after` only adds.
std::optional<std::string> lost_in(const Grid& before, const Grid& after);
std::optional<std::string> lost_in(const DecisionRecord& before, const DecisionRecord& after);
std::optional<std::string> lost_in(const ExitStateDay& before, const ExitStateDay& after);
std::optional<std::string> lost_in(const FailedHour& before, const FailedHour& after);
std::optional<std::string> lost_in(const RawDay& before, const RawDay& after);

/// The same of two texts of the document at `path`, of whichever of these kinds; nothing also when
/// one of them cannot be read.
std::optional<std::string> lost_in(const std::string& path, std::string_view before,
                                   std::string_view after);

}  // namespace gridexit::pipeline
