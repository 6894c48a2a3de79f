#include "anchors.hpp"

#include <algorithm>

#include "document_kinds.hpp"
#include "gridexit/codec/documents.hpp"

namespace gridexit::pipeline {
namespace {

// Whether appending what was there then to what is there now would add nothing. Their order may be
// another: a push puts our entries after the remote's.
Result<bool> keeps_entries(ports::History& history, const ports::FileChange& change) {
  GX_TRY(const std::string then, history.content(change.before));
  GX_TRY(const std::string now, history.content(change.after));
  const auto united = codec::merge_appended(change.path, "", then, now);
  // Equal texts are handed back as they are; a line more makes it write the document anew.
  const auto alone = codec::merge_appended(change.path, "", now + "\n", now);
  return united && alone && *united == *alone;
}

Result<bool> is_kept(ports::History& history, const ports::FileChange& change,
                     const std::set<std::string>& configurations) {
  if (change.before.empty()) return true;
  switch (kind_of(change.path)) {
    case DocumentKind::elsewhere:
      return !change.path.starts_with("config/") || configurations.contains(change.before);
    case DocumentKind::record: return false;
    case DocumentKind::kpis:
    case DocumentKind::stray: return !change.after.empty();
    case DocumentKind::failed_hour:
    case DocumentKind::decision:
    case DocumentKind::exit_states:
    case DocumentKind::raw_data:
    case DocumentKind::grid: break;
  }
  if (change.after.empty()) return false;
  return keeps_entries(history, change);
}

}  // namespace

Result<bool> anchor_stands(ports::History& history, const std::string& anchor,
                           const std::vector<std::string>& line,
                           const std::set<std::string>& configurations) {
  GX_TRY(const auto commit, history.find_commit(anchor));
  if (!commit || line.empty()) return false;
  if (std::find(line.begin(), line.end(), *commit) != line.end()) return true;
  GX_TRY(const auto changes, history.changes(*commit, line.back(), derived_folders()));
  for (const ports::FileChange& change : changes) {
    GX_TRY(const bool kept, is_kept(history, change, configurations));
    if (!kept) return false;
  }
  return true;
}

}  // namespace gridexit::pipeline
