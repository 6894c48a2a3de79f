#include "module_map.hpp"

#include "gridexit/base/text.hpp"
#include "source_tree.hpp"

namespace gridexit::tidy {
namespace {

std::vector<std::string> names_in(std::string_view cell) {
  std::vector<std::string> names;
  const auto parts = split(cell, '`');
  for (std::size_t i = 1; i < parts.size(); i += 2) names.emplace_back(parts[i]);
  return names;
}

void add_row(const std::vector<std::string_view>& cells, std::vector<std::string>& verbs,
             ModuleMap& map) {
  const auto modules = names_in(cells[1]);
  ModuleRule rule;
  for (const auto& name : names_in(cells[2])) rule.may_include.insert(name);
  for (const auto& name : names_in(cells[3])) rule.third_party.insert(name);
  if (cells[2].find("the verbs") != std::string_view::npos) {
    rule.may_include.insert(verbs.begin(), verbs.end());
  }
  if (cells[2].find("everything above") != std::string_view::npos) {
    rule.may_include.insert(map.order.begin(), map.order.end());
  }
  if (cells[1].find("verbs:") != std::string_view::npos) verbs = modules;
  for (const auto& module : modules) map.rules[module] = rule;
  map.order.insert(map.order.end(), modules.begin(), modules.end());
}

}  // namespace

ModuleMap parse_module_map(std::string_view readme) {
  ModuleMap map;
  std::vector<std::string> verbs;
  bool in_section = false;
  bool in_table = false;
  for (const std::string_view line : lines_of(readme)) {
    if (line.starts_with("## ")) in_section = line == "## The map";
    if (!in_section) continue;
    if (!line.starts_with("|")) {
      in_table = false;
      continue;
    }
    const auto cells = split(line, '|');
    if (line.starts_with("| module | may include | third party |")) {
      in_table = true;
    } else if (in_table && cells.size() > 4 && !line.starts_with("|--")) {
      add_row(cells, verbs, map);
    }
  }
  return map;
}

}  // namespace gridexit::tidy
