#pragma once
// Secrets by name: from the environment variable itself, or from the file that `<NAME>_FILE` names.

#include <string>
#include <string_view>

#include "gridexit/adapters/config/load.hpp"
#include "gridexit/codec/settings.hpp"

namespace gridexit::adapters::config {

inline constexpr std::string_view kFileSuffix = "_FILE";

/// The content of a secret's file without the blanks around it. `variable` names the file in
/// errors. Error: io.
Result<std::string> read_secret_file(std::string_view variable, const std::string& path);

/// Resolves `${NAME}` of secrets. An empty variable is one that is not set.
codec::Lookup secret_lookup(const EnvironmentVariables& variables);

/// Resolves `${NAME}` of everything else.
codec::Lookup variable_lookup(const EnvironmentVariables& variables);

}  // namespace gridexit::adapters::config
