#pragma once
// Rules that each file keeps by itself: size, line length, header form, names, and what is never
// committed.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "source_tree.hpp"

namespace gridexit::tidy {

/// More lines than a file may have (400, tests 600), or C++ lines longer than 100 characters.
std::vector<std::string> size_problems(const SourceFile& file);

/// A header without `#pragma once` in its first line and a comment that says what it is in its
/// second, or one that opens a namespace for all who include it.
std::vector<std::string> header_problems(const SourceFile& file);

/// Types whose names say nothing: Manager, Helper, Util.
std::vector<std::string> name_problems(const SourceFile& file);

/// Download addresses of packages, notes to do something later, traces of a merge.
std::vector<std::string> residue_problems(const SourceFile& file);

/// Paths in backticks or links of a Markdown text that do not exist. `paths` are all files; folders
/// count too.
std::vector<std::string> path_problems(const SourceFile& document,
                                       const std::set<std::string>& paths);

}  // namespace gridexit::tidy
