#pragma once
// Which kind of document a path names, for those who look at whole commits.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace gridexit::pipeline {

/// Pages follow from the records and may be made again at any time.
inline const std::vector<std::string>& derived_folders() {
  static const std::vector<std::string> folders{"dashboards"};
  return folders;
}

inline bool is_failed_hour(std::string_view path) {
  return path.starts_with("metrics/") && path.ends_with(".failed.yaml");
}
inline bool is_record(std::string_view path) {
  return path.starts_with("metrics/") && path.ends_with(".yaml") && !is_failed_hour(path);
}
/// Documents that are never removed.
inline bool must_stay(std::string_view path) {
  constexpr std::array<std::string_view, 6> kFolders{"metrics/",  "decisions/", "exit_states/",
                                                     "raw_data/", "grids/",     "kpis/"};
  return std::any_of(kFolders.begin(), kFolders.end(),
                     [path](std::string_view folder) { return path.starts_with(folder); });
}

}  // namespace gridexit::pipeline
