#include "unrecorded.hpp"

#include <string>

#include "gridexit/codec/documents.hpp"

namespace gridexit::pipeline {
namespace {

std::string file_of(std::string_view symbol) {
  return "unrecorded." + std::string(symbol) + ".yaml";
}

}  // namespace

Result<std::vector<HourOutcome>> unrecorded_hours(ports::LocalState& state, std::string_view symbol,
                                                  const std::optional<PreviousRecord>& newest,
                                                  UtcTime at) {
  const std::string file = file_of(symbol);
  GX_TRY(const auto text, state.load(file));
  if (!text) return std::vector<HourOutcome>{};
  GX_TRY(auto read, codec::read<UnrecordedHours>(*text, file));
  std::vector<HourOutcome> hours = std::move(read.document.hours);
  if (!hours.empty() && hours.front().record.previous != newest) hours.clear();
  // An hour that is evaluated again is not its own past.
  std::erase_if(hours, [at](const HourOutcome& hour) { return hour.record.timestamp >= at; });
  return hours;
}

Result<void> keep_unrecorded(ports::LocalState& state, std::string_view symbol,
                             const std::vector<HourOutcome>& hours) {
  const std::string file = file_of(symbol);
  if (hours.empty()) return state.remove(file);
  UnrecordedHours document;
  document.hours = hours;
  return state.save(file, codec::write(document));
}

}  // namespace gridexit::pipeline
