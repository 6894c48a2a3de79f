#pragma once
// Where two documents part, and what an append-only candle file lost. Both answer in words for a
// person, and with nothing when all is well.

#include <optional>
#include <string>
#include <string_view>

#include "gridexit/domain/raw_day.hpp"

namespace gridexit::audit {

/// The first line in which two canonical YAML texts differ, with the keys above it:
/// "regime.verdict: RANGE_OK is recorded, TREND follows". Nothing when the texts are equal.
std::optional<std::string> first_difference(std::string_view recorded, std::string_view derived);

/// What `after` no longer has of `before`: rows are only added, and nothing else changes. Nothing
/// when all of it is there.
std::optional<std::string> lost_rows(const RawDay& before, const RawDay& after);

}  // namespace gridexit::audit
