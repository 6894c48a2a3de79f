#pragma once
// Configuration documents (Environment, Rules) with what stands outside the file: `${NAME}` in
// values, overrides by environment variables, secrets. The caller brings all of that as values;
// nothing here reads the environment.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::codec {

/// A value from outside, and the name to show instead of it.
struct Found {
  std::string value;
  std::string origin;
};
/// Resolves a name; nothing when it is not set. An error says why it can't be had, without the
/// value.
using Lookup = std::function<Result<std::optional<Found>>(std::string_view name)>;

/// A value that replaces a key's, whatever the file says. `path` is dotted, `value` is what YAML
/// would hold.
struct Override {
  std::string path;
  std::string value;
  std::string origin;
};

/// All that stands outside the file.
struct Outside {
  std::vector<Override> overrides;
  Lookup variable;  ///< `${NAME}` in ordinary values; an unset one is a problem
  Lookup secret;    ///< `${NAME}` in secrets; an unset one means "not configured"
};

/// One key of a configuration document, from its description.
struct SettingKey {
  std::string path;   ///< "exit_rules.warning.near_bound"
  std::string value;  ///< as text; a secret that is set is "***"
  bool secret = false;
  bool list = false;
  std::string variable;  ///< a secret's default variable
};

/// All keys of a document, in order, without schema_version. For Environment and Rules.
template <class Document>
std::vector<SettingKey> setting_keys(const Document& document = {});

template <class Document>
struct Settings {
  Document document;
  std::vector<std::string> warnings;
  /// Dotted key -> "file:line", the environment variable's name, or "default".
  std::map<std::string, std::string> origins;
};

/// Reads and validates a configuration document. Error: config_invalid with every problem, one a
/// line; no secret's value, and no value that came from outside by `${NAME}`, is ever part of it.
template <class Document>
Result<Settings<Document>> read_settings(std::string_view text, std::string_view file,
                                         const Outside& outside);

/// Both configuration documents for people, secrets masked, each value with where it came from.
std::string write_effective(const Environment& environment, const Rules& rules,
                            const std::map<std::string, std::string>& origins, Format format);

}  // namespace gridexit::codec
