#include "additions.hpp"

#include "document_kinds.hpp"
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

template <class Document>
std::optional<std::string> lost_in_text(const std::string& path, std::string_view before,
                                        std::string_view after) {
  const auto old_version = codec::read<Document>(before, path);
  const auto new_version = codec::read<Document>(after, path);
  if (!old_version || !new_version) return std::nullopt;
  return lost_in(old_version->document, new_version->document);
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

std::optional<std::string> lost_in(const std::string& path, std::string_view before,
                                   std::string_view after) {
  switch (kind_of(path)) {
    case DocumentKind::decision: return lost_in_text<DecisionRecord>(path, before, after);
    case DocumentKind::exit_states: return lost_in_text<ExitStateDay>(path, before, after);
    case DocumentKind::raw_data: return lost_in_text<RawDay>(path, before, after);
    case DocumentKind::grid: return lost_in_text<Grid>(path, before, after);
    case DocumentKind::failed_hour: return lost_in_text<FailedHour>(path, before, after);
    case DocumentKind::record:
    case DocumentKind::kpis:
    case DocumentKind::stray:
    case DocumentKind::elsewhere: break;
  }
  return std::nullopt;
}

}  // namespace gridexit::pipeline
