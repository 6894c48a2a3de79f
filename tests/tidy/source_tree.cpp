#include "source_tree.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace gridexit::tidy {
namespace {

namespace fs = std::filesystem;

// What .gitignore names, and git itself.
constexpr std::array<std::string_view, 6> kForeignFolders = {
    ".git", "build", ".cache", "node_modules", "__pycache__", ".task"};

bool is_foreign(const fs::path& path) {
  const std::string name = path.filename().string();
  return std::find(kForeignFolders.begin(), kForeignFolders.end(), name) != kForeignFolders.end();
}

std::string read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

std::vector<SourceFile> load_tree(const fs::path& root) {
  std::vector<SourceFile> files;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    if (entry->is_directory()) {
      if (is_foreign(entry->path())) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file() || entry->is_symlink()) continue;
    SourceFile file{entry->path().lexically_relative(root).generic_string(),
                    read_text(entry->path())};
    const bool is_text = file.text.find('\0') == std::string::npos;
    if (is_text) files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

std::vector<std::string> top_level(const fs::path& root) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root)) {
    if (is_foreign(entry.path())) continue;
    names.push_back(entry.path().filename().string() + (entry.is_directory() ? "/" : ""));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_in(std::string_view path, std::string_view folder,
           const std::vector<std::string_view>& extensions) {
  if (path.size() <= folder.size() || !path.starts_with(folder) || path[folder.size()] != '/') {
    return false;
  }
  return extensions.empty() ||
         std::any_of(extensions.begin(), extensions.end(),
                     [&](std::string_view extension) { return path.ends_with(extension); });
}

std::string module_of(std::string_view path) {
  constexpr std::string_view kAdapters = "adapters/";
  for (const std::string_view root : {"src/", "include/gridexit/"}) {
    if (!path.starts_with(root)) continue;
    const std::string_view inner = path.substr(root.size());
    const auto from = inner.starts_with(kAdapters) ? kAdapters.size() : 0;
    const auto end = inner.find('/', from);
    if (end != std::string_view::npos) return std::string(inner.substr(0, end));
    return inner == "main.cpp" ? "app" : "";
  }
  return "";
}

}  // namespace gridexit::tidy
