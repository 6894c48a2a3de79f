#include "app/session.hpp"

#include <fmt/format.h>

#include "gridexit/base/hash.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/copies.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::app {
namespace {

// The word as a shell reads it.
std::string for_shell(const std::string& word) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@%+=,";
  if (word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string short_id(const std::string& commit) {
  return commit.substr(0, 10);
}

Result<std::optional<std::string>> stored_text(ports::Store& store, std::string_view path) {
  GX_TRY(auto file, store.read(path));
  if (!file) return std::optional<std::string>();
  return std::optional{std::move(file->content)};
}

Result<ConfigVersion> version_of(const ports::ConfigurationText& text, const Context& context,
                                 Repository* repository) {
  if (repository != nullptr && !context.common.config) {
    GX_TRY(const auto commits, repository->store().commits_of("config", 1));
    if (!commits.empty()) return ConfigVersion{commits.front(), false};
  }
  return ConfigVersion{sha256_hex(text.environment + '\0' + text.rules), false};
}

ports::ConfigurationText built_in_configuration(const Symbol& symbol) {
  Environment environment;
  environment.symbols.push_back({symbol.text(), true});
  Rules rules;
  rules.capital.total_quote = kDefaultCapital;
  return {codec::write(environment), codec::write(rules), "built-in environment", "built-in rules"};
}

Result<Settings> settings_of(Context& context, ports::ConfigurationText text,
                             Repository* repository) {
  Settings settings;
  settings.text = std::move(text);
  GX_TRY(settings.values, context.wiring.parse_configuration(settings.text));
  GX_TRY(settings.version, version_of(settings.text, context, repository));
  for (const std::string& warning : settings.values.warnings) context.output.warn(warning);
  return settings;
}

}  // namespace

Result<std::string> repository_path(Context& context) {
  if (context.common.repo) return *context.common.repo;
  for (const char* name :
       {"MARKET_MAKER_REPOSITORY_BASE_PATH", "MARKET_MAKER_DATA_REPOSITORY_BASE_PATH"}) {
    if (auto path = context.wiring.variable(name)) return *std::move(path);
  }
  return Error{
      ErrorCode::usage,
      "no data repository was named",
      "give --repo PATH or set MARKET_MAKER_REPOSITORY_BASE_PATH; make one with gridexit init",
      {}};
}

Result<std::unique_ptr<Repository>> open_repository(Context& context, Access access) {
  GX_TRY(const std::string path, repository_path(context));
  return context.wiring.open_repository(path, access);
}

Result<std::unique_ptr<Repository>> open_for_change(Context& context) {
  GX_TRY(auto repository, open_repository(context, Access::write));
  const auto sync = repository->remote().synchronise(codec::merge_appended);
  if (!sync) {
    context.output.warn("the remote could not be asked: " + sync.error().text());
  } else if (sync->diverged) {
    return Error{ErrorCode::store_diverged,
                 "the remote's history was rewritten; nothing was changed",
                 "find out who rewrote it, then set the local branch by hand",
                 {}};
  }
  return repository;
}

Result<ports::ConfigurationText> find_configuration(Context& context, Repository* repository) {
  ports::ConfigurationText text;
  if (context.common.config) {
    text.environment_name = *context.common.config + "/environment.yaml";
    text.rules_name = *context.common.config + "/exit_strategy_config.yaml";
    GX_TRY(text.environment, context.wiring.read_file(text.environment_name));
    GX_TRY(text.rules, context.wiring.read_file(text.rules_name));
    return text;
  }
  if (repository != nullptr) {
    GX_TRY(auto environment, stored_text(repository->store(), paths::kEnvironmentFile));
    GX_TRY(auto rules, stored_text(repository->store(), paths::kRulesFile));
    if (environment && rules) {
      text.environment = *std::move(environment);
      text.rules = *std::move(rules);
      return text;
    }
    return Error{
        ErrorCode::config_missing,
        fmt::format("the data repository has no {}",
                    environment ? paths::kRulesFile : paths::kEnvironmentFile),
        "name a configuration folder with --config PATH, or make a repository with gridexit init",
        {}};
  }
  return Error{ErrorCode::config_missing,
               "no configuration was named",
               "give --config PATH or --repo PATH",
               {}};
}

Result<Settings> load_settings(Context& context, Repository* repository) {
  GX_TRY(auto text, find_configuration(context, repository));
  return settings_of(context, std::move(text), repository);
}

Result<Settings> load_settings_for(Context& context, Repository* repository, const Symbol& symbol) {
  if (context.common.config || repository != nullptr) return load_settings(context, repository);
  return settings_of(context, built_in_configuration(symbol), nullptr);
}

Result<ExchangeChoice> parse_exchange(const std::string& text) {
  const auto colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  const bool has_argument = colon != std::string::npos && colon + 1 < text.size();
  const bool known = (kind == "kucoin" && colon == std::string::npos) ||
                     (kind == "archive" && has_argument) ||
                     (kind == "simulated" && (colon == std::string::npos || has_argument));
  if (known) return ExchangeChoice{text, kind};
  const auto near = nearest(kind, {"kucoin", "archive", "simulated"});
  return Error{ErrorCode::usage,
               fmt::format("unknown exchange \"{}\"", text),
               near && *near != kind ? fmt::format("did you mean \"{}\"?", *near)
                                     : "choose kucoin, archive:DIR or simulated[:SEED]",
               {}};
}

Result<ExchangeChoice> choose_exchange(const CommonOptions& common, const Environment& environment,
                                       Mixing mixing) {
  GX_TRY(ExchangeChoice configured, parse_exchange(environment.exchange.kind));
  if (!common.exchange) return configured;
  GX_TRY(ExchangeChoice wanted, parse_exchange(*common.exchange));
  if (mixing == Mixing::forbidden && wanted.kind != configured.kind) {
    return Error{
        ErrorCode::conflict,
        fmt::format(
            "--exchange {}: this repository holds {} data, and a repository holds one kind only",
            wanted.text, configured.kind),
        "leave --exchange out, or make another repository with gridexit init",
        {}};
  }
  return wanted;
}

UtcTime now_or(Context& context, const std::optional<UtcTime>& at) {
  return at ? *at : context.wiring.clock().now();
}

std::string acting_user(Context& context) {
  return context.wiring.variable("USER").value_or("operator");
}

Result<SavedChange> save(Context& context, Repository& repository, ports::ChangeSet changes) {
  changes.committer_time = context.wiring.clock().now();
  GX_TRY(const ports::CommitOutcome commit, repository.store().commit(changes));
  // They are a convenience; what counts is committed.
  (void)pipeline::keep_grid_copies(repository.store(), repository.state(), changes.committer_time);
  SavedChange saved;
  saved.commit = commit.commit;
  const auto push = repository.remote().push(codec::merge_appended);
  if (!push) {
    saved.push_problem = push.error().text();
    context.output.warn("not pushed: " + *saved.push_problem + "; the next run repeats it");
    return saved;
  }
  saved.pushed = push->pushed;
  // A push may have put the commit on top of the remote's.
  GX_TRY(saved.commit, repository.store().head());
  return saved;
}

std::string next_command(const Context& context, std::string_view words) {
  return fmt::format("gridexit {}{}", words,
                     context.common.repo ? " --repo " + for_shell(*context.common.repo) : "");
}

std::string describe(const SavedChange& saved) {
  const std::string where = saved.pushed         ? ", pushed"
                            : saved.push_problem ? ", not pushed yet"
                                                 : ", no remote to push to";
  return "saved as " + short_id(saved.commit) + where;
}

Value to_value(const SavedChange& saved) {
  Value value = Value::object();
  value.set("commit", saved.commit);
  value.set("pushed", saved.pushed);
  value.set("push_problem", saved.push_problem);
  return value;
}

Result<std::vector<std::string>> recorded_symbols(ports::Store& store) {
  GX_TRY(const auto entries, store.list("metrics"));
  std::vector<std::string> symbols;
  for (const ports::StoredEntry& entry : entries) {
    if (entry.is_folder) symbols.push_back(entry.name);
  }
  return symbols;
}

Result<Grid> require_grid(ports::Store& store, const std::string& grid_id,
                          pipeline::Oddities* odd) {
  GX_TRY(auto grid, pipeline::read_document<Grid>(store, paths::grid(grid_id), odd));
  if (grid) return *std::move(grid);
  GX_TRY(const auto grids, pipeline::all_grids(store));
  std::vector<std::string> ids;
  ids.reserve(grids.size());
  for (const Grid& known : grids) ids.push_back(known.grid_id);
  const auto near = nearest(grid_id, ids);
  return Error{ErrorCode::not_found,
               fmt::format("there is no grid \"{}\"", grid_id),
               near ? fmt::format("did you mean \"{}\"?", *near)
               : ids.empty()
                   ? "this repository has no grids yet; start one with gridexit grid start"
                   : "see gridexit grid list",
               {}};
}

Result<DecisionRecord> require_decision(ports::Store& store, const std::string& decision_id) {
  const auto path = paths::decision_from_id(decision_id);
  if (!path) {
    return Error{ErrorCode::usage,
                 fmt::format("\"{}\" is not a decision id", decision_id),
                 "it looks like dec-ETH-USDT-20260202T140000Z; see gridexit decision list",
                 {}};
  }
  GX_TRY(auto decision, pipeline::read_document<DecisionRecord>(store, *path));
  if (decision) return *std::move(decision);
  return Error{ErrorCode::not_found,
               fmt::format("there is no decision {}", decision_id),
               "see gridexit decision list",
               {}};
}

}  // namespace gridexit::app
