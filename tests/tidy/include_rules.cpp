#include "include_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "gridexit/base/text.hpp"

namespace gridexit::tidy {
namespace {

constexpr std::string_view kProduct = "gridexit/";

/// What stands between the quotes or brackets of an include line, and whether it is quoted.
struct Include {
  std::string_view target;
  bool quoted = false;
};

std::optional<Include> include_of(std::string_view line) {
  constexpr std::string_view kDirective = "#include ";
  if (!line.starts_with(kDirective)) return std::nullopt;
  line.remove_prefix(kDirective.size());
  const bool quoted = line.starts_with('"');
  const auto end = line.find(quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{line.substr(1, end - 1), quoted};
}

/// The library that a header belongs to; empty for the standard library, "POSIX" for the system's.
std::string library_of(std::string_view header) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kPrefixes = {{
      {"fmt/", "fmt"},
      {"openssl/", "OpenSSL"},
      {"nlohmann/", "nlohmann_json"},
      {"yaml.h", "libyaml"},
      {"curl/", "libcurl"},
      {"git2", "libgit2"},
      {"zlib.h", "zlib"},
      {"CLI/", "CLI11"},
      {"spdlog/", "spdlog"},
      {"sys/", "POSIX"},
  }};
  for (const auto& [prefix, library] : kPrefixes) {
    if (header.starts_with(prefix)) return std::string(library);
  }
  if (header.find('/') != std::string_view::npos) return std::string(header);
  return header.ends_with(".h") ? "POSIX" : "";
}

bool is_private_header(std::string_view target, const SourceFile& file, const std::string& module,
                       const std::set<std::string>& paths) {
  const std::string here = file.path.substr(0, file.path.rfind('/') + 1);
  const std::string home = "src/" + module + "/";
  for (const std::string& candidate :
       {here + std::string(target), home + std::string(target), "src/" + std::string(target)}) {
    if (candidate.starts_with(home) && paths.contains(candidate)) return true;
  }
  return false;
}

std::string own_header(const SourceFile& file, const std::string& module,
                       const std::set<std::string>& paths) {
  const std::string stem = file.path.substr(0, file.path.size() - 4);
  const std::string home = "src/" + module + "/";
  if (!stem.starts_with(home)) return "";
  const std::string published =
      "include/gridexit/" + module + "/" + stem.substr(home.size()) + ".hpp";
  if (paths.contains(published)) return published.substr(std::string_view("include/").size());
  return paths.contains(stem + ".hpp") ? stem.substr(stem.rfind('/') + 1) + ".hpp" : "";
}

std::string judge(const Include& include, const SourceFile& file, const std::string& module,
                  const ModuleRule& rule, const std::set<std::string>& paths) {
  const std::string target(include.target);
  if (include.target.starts_with(kProduct)) {
    const std::string other = module_of("include/" + target);
    if (!paths.contains("include/" + target)) return target + " does not exist";
    if (other == module || rule.may_include.contains(other)) return "";
    return module + " may not include " + other;
  }
  if (include.quoted) {
    if (is_private_header(include.target, file, module, paths)) return "";
    return target + " is no header of " + module;
  }
  const std::string library = library_of(include.target);
  if (library.empty()) return "";
  if (file.path.starts_with("include/")) return "a public header includes " + target;
  if (library == "fmt" || rule.third_party.contains(library)) return "";
  return module + " may not use " + library + " (" + target + ")";
}

std::string place(const SourceFile& file, std::size_t line) {
  return file.path + ":" + std::to_string(line) + ": ";
}

}  // namespace

std::vector<std::string> include_problems(const SourceFile& file, const ModuleMap& map,
                                          const std::set<std::string>& paths) {
  const std::string module = module_of(file.path);
  const auto rule = map.rules.find(module);
  if (rule == map.rules.end())
    return {file.path + ": module \"" + module + "\" is not in README's map"};

  std::vector<std::string> problems;
  std::string expected_first = file.path.ends_with(".cpp") ? own_header(file, module, paths) : "";
  std::size_t number = 0;
  for (const std::string_view line : lines_of(file.text)) {
    ++number;
    const auto include = include_of(line);
    if (!include) continue;
    if (!expected_first.empty() && !include->target.ends_with(expected_first)) {
      problems.push_back(place(file, number) + "its own header comes first");
    }
    expected_first.clear();
    const std::string problem = judge(*include, file, module, rule->second, paths);
    if (!problem.empty()) problems.push_back(place(file, number) + problem);
  }
  return problems;
}

bool is_core(const std::string& module) {
  constexpr std::array<std::string_view, 14> kCore = {
      "base",       "domain",   "integrity", "metrics",    "regime", "exit_state", "gates",
      "simulation", "position", "decision",  "evaluation", "kpi",    "backtest",   "audit"};
  return std::find(kCore.begin(), kCore.end(), module) != kCore.end();
}

std::vector<std::string> purity_problems(const SourceFile& file) {
  // A seeded generator is fine; a distribution's numbers depend on the library that draws them.
  constexpr std::array<std::string_view, 13> kForbidden = {
      "_clock::now", "std::getenv",   "std::ifstream",   "std::ofstream", "std::filesystem",
      "<iostream>",  "random_device", "_distribution<",  "std::rand(",    "std::cout",
      "std::cerr",   "localtime",     "std::this_thread"};
  std::vector<std::string> problems;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(file.text)) {
    ++number;
    for (const std::string_view word : kForbidden) {
      if (line.find(word) == std::string_view::npos) continue;
      problems.push_back(place(file, number) + "the domain core does not touch " +
                         std::string(word));
    }
  }
  return problems;
}

}  // namespace gridexit::tidy
