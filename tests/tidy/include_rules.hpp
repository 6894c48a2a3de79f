#pragma once
// Who may include whom: every #include of src/ and include/ against the map, and what the domain
// core never touches.

#include <set>
#include <string>
#include <vector>

#include "module_map.hpp"
#include "source_tree.hpp"

namespace gridexit::tidy {

/// Problems of one file's includes, "path:line: what". `paths` are all files that exist, to find
/// private headers.
std::vector<std::string> include_problems(const SourceFile& file, const ModuleMap& map,
                                          const std::set<std::string>& paths);

/// Whether the module belongs to the domain core: pure functions over values.
bool is_core(const std::string& module);

/// Uses of clock, files, environment, threads or chance in a file of the domain core.
std::vector<std::string> purity_problems(const SourceFile& file);

}  // namespace gridexit::tidy
