#pragma once
// The configuration as two texts from wherever it lives, and how to make values of them.

#include <functional>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::ports {

/// The two documents with the names that errors show.
struct ConfigurationText {
  std::string environment;
  std::string rules;
  std::string environment_name = "config/environment.yaml";
  std::string rules_name = "config/exit_strategy_config.yaml";
};

struct Configuration {
  Environment environment;
  Rules rules;
  std::vector<std::string> warnings;
  /// Overrides that break a rule and so are not in force, each with its problem.
  std::vector<std::string> left_out;
};

/// What becomes of an override from the environment that breaks a rule.
enum class InvalidOverrides { refused, left_out };

/// Validates both texts, with the environment's overrides and secrets. Error: config_invalid with
/// every problem.
using ParseConfiguration = std::function<Result<Configuration>(const ConfigurationText&)>;

}  // namespace gridexit::ports
