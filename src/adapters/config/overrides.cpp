#include "overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "gridexit/base/text.hpp"
#include "secrets.hpp"

namespace gridexit::adapters::config {
namespace {

constexpr std::string_view kPrefix = "MARKET_MAKER_";
// The name that the earlier system used for repository.base_path.
constexpr std::string_view kEarlierBasePath = "MARKET_MAKER_DATA_REPOSITORY_BASE_PATH";
constexpr std::string_view kBasePath = "repository.base_path";

struct Target {
  codec::SettingKey key;
  std::vector<codec::Override>* overrides;
};
using Targets = std::map<std::string, Target, std::less<>>;

template <class Document>
void add_targets(Targets& targets, std::vector<codec::Override>& overrides) {
  for (codec::SettingKey& key : codec::setting_keys<Document>()) {
    const std::string name = variable_of(key.path);
    if (key.secret) targets.emplace(name + std::string(kFileSuffix), Target{key, &overrides});
    targets.emplace(name, Target{std::move(key), &overrides});
  }
}

std::string unknown(const std::string& name, const Targets& targets) {
  std::vector<std::string> known;
  for (const auto& [candidate, target] : targets) known.push_back(candidate);
  const auto meant = nearest(name, known);
  return fmt::format("{}: is not a known setting{}", name,
                     meant ? "; did you mean " + *meant + "?" : "");
}

void add(const Target& target, const std::string& name, const std::string& value,
         const EnvironmentVariables& variables, Overrides& found) {
  const bool is_file = target.key.secret && name.ends_with(kFileSuffix);
  if (!is_file) {
    target.overrides->push_back({target.key.path, value, name});
    return;
  }
  const std::string plain = name.substr(0, name.size() - kFileSuffix.size());
  if (variables.contains(plain)) return;
  const auto secret = read_secret_file(name, value);
  if (secret) {
    target.overrides->push_back({target.key.path, *secret, name});
  } else {
    found.warnings.push_back(
        fmt::format("{}: is not configured: {}", target.key.path, secret.error().text()));
  }
}

}  // namespace

std::string variable_of(const std::string& path) {
  std::string name(kPrefix);
  for (const char c : path) {
    const bool is_lower = c >= 'a' && c <= 'z';
    name += is_lower ? static_cast<char>(c - 'a' + 'A') : c == '.' ? '_' : c;
  }
  return name;
}

Overrides find_overrides(const EnvironmentVariables& variables) {
  Overrides found;
  Targets targets;
  add_targets<Environment>(targets, found.environment);
  add_targets<Rules>(targets, found.rules);
  const auto base_path = targets.find(variable_of(std::string(kBasePath)));
  for (const auto& [name, value] : variables) {
    if (!name.starts_with(kPrefix)) continue;
    if (name == kEarlierBasePath) {
      // The present name wins when both are set.
      if (!variables.contains(base_path->first))
        add(base_path->second, name, value, variables, found);
      continue;
    }
    const auto target = targets.find(name);
    if (target == targets.end()) {
      found.warnings.push_back(unknown(name, targets));
    } else {
      add(target->second, name, value, variables, found);
    }
  }
  return found;
}

}  // namespace gridexit::adapters::config
