#include "file_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "gridexit/base/text.hpp"

namespace gridexit::tidy {
namespace {

constexpr std::size_t kMaxLines = 400;
constexpr std::size_t kMaxTestLines = 600;
constexpr std::ptrdiff_t kMaxColumns = 100;

std::string place(const SourceFile& file, std::size_t line) {
  return file.path + ":" + std::to_string(line) + ": ";
}

/// Characters, not bytes: formulas are written with their signs.
std::ptrdiff_t columns_of(std::string_view line) {
  return std::count_if(line.begin(), line.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The word after `keyword` ("struct Name"), empty when the line declares nothing.
std::string_view declared_name(std::string_view line, std::string_view keyword) {
  if (!line.starts_with(keyword)) return {};
  line.remove_prefix(keyword.size());
  if (line.starts_with("[[nodiscard]] ")) line.remove_prefix(14);
  const auto end = std::find_if_not(line.begin(), line.end(), is_word);
  return line.substr(0, static_cast<std::size_t>(end - line.begin()));
}

bool looks_like_path(std::string_view text) {
  constexpr std::array<std::string_view, 6> kRoots = {"src/",    "include/", "tests/",
                                                      "config/", "infra/",   "dashboards/"};
  const bool rooted = std::any_of(kRoots.begin(), kRoots.end(),
                                  [&](std::string_view root) { return text.starts_with(root); });
  return rooted && text.find_first_of(" <>{}*…") == std::string_view::npos;
}

bool exists(std::string_view path, const std::set<std::string>& paths) {
  const std::string name(path.ends_with('/') ? path.substr(0, path.size() - 1) : path);
  if (paths.contains(name)) return true;
  const auto inside = paths.lower_bound(name + "/");
  return inside != paths.end() && inside->starts_with(name + "/");
}

}  // namespace

std::vector<std::string> size_problems(const SourceFile& file) {
  std::vector<std::string> problems;
  const auto lines = lines_of(file.text);
  const auto limit = file.path.starts_with("tests/") ? kMaxTestLines : kMaxLines;
  if (lines.size() > limit) {
    problems.push_back(file.path + ": " + std::to_string(lines.size()) + " lines (at most " +
                       std::to_string(limit) + ")");
  }
  const bool is_cpp = file.path.ends_with(".cpp") || file.path.ends_with(".hpp");
  for (std::size_t i = 0; is_cpp && i < lines.size(); ++i) {
    const auto columns = columns_of(lines[i]);
    if (columns <= kMaxColumns) continue;
    problems.push_back(place(file, i + 1) + std::to_string(columns) + " columns (at most " +
                       std::to_string(kMaxColumns) + ")");
  }
  return problems;
}

std::vector<std::string> header_problems(const SourceFile& file) {
  const auto lines = lines_of(file.text);
  if (lines.size() < 2 || lines[0] != "#pragma once") {
    return {file.path + ": does not begin with #pragma once"};
  }
  if (!lines[1].starts_with("// ")) {
    return {file.path + ": no comment under #pragma once says what this header is"};
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (trim(lines[i]).starts_with("using namespace ")) {
      return {place(file, i + 1) + "opens a namespace for all who include it"};
    }
  }
  return {};
}

std::vector<std::string> name_problems(const SourceFile& file) {
  constexpr std::array<std::string_view, 4> kKeywords = {"class ", "struct ", "enum class ",
                                                         "using "};
  constexpr std::array<std::string_view, 4> kBanned = {"Manager", "Helper", "Util", "Utils"};
  std::vector<std::string> problems;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(file.text)) {
    ++number;
    for (const std::string_view keyword : kKeywords) {
      const std::string_view name = declared_name(trim(line), keyword);
      const bool banned = std::any_of(kBanned.begin(), kBanned.end(), [&](std::string_view ending) {
        return name.ends_with(ending);
      });
      if (banned) problems.push_back(place(file, number) + std::string(name) + " says nothing");
    }
  }
  return problems;
}

std::vector<std::string> residue_problems(const SourceFile& file) {
  // This folder is not searched: its rule and its test have to name the words.
  constexpr std::array<std::string_view, 6> kResidue = {
      "registry.npmjs", "registry.yarnpkg", "\"resolved\":", "TODO", "FIXME", "<<<<<<< "};
  std::vector<std::string> problems;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(file.text)) {
    ++number;
    for (const std::string_view residue : kResidue) {
      if (line.find(residue) == std::string_view::npos) continue;
      problems.push_back(place(file, number) + std::string(residue) + " must not be committed");
    }
  }
  return problems;
}

std::vector<std::string> path_problems(const SourceFile& document,
                                       const std::set<std::string>& paths) {
  std::vector<std::string> problems;
  const auto check = [&](std::string_view candidate, std::size_t line) {
    if (!looks_like_path(candidate) || exists(candidate, paths)) return;
    problems.push_back(place(document, line) + std::string(candidate) + " does not exist");
  };
  std::size_t number = 0;
  for (const std::string_view line : lines_of(document.text)) {
    ++number;
    const auto parts = split(line, '`');
    for (std::size_t i = 1; i < parts.size(); i += 2) check(parts[i], number);
    for (auto link = line.find("]("); link != std::string_view::npos;
         link = line.find("](", link + 1)) {
      check(line.substr(link + 2, line.find(')', link) - link - 2), number);
    }
  }
  return problems;
}

}  // namespace gridexit::tidy
