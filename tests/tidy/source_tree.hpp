#pragma once
// The project's own files as text, for the rules that keep the house in order. Nothing here judges.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gridexit::tidy {

/// One file of ours; `path` is relative to the root, with slashes.
struct SourceFile {
  std::string path;
  std::string text;
};

/// Every text file of the project, sorted by path, without build folders, git, installed packages
/// and symbolic links.
std::vector<SourceFile> load_tree(const std::filesystem::path& root);

/// Names of the root's entries that git would keep, sorted; folders end with a slash.
std::vector<std::string> top_level(const std::filesystem::path& root);

/// The lines without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// Whether the path lies in `folder` ("src/app") and ends in one of the extensions (".cpp"); no
/// extensions: any.
bool is_in(std::string_view path, std::string_view folder,
           const std::vector<std::string_view>& extensions = {});

/// "src/adapters/git/push.cpp" and "include/gridexit/adapters/git/x.hpp" -> "adapters/git";
/// "src/main.cpp" -> "app"; empty for anything else.
std::string module_of(std::string_view path);

}  // namespace gridexit::tidy
