#pragma once
// MARKET_MAKER_<NESTED_KEY>: which variable replaces which key. The names follow from the
// descriptions.

#include <string>
#include <vector>

#include "gridexit/adapters/config/load.hpp"
#include "gridexit/codec/settings.hpp"

namespace gridexit::adapters::config {

/// The variable that overrides a key: "exit_rules.calm" -> "MARKET_MAKER_EXIT_RULES_CALM".
std::string variable_of(const std::string& path);

struct Overrides {
  std::vector<codec::Override> environment;
  std::vector<codec::Override> rules;
  std::vector<std::string> warnings;  ///< variables that no key has
};

/// Sorts the MARKET_MAKER_* variables by the document that they change.
Overrides find_overrides(const EnvironmentVariables& variables);

}  // namespace gridexit::adapters::config
