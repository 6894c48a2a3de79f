#pragma once
// The map in README.md ("The map"), read as a rule: which module may include which, and which
// library.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gridexit::tidy {

struct ModuleRule {
  std::set<std::string> may_include;
  std::set<std::string> third_party;
};

struct ModuleMap {
  std::map<std::string, ModuleRule> rules;
  std::vector<std::string> order;  ///< modules in the table's order, lowest layer first
};

/// Reads the table under the heading "## The map" whose first columns are "module", "may include",
/// "third party". Names stand in backticks; "the verbs" means the modules of the row marked
/// "verbs:", "everything above" all modules of the rows before. An empty map when there is no such
/// table.
ModuleMap parse_module_map(std::string_view readme);

}  // namespace gridexit::tidy
