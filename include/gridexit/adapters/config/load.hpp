#pragma once
// From configuration texts and environment variables to the values that a run works with. Text may
// come from git or from files; the environment is passed in. The only thing read here are files
// that `<NAME>_FILE` names.

#include <map>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/ports/configuration.hpp"

namespace gridexit::adapters::config {

using EnvironmentVariables = std::map<std::string, std::string>;

/// A configuration in force, and where each value came from.
struct Effective : ports::Configuration {
  /// Dotted key -> "config/environment.yaml:12", the environment variable's name, or "default".
  std::map<std::string, std::string> origins;
};

/// Reads both texts; `${NAME}`, MARKET_MAKER_* overrides and secrets come from `variables`. Error:
/// config_invalid with every problem of both, one a line, without any secret. Overrides can only be
/// left out of texts that are valid with the others.
Result<Effective> load(const ports::ConfigurationText& text, const EnvironmentVariables& variables,
                       ports::InvalidOverrides invalid = ports::InvalidOverrides::refused);

/// One value for people; a secret that is set is "***".
struct Entry {
  std::string key;
  std::string value;
  std::string origin;
};
/// Every value in the documents' order.
std::vector<Entry> entries(const Effective& effective);

/// Both documents with each value's origin beside it, secrets masked.
std::string show(const Effective& effective, codec::Format format);

/// SHA-256 of both texts: the version of a configuration outside git.
std::string version_of(const ports::ConfigurationText& text);

}  // namespace gridexit::adapters::config
