#include "gridexit/adapters/config/load.hpp"

#include <utility>

#include "gridexit/base/hash.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/settings.hpp"
#include "overrides.hpp"
#include "secrets.hpp"
#include "valid_overrides.hpp"

namespace gridexit::adapters::config {
namespace {

// Credentials that only work together. Missing parts are no reason to refuse a configuration.
void warn_of_halves(const Environment& environment, std::vector<std::string>& warnings) {
  const ExchangeSettings& exchange = environment.exchange;
  const bool some =
      !exchange.api_key.empty() || !exchange.api_secret.empty() || !exchange.api_passphrase.empty();
  const bool all =
      !exchange.api_key.empty() && !exchange.api_secret.empty() && !exchange.api_passphrase.empty();
  if (some && !all) {
    warnings.emplace_back(
        "exchange: only a part of api_key, api_secret and api_passphrase is set: no account call "
        "is made");
  }
  const NotificationSettings& messages = environment.notifications;
  if (messages.pushover_token.empty() != messages.pushover_user.empty()) {
    warnings.emplace_back(
        "notifications: only one of pushover_token and pushover_user is set: Pushover is off");
  }
}

// With all overrides where that works: then none was found wanting beside another.
template <class Document>
Result<codec::Settings<Document>> read(const std::string& text, const std::string& name,
                                       const codec::Outside& outside,
                                       ports::InvalidOverrides invalid,
                                       std::vector<std::string>& left_out) {
  auto settings = codec::read_settings<Document>(text, name, outside);
  if (settings || invalid == ports::InvalidOverrides::refused) return settings;
  auto partly = read_with_valid_overrides<Document>(text, name, outside, left_out);
  return partly ? std::move(partly) : std::move(settings);
}

template <class Document>
void take(codec::Settings<Document>& read, Document& document, Effective& effective) {
  document = std::move(read.document);
  effective.origins.merge(read.origins);
  for (std::string& warning : read.warnings) effective.warnings.push_back(std::move(warning));
}

}  // namespace

Result<Effective> load(const ports::ConfigurationText& text, const EnvironmentVariables& variables,
                       ports::InvalidOverrides invalid) {
  Overrides overrides = find_overrides(variables);
  codec::Outside outside{std::move(overrides.environment), variable_lookup(variables),
                         secret_lookup(variables)};
  std::vector<std::string> left_out;
  auto environment =
      read<Environment>(text.environment, text.environment_name, outside, invalid, left_out);
  outside.overrides = std::move(overrides.rules);
  auto rules = read<Rules>(text.rules, text.rules_name, outside, invalid, left_out);
  std::vector<std::string> problems;
  if (!environment) problems.push_back(environment.error().message);
  if (!rules) problems.push_back(rules.error().message);
  if (!problems.empty()) return Error{ErrorCode::config_invalid, join(problems, "\n"), "", {}};

  Effective effective;
  effective.warnings = std::move(overrides.warnings);
  effective.left_out = std::move(left_out);
  take(*environment, effective.environment, effective);
  take(*rules, effective.rules, effective);
  warn_of_halves(effective.environment, effective.warnings);
  return effective;
}

std::vector<Entry> entries(const Effective& effective) {
  std::vector<Entry> list;
  const auto add = [&](const std::vector<codec::SettingKey>& keys) {
    for (const codec::SettingKey& key : keys) {
      const auto origin = effective.origins.find(key.path);
      list.push_back(
          {key.path, key.value, origin == effective.origins.end() ? "default" : origin->second});
    }
  };
  add(codec::setting_keys(effective.environment));
  add(codec::setting_keys(effective.rules));
  return list;
}

std::string show(const Effective& effective, codec::Format format) {
  return codec::write_effective(effective.environment, effective.rules, effective.origins, format);
}

std::string version_of(const ports::ConfigurationText& text) {
  return sha256_hex(text.environment + '\0' + text.rules);
}

}  // namespace gridexit::adapters::config
