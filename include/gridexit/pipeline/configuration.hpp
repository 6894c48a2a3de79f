#pragma once
// Step 3: the configuration in force, with the fallback to the last valid version.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/domain/record.hpp"
#include "gridexit/ports/configuration.hpp"
#include "gridexit/ports/local_state.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

struct ConfigurationInForce {
  ports::Configuration configuration;
  ConfigVersion version;
  /// Why an earlier version is in force, or not all overrides are; empty when nothing is wrong.
  std::string fallback_reason;
};

/// From `explicit_text` (outside git; it may be why that could not be read) where given, else from
/// HEAD's `config/`. Falls back to the newest earlier commit whose configuration is valid, and to
/// the copy of the last valid one in the state folder. Keeps that copy. Errors: config_invalid
/// (with every problem), config_missing.
Result<ConfigurationInForce> load_configuration(
    const std::optional<Result<ports::ConfigurationText>>& explicit_text, ports::Store* store,
    ports::LocalState& state, const ports::ParseConfiguration& parse);

/// The program's defaults as text, without symbols to evaluate: with the secrets of the
/// surroundings enough to reach the operator, never enough to judge a market.
ports::ConfigurationText default_configuration();

}  // namespace gridexit::pipeline
