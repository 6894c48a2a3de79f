#pragma once
// Which kind of document a path names, for those who look at whole commits.

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace gridexit::pipeline {

enum class DocumentKind {
  elsewhere,  ///< outside the folders whose documents must stay
  record,
  failed_hour,
  decision,
  exit_states,
  raw_data,
  grid,
  kpis,
  stray,  ///< in one of these folders, but nothing that belongs there
};

/// Pages follow from the records and may be made again at any time.
inline const std::vector<std::string>& derived_folders() {
  static const std::vector<std::string> folders{"dashboards"};
  return folders;
}

inline DocumentKind kind_of(std::string_view path) {
  struct Form {
    std::string_view folder;
    std::string_view ending;
    DocumentKind kind;
  };
  constexpr std::array<Form, 7> kForms{{
      {"metrics/", ".failed.yaml", DocumentKind::failed_hour},
      {"metrics/", ".yaml", DocumentKind::record},
      {"decisions/", ".yaml", DocumentKind::decision},
      {"exit_states/", ".yaml", DocumentKind::exit_states},
      {"raw_data/", ".json", DocumentKind::raw_data},
      {"grids/", ".yaml", DocumentKind::grid},
      {"kpis/", ".yaml", DocumentKind::kpis},
  }};
  DocumentKind kind = DocumentKind::elsewhere;
  for (const Form& form : kForms) {
    if (!path.starts_with(form.folder)) continue;
    if (path.ends_with(form.ending)) return form.kind;
    kind = DocumentKind::stray;
  }
  return kind;
}

/// Documents that are never changed.
inline bool is_immutable(std::string_view path) {
  const DocumentKind kind = kind_of(path);
  return kind == DocumentKind::record || kind == DocumentKind::kpis;
}
/// Documents that are never removed.
inline bool must_stay(std::string_view path) {
  return kind_of(path) != DocumentKind::elsewhere;
}

}  // namespace gridexit::pipeline
