#include "additions.hpp"

#include "gridexit/audit/difference.hpp"
#include "gridexit/codec/documents.hpp"

namespace gridexit::pipeline {
namespace {

// `after` without what it added reads like `before`.
template <class Document, class... Entries>
std::optional<std::string> lost(const Document& before, Document after,
                                std::vector<Entries> Document::*... lists) {
  const auto cut = [&](auto list) {
    auto& entries = after.*list;
    const std::size_t kept = (before.*list).size();
    if (entries.size() > kept)
      entries.erase(entries.begin() + static_cast<long>(kept), entries.end());
  };
  (cut(lists), ...);
  const auto differs = audit::first_difference(codec::write(before), codec::write(after));
  if (!differs) return std::nullopt;
  return "only additions are allowed, but (recorded: before, follows: after) " + *differs;
}

}  // namespace

std::optional<std::string> lost_in(const Grid& before, const Grid& after) {
  return lost(before, after, &Grid::versions, &Grid::history);
}
std::optional<std::string> lost_in(const DecisionRecord& before, const DecisionRecord& after) {
  return lost(before, after, &DecisionRecord::action_records, &DecisionRecord::evaluation_records);
}
std::optional<std::string> lost_in(const ExitStateDay& before, const ExitStateDay& after) {
  return lost(before, after, &ExitStateDay::transitions, &ExitStateDay::notified);
}
std::optional<std::string> lost_in(const FailedHour& before, const FailedHour& after) {
  return lost(before, after, &FailedHour::attempts);
}
std::optional<std::string> lost_in(const RawDay& before, const RawDay& after) {
  return audit::lost_rows(before, after);
}

}  // namespace gridexit::pipeline
