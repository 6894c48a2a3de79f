#pragma once
// What most commands need before their own work: the data repository, the configuration in force,
// the exchange, the hour; and for commands that write, the way from new bytes to a pushed commit.

#include <memory>
#include <optional>
#include <string>

#include "app/command.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::app {

/// Quote that `init` and the built-in rules assume when nobody says how much there is.
inline constexpr double kDefaultCapital = 1000;

/// --repo, else the environment. Error: usage.
Result<std::string> repository_path(Context& context);
/// The repository of --repo or the environment. Errors: usage, store_unusable, run.locked.
Result<std::unique_ptr<Repository>> open_repository(Context& context, Access access);

/// Opens for writing and takes in what the remote has. An unreachable remote is a warning; a
/// rewritten one is refused (store_diverged).
Result<std::unique_ptr<Repository>> open_for_change(Context& context);

/// The configuration in force, the texts it was read from, and the version that records name.
struct Settings {
  ports::Configuration values;
  ports::ConfigurationText text;
  ConfigVersion version;
};

/// From --config, else the repository's config/. Warnings go to stderr.
Result<Settings> load_settings(Context& context, Repository* repository);
/// The same for a command about one market: without --config and repository the built-in defaults.
Result<Settings> load_settings_for(Context& context, Repository* repository, const Symbol& symbol);
/// The two texts alone, before they are validated. Errors: config_missing, not_found, io.
Result<ports::ConfigurationText> find_configuration(Context& context, Repository* repository);

/// `--exchange` in words. Error: usage.
Result<ExchangeChoice> parse_exchange(const std::string& text);
/// Whether data end up beside others: a repository holds one kind only.
enum class Mixing { forbidden, harmless };
/// What --exchange says, else what the configuration says. Error: conflict when both differ and
/// mixing is forbidden.
Result<ExchangeChoice> choose_exchange(const CommonOptions& common, const Environment& environment,
                                       Mixing mixing);

/// `at`, else the clock's now.
UtcTime now_or(Context& context, const std::optional<UtcTime>& at);
/// Who acts: the user's name in the environment, else "operator".
std::string acting_user(Context& context);

/// A change that was committed, and how far it got.
struct SavedChange {
  std::string commit;
  bool pushed = false;
  std::optional<std::string> push_problem;
};

/// Commits the files and pushes. A push that does not get through is a warning: the next run
/// repeats it.
Result<SavedChange> save(Context& context, Repository& repository, ports::ChangeSet changes);

/// A command to type next, with the --repo that this one was given.
std::string next_command(const Context& context, std::string_view words);

/// "saved as 1a2b3c4, pushed", for the end of a text result.
std::string describe(const SavedChange& saved);
/// The same as a tree, for -o json and yaml.
Value to_value(const SavedChange& saved);

/// Symbols that have records, sorted.
Result<std::vector<std::string>> recorded_symbols(ports::Store& store);
/// A document that every reader must find; `odd` gathers warnings. Error: not_found with the ids
/// that there are.
Result<Grid> require_grid(ports::Store& store, const std::string& grid_id,
                          pipeline::Oddities* odd = nullptr);
Result<DecisionRecord> require_decision(ports::Store& store, const std::string& decision_id);

}  // namespace gridexit::app
