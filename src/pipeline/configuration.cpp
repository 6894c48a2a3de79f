#include "gridexit/pipeline/configuration.hpp"

#include "gridexit/base/hash.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {
namespace {

using ports::ConfigurationText;

constexpr std::string_view kConfigFolder = "config";
constexpr std::string_view kVersionFile = "config.version";
constexpr std::string_view kEnvironmentCopy = "config.environment.yaml";
constexpr std::string_view kRulesCopy = "config.rules.yaml";
constexpr int kFallbackDepth = 50;

std::string hash_of(const ConfigurationText& text) {
  return sha256_hex(text.environment + '\0' + text.rules);
}

// The configuration's git commit. Walking a year of hourly commits for it would cost more than the
// evaluation, so it is remembered beside the id of the config folder that it belongs to.
Result<std::string> commit_of_config(ports::Store& store, ports::LocalState& state) {
  std::string tree;
  GX_TRY(const auto root, store.list(""));
  for (const ports::StoredEntry& entry : root) {
    if (entry.name == kConfigFolder) tree = entry.id;
  }
  if (const auto known = state.load(kVersionFile); known && known->has_value()) {
    const auto parts = split(trim(**known), ' ');
    if (parts.size() == 2 && parts[0] == tree) return std::string(parts[1]);
  }
  GX_TRY(const auto commits, store.commits_of(kConfigFolder, 1));
  if (commits.empty()) return std::string();
  // Losing this file costs time only.
  (void)state.save(kVersionFile, tree + " " + commits.front() + "\n");
  return commits.front();
}

Result<std::optional<ConfigurationText>> text_at(ports::Store& store, const std::string& commit) {
  const auto read = [&](std::string_view path) {
    return commit.empty() ? store.read(path) : store.read_at(commit, path);
  };
  GX_TRY(auto environment, read(paths::kEnvironmentFile));
  GX_TRY(auto rules, read(paths::kRulesFile));
  if (!environment || !rules) return std::optional<ConfigurationText>{};
  ConfigurationText text;
  text.environment = std::move(environment->content);
  text.rules = std::move(rules->content);
  return std::optional{std::move(text)};
}

void keep_copy(ports::LocalState& state, const ConfigurationText& text) {
  for (const auto& [name, content] :
       {std::pair{kEnvironmentCopy, &text.environment}, {kRulesCopy, &text.rules}}) {
    const auto known = state.load(name);
    // Only a safety net: a state folder that cannot be written shows elsewhere.
    if (!known || *known != *content) (void)state.save(name, *content);
  }
}

// `refused` says why the newest one is not in force; empty: it is, but for overrides that are left
// out of any. Filled member by member: g++ 12 takes a braced list that may throw midway for an
// uninitialised one.
ConfigurationInForce in_force(ports::Configuration&& configuration, const std::string& version,
                              std::string refused) {
  for (const std::string& problem : configuration.left_out) {
    refused += (refused.empty() ? "" : "\n") + problem +
               " (left out until the variable is corrected or unset)";
  }
  ConfigurationInForce result;
  result.configuration = std::move(configuration);
  result.version.version = version;
  result.version.fallback = !refused.empty();
  result.fallback_reason = std::move(refused);
  return result;
}

std::optional<ConfigurationInForce> last_valid_copy(ports::LocalState& state,
                                                    const ports::ParseConfiguration& parse,
                                                    const Error& reason) {
  const auto environment = state.load(kEnvironmentCopy);
  const auto rules = state.load(kRulesCopy);
  if (!environment || !*environment || !rules || !*rules) return std::nullopt;
  ConfigurationText text;
  text.environment = **environment;
  text.rules = **rules;
  auto parsed = parse(text);
  if (!parsed) return std::nullopt;
  return in_force(std::move(*parsed), hash_of(text), reason.text());
}

// The newest earlier commit whose configuration is valid.
std::optional<ConfigurationInForce> earlier_version(ports::Store& store,
                                                    const ports::ParseConfiguration& parse,
                                                    const Error& reason) {
  const auto commits = store.commits_of(kConfigFolder, kFallbackDepth);
  if (!commits) return std::nullopt;
  for (std::size_t i = 1; i < commits->size(); ++i) {
    const std::string& commit = (*commits)[i];
    const auto text = text_at(store, commit);
    if (!text || !*text) continue;
    if (auto parsed = parse(**text)) return in_force(std::move(*parsed), commit, reason.text());
  }
  return std::nullopt;
}

Error missing_configuration(const ports::Store* store) {
  if (store == nullptr) {
    return {ErrorCode::config_missing,
            "the configuration is in the repository, which cannot be used",
            "mend the repository, or name a folder with --config",
            {}};
  }
  return {ErrorCode::config_missing,
          std::string(paths::kEnvironmentFile) + " and " + std::string(paths::kRulesFile) +
              " are not both there",
          "make them with `gridexit init`, or name a folder with --config",
          {}};
}

}  // namespace

Result<ConfigurationInForce> load_configuration(
    const std::optional<Result<ConfigurationText>>& explicit_text, ports::Store* store,
    ports::LocalState& state, const ports::ParseConfiguration& parse) {
  std::optional<ConfigurationText> text;
  Error reason = missing_configuration(store);
  if (explicit_text && *explicit_text) {
    text = **explicit_text;
  } else if (explicit_text) {
    // Whatever keeps its files from being read, to the run it is a configuration that is missing.
    reason = explicit_text->error();
    reason.code = ErrorCode::config_missing;
  } else if (store != nullptr) {
    if (auto at_head = text_at(*store, "")) {
      text = std::move(*at_head);
    } else {
      reason = at_head.error();
    }
  }
  if (text) {
    auto parsed = parse(*text);
    if (parsed) {
      std::string version = hash_of(*text);
      // A history that can't be walked must not keep the hour from being judged: then the texts'
      // hash names the configuration.
      if (!explicit_text) version = commit_of_config(*store, state).value_or(version);
      keep_copy(state, *text);
      return in_force(std::move(*parsed), version, "");
    }
    reason = parsed.error();
  }

  std::optional<ConfigurationInForce> fallback;
  if (!explicit_text && store != nullptr) fallback = earlier_version(*store, parse, reason);
  if (!fallback) fallback = last_valid_copy(state, parse, reason);
  if (!fallback) return reason;
  return std::move(*fallback);
}

ConfigurationText default_configuration() {
  Environment environment;
  environment.symbols = {{"BTC-USDT", false}};
  Rules rules;
  rules.capital.total_quote = 1;
  ConfigurationText text;
  text.environment = codec::write_commented(environment);
  text.rules = codec::write_commented(rules);
  return text;
}

}  // namespace gridexit::pipeline
