#pragma once
// `--set key=v1,v2,...`: rule sets that differ from the configured one in a few keys.

#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::app {

/// A rule set and what sets it apart: "exit_rules.latest.break_low=0.9".
struct RuleSet {
  std::string name;
  Rules rules;
};

/// Every combination of the settings' values, the last setting changing fastest; without settings
/// the base alone. Error: usage (not key=value,..., a key twice, too many, or a key or value that
/// the rules do not have).
Result<std::vector<RuleSet>> rule_sets(const Rules& base, const std::vector<std::string>& settings);

}  // namespace gridexit::app
