#include "anchors.hpp"

#include <algorithm>

#include "document_kinds.hpp"

namespace gridexit::pipeline {

Result<bool> anchor_stands(ports::History& history, const std::string& anchor,
                           const std::vector<std::string>& line) {
  GX_TRY(const auto commit, history.find_commit(anchor));
  if (!commit || line.empty()) return false;
  if (std::find(line.begin(), line.end(), *commit) != line.end()) return true;
  GX_TRY(const auto changes, history.changes(*commit, line.back(), derived_folders()));
  return std::none_of(changes.begin(), changes.end(), [](const ports::FileChange& change) {
    const bool gone = change.after.empty() && must_stay(change.path);
    return !change.before.empty() && (gone || kind_of(change.path) == DocumentKind::record);
  });
}

}  // namespace gridexit::pipeline
