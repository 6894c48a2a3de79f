#include "gridexit/app/wiring.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <utility>

#include "app/git_credentials.hpp"
#include "app/opened_repository.hpp"
#include "app/system_files.hpp"
#include "app/system_wiring.hpp"
#include "gridexit/adapters/clock/clocks.hpp"
#include "gridexit/adapters/config/load.hpp"
#include "gridexit/adapters/exchange/candle_file.hpp"
#include "gridexit/adapters/exchange/make_exchange.hpp"
#include "gridexit/adapters/git/repository.hpp"
#include "gridexit/adapters/http/client.hpp"
#include "gridexit/adapters/notify/channels.hpp"
#include "gridexit/adapters/state/folder_state.hpp"
#include "gridexit/adapters/state/run_lock.hpp"
#include "gridexit/adapters/telemetry/otlp.hpp"
#include "gridexit/app/version.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/configuration.hpp"

namespace gridexit::app {
namespace {

using adapters::FolderState;
using adapters::GitRepository;
using adapters::RunLock;

// Set by the signal alone; everything that waits or transfers asks for it.
std::atomic<bool> asked_to_end{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal may only touch lock-free atomics");

void note_request(int) {
  asked_to_end = true;
}

bool is_asked_to_end() {
  return asked_to_end;
}

// A run ends cleanly on request, and a peer that hangs up is an error of that call, not the end of
// the process.
void take_signals() {
  struct sigaction action {};
  action.sa_handler = note_request;
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGINT, &action, nullptr);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
}

adapters::config::EnvironmentVariables all_variables() {
  adapters::config::EnvironmentVariables variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

std::string lock_path(const std::string& repository) {
  return adapters::state_folder_beside(repository) + "/run.lock";
}

bool exists(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::exists(path, unknown);
}

std::unique_ptr<ports::LocalState> state_beside(const std::string& repository) {
  auto folder = FolderState::open(adapters::state_folder_beside(repository));
  if (folder) return std::make_unique<FolderState>(*std::move(folder));
  return std::make_unique<MemoryState>();
}

bool is_path(const std::string& remote) {
  // "host:path" is git's short form of ssh; a path has no colon before its first slash.
  return remote.find("://") == std::string::npos && remote.find(':') >= remote.find('/');
}

// The settings of the repository's own configuration, as the run will find it: a remote that takes
// its key from there must still be reached when it is invalid, or no correction would ever arrive.
RepositorySettings settings_of(SystemWiring& wiring, GitRepository& repository) {
  const auto environment = repository.read(paths::kEnvironmentFile);
  const auto rules = repository.read(paths::kRulesFile);
  if (environment && *environment && rules && *rules) {
    ports::ConfigurationText text;
    text.environment = (*environment)->content;
    text.rules = (*rules)->content;
    if (const auto configuration = wiring.parse_for_run(text))
      return configuration->environment.repository;
  }
  MemoryState nothing_kept;
  const auto earlier =
      pipeline::load_configuration(std::nullopt, &repository, nothing_kept,
                                   [&](const auto& text) { return wiring.parse_for_run(text); });
  if (earlier) return earlier->configuration.environment.repository;
  if (const auto defaults = wiring.parse_for_run(pipeline::default_configuration()))
    return defaults->environment.repository;
  return {};
}

Result<std::unique_ptr<GitRepository>> open_git(SystemWiring& wiring, const std::string& path) {
  adapters::OpenOptions options;
  options.path = path;
  options.stop_requested = is_asked_to_end;
  // Author, credentials and time limit are configured in the repository itself.
  GX_TRY(const auto first, GitRepository::open(options));
  const RepositorySettings settings = settings_of(wiring, *first);
  options.credentials = git_credentials(settings, wiring.variable("HOME").value_or(""));
  options.author_name = settings.author_name;
  options.author_email = settings.author_email;
  options.network_timeout_seconds = settings.push_timeout_seconds;
  return GitRepository::open(std::move(options));
}

std::unique_ptr<ports::Telemetry> make_telemetry(ports::Clock& clock) {
  auto settings = adapters::otlp_settings(all_variables(), engine_version().version);
  if (!settings) return nullptr;
  adapters::http::ClientOptions options;
  options.ca_file = settings->ca_file;
  options.should_stop = is_asked_to_end;
  return std::make_unique<adapters::OtlpTelemetry>(
      *std::move(settings), std::make_shared<adapters::http::CurlClient>(std::move(options)),
      clock);
}

adapters::ExchangeHooks exchange_hooks(ports::Telemetry* telemetry) {
  adapters::ExchangeHooks hooks;
  hooks.should_stop = is_asked_to_end;
  if (telemetry != nullptr) {
    hooks.on_call = [telemetry](const adapters::ExchangeCall& call) {
      telemetry->note({call.endpoint, call.status, call.error, call.seconds});
    };
  }
  return hooks;
}

}  // namespace

SystemWiring::SystemWiring()
    : clock_(std::make_unique<adapters::SystemClock>(is_asked_to_end)),
      telemetry_(make_telemetry(*clock_)) {}
SystemWiring::~SystemWiring() = default;

std::optional<std::string> SystemWiring::variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

ports::Clock& SystemWiring::clock() {
  return *clock_;
}

Result<std::string> SystemWiring::read_file(const std::string& path) {
  return read_whole_file(path);
}

Result<CandleSeries> SystemWiring::read_candles(const std::string& path) {
  GX_TRY(CandleSeries bars, adapters::load_candle_file(path));
  const auto times = bars.view().time;
  const auto disorder = std::adjacent_find(times.begin(), times.end(), std::greater_equal<>());
  if (disorder == times.end()) return bars;
  return Error{ErrorCode::data_unusable,
               path + ": the bar after " + format_utc(*disorder) + " is not a later one",
               "sort the file by time and leave each bar in it once",
               {}};
}

Result<void> SystemWiring::write_file(const std::string& path, const std::string& content) {
  return replace_file(path, content);
}

std::string SystemWiring::absolute(const std::string& path) {
  std::error_code failed;
  return std::filesystem::absolute(path, failed).lexically_normal().string();
}

Result<ports::Configuration> SystemWiring::parse_configuration(
    const ports::ConfigurationText& text) {
  GX_TRY(auto effective, adapters::config::load(text, all_variables()));
  return ports::Configuration(std::move(effective));
}

Result<ports::Configuration> SystemWiring::parse_for_run(const ports::ConfigurationText& text) {
  GX_TRY(auto effective,
         adapters::config::load(text, all_variables(), ports::InvalidOverrides::left_out));
  return ports::Configuration(std::move(effective));
}

Result<std::vector<ConfigEntry>> SystemWiring::trace_configuration(
    const ports::ConfigurationText& text) {
  GX_TRY(const auto effective, adapters::config::load(text, all_variables()));
  std::vector<ConfigEntry> entries;
  for (adapters::config::Entry& entry : adapters::config::entries(effective)) {
    entries.push_back({std::move(entry.key), std::move(entry.value), std::move(entry.origin)});
  }
  return entries;
}

Result<std::unique_ptr<Repository>> SystemWiring::open_repository(const std::string& path,
                                                                  Access access) {
  std::optional<RunLock> lock;
  if (access == Access::write && exists(path)) {
    GX_TRY(lock, RunLock::acquire(lock_path(path)));
  }
  GX_TRY(auto git, open_git(*this, path));
  if (access == Access::write) GX_CHECK(git->recover());
  auto state = access == Access::write ? state_beside(path) : kept_state(path);
  return std::unique_ptr<Repository>(
      std::make_unique<OpenedRepository>(std::move(git), std::move(state), std::move(lock)));
}

std::unique_ptr<ports::LocalState> SystemWiring::kept_state(const std::string& repository) {
  // Reading makes no folder, but looks into one that is there.
  if (exists(adapters::state_folder_beside(repository))) return state_beside(repository);
  return std::make_unique<MemoryState>();
}

Result<std::unique_ptr<RunPlace>> SystemWiring::open_for_run(const std::string& path) {
  take_signals();
  // A mistyped path must not get a state folder; a repository that has vanished has one already.
  const bool is_there = exists(path);
  const bool is_known = is_there || exists(adapters::state_folder_beside(path));
  auto lock = is_known
                  ? RunLock::acquire(lock_path(path))
                  : Result<RunLock>(Error{ErrorCode::not_found, path + " is not there", "", {}});
  if (!lock && lock.error().code == ErrorCode::locked) return lock.error();
  // A state folder that cannot be used must not keep a running grid from being judged.
  auto git = open_git(*this, path);
  if (git && lock) {
    if (const auto recovered = (*git)->recover(); !recovered) git = recovered.error();
  }
  return std::unique_ptr<RunPlace>(std::make_unique<OpenedRunPlace>(
      std::move(lock), std::move(git), is_there ? state_beside(path) : kept_state(path)));
}

Result<CreatedRepository> SystemWiring::create_repository(const NewRepository& wanted) {
  CreatedRepository created;
  adapters::CreateOptions options{wanted.path, wanted.remote.value_or("")};
  if (wanted.remote && is_path(*wanted.remote)) {
    std::error_code failed;
    options.remote_url = absolute(*wanted.remote);
    if (!std::filesystem::exists(options.remote_url, failed)) {
      GX_CHECK(GitRepository::create({options.remote_url, ""}));
      created.remote_created = true;
    }
  }
  GX_CHECK(GitRepository::create(options));
  GX_TRY(const auto git, open_git(*this, wanted.path));
  GX_TRY(const auto commit, git->commit(wanted.first_commit));
  created.commit = commit.commit;
  if (!wanted.remote) return created;
  // A remote that has a history of its own must not get a second one.
  const auto refuse = [](std::string_view, std::string_view, std::string_view,
                         std::string_view) -> Result<std::string> {
    return Error{ErrorCode::conflict, "the remote holds other data", "name an empty remote", {}};
  };
  const auto pushed = git->push(refuse);
  if (pushed) return created;
  if (pushed.error().code == ErrorCode::store_diverged ||
      pushed.error().code == ErrorCode::conflict) {
    return Error{ErrorCode::conflict,
                 "the remote " + *wanted.remote + " has a history of its own; nothing was pushed",
                 "to go on with it, remove " + wanted.path + " and clone it: git clone --bare " +
                     *wanted.remote + " " + wanted.path,
                 {}};
  }
  created.push_problem = pushed.error().text();
  return created;
}

Result<std::unique_ptr<ports::Exchange>> SystemWiring::make_exchange(
    const ExchangeChoice& choice, const ExchangeSettings& settings) {
  return adapters::make_exchange(choice.text, settings, *clock_, exchange_hooks(telemetry_.get()));
}

std::string SystemWiring::page_folder(const std::string& repository) {
  return adapters::state_folder_beside(repository) + "/pages";
}

ports::Connections SystemWiring::connect(const Result<ExchangeChoice>& choice,
                                         const Environment& environment,
                                         const std::string& repository, ports::Log& log) {
  auto exchange = choice ? make_exchange(*choice, environment.exchange)
                         : Result<std::unique_ptr<ports::Exchange>>(choice.error());
  adapters::http::ClientOptions options;
  options.should_stop = is_asked_to_end;
  const auto client = std::make_shared<adapters::http::CurlClient>(std::move(options));
  // With -q, and without a channel, the log is all that still asks somebody to act.
  const auto sink = [&log](adapters::Weight weight, std::string_view line) {
    const auto level =
        weight == adapters::Weight::warning ? ports::LogLevel::warning : ports::LogLevel::info;
    log.event({level, "notification", {{"message", std::string(line)}}});
  };
  ports::Connections connections{std::move(exchange), {}, nullptr, nullptr};
  connections.notifiers = adapters::make_notifiers(environment.notifications, client, sink);
  connections.heartbeat = adapters::make_heartbeat(environment.notifications, client);
  const DashboardSettings& pages = environment.dashboard;
  if (!pages.path.empty() || !pages.commit) {
    connections.page_folder =
        std::make_unique<DiskPages>(pages.path.empty() ? page_folder(repository) : pages.path);
  }
  return connections;
}

std::function<bool()> SystemWiring::stop_requested() {
  return is_asked_to_end;
}

}  // namespace gridexit::app
