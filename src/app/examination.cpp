#include "app/examination.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "app/session.hpp"
#include "gridexit/pipeline/configuration.hpp"

namespace gridexit::app {
namespace {

using audit::Level;

constexpr double kRemoteSeconds = 8;
constexpr int kExchangeSeconds = 4;
// Pushover, the webhook and the heartbeat's two addresses, one after the other.
constexpr int kChannelSeconds = 3;
constexpr Seconds kSkewLimit{60};
constexpr std::size_t kShortId = 12;

constexpr std::array kChecksOfFiles{"unpushed", "locks", "disk", "remote"};
constexpr std::array kChecksOfRecords{"freshness", "hours",     "watched",
                                      "messages",  "documents", "executed"};

/// What earlier runs kept, for a command that writes nothing.
class ReadOnlyState final : public ports::LocalState {
 public:
  explicit ReadOnlyState(ports::LocalState* kept) : kept_(kept) {}

  Result<std::optional<std::string>> load(std::string_view name) override {
    return kept_ == nullptr ? std::optional<std::string>() : kept_->load(name);
  }
  Result<void> save(std::string_view, std::string_view) override { return {}; }
  Result<void> remove(std::string_view) override { return {}; }

 private:
  ports::LocalState* kept_;
};

Check failed(std::string name, Level level, const Error& error) {
  return {std::move(name), level, error.message, error.hint};
}

class Examination {
 public:
  explicit Examination(Context& context) : context_(context) {}

  std::vector<Check> run() {
    check_repository();
    check_configuration();
    add(check_channels(environment_.notifications));
    look_at_channels();
    check_exchange();
    check_records();
    return std::move(checks_);
  }

 private:
  void add(Check check) { checks_.push_back(std::move(check)); }

  void add_not_made(std::string_view name, std::string_view why, std::string_view remedy) {
    add({std::string(name), Level::warning, fmt::format("not checked: {}", why),
         fmt::format("{}, then ask again", remedy)});
  }

  void check_repository() {
    auto opened = open_repository(context_, Access::read);
    if (opened) {
      repository_ = *std::move(opened);
      check_head();
      check_files();
      return;
    }
    add(failed("repository", Level::critical, opened.error()));
    remedy_ = "mend the repository first";
    if (const auto path = repository_path(context_)) kept_ = context_.wiring.kept_state(*path);
    for (const char* name : kChecksOfFiles) add_without_repository(name);
    ReadOnlyState state = kept();
    add(check_delivery(state));
  }

  void add_without_repository(std::string_view name) {
    add_not_made(name, "the repository cannot be opened", "mend the repository");
  }

  ReadOnlyState kept() { return ReadOnlyState(repository_ ? &repository_->state() : kept_.get()); }

  // A repository opens also when what HEAD names is gone.
  void check_head() {
    if (const auto top = repository_->store().list(""); !top) {
      Check check = failed("repository", Level::critical, top.error());
      check.hint =
          "move the folder away and take the remote's: git clone --bare URL PATH (what was not "
          "pushed is lost)";
      remedy_ = "mend the repository first";
      return add(std::move(check));
    }
    add({"repository", Level::ok, "opens, and HEAD can be read", ""});
  }

  void check_files() {
    add(check_unpushed(repository_->store()));
    add(check_delivery(repository_->state()));
    ports::Maintenance* maintenance = repository_->maintenance();
    if (maintenance == nullptr) return;
    if (const auto size = maintenance->size()) {
      add(check_locks(*size));
      add(check_disk(*size));
    } else {
      add(failed("disk", Level::critical, size.error()));
      add_not_made("locks", "the repository's files cannot be listed", "mend the disk");
    }
    check_remote(*maintenance);
  }

  void check_remote(ports::Maintenance& maintenance) {
    const auto look = maintenance.look_at_remote(kRemoteSeconds);
    if (!look) {
      Check check = failed("remote", Level::warning, look.error());
      if (check.hint.empty()) check.hint = "check the address, the network and the credentials";
      return add(std::move(check));
    }
    if (!look->has_remote) {
      return add({"remote", Level::warning, "there is none: this disk holds the only copy",
                  "add one: git -C REPO remote add origin URL"});
    }
    if (look->rewritten) {
      return add({"remote", Level::critical, "its history was rewritten since it was last seen",
                  "compare both with git log; nothing is pushed until a person has decided"});
    }
    add({"remote", Level::ok,
         look->has_more ? "answers; its newest commit is not here: the next run fetches it, or "
                          "finds that the history was rewritten"
                        : "answers",
         ""});
  }

  // What the next run would make of it.
  void check_configuration() {
    const auto parse = [this](const ports::ConfigurationText& text) {
      return context_.wiring.parse_for_run(text);
    };
    std::optional<Result<ports::ConfigurationText>> given;
    if (context_.common.config) given = find_configuration(context_, nullptr);
    ReadOnlyState state = kept();
    auto loaded = pipeline::load_configuration(given, repository_ ? &repository_->store() : nullptr,
                                               state, parse);
    if (!loaded) {
      Check check = failed("configuration", Level::critical, loaded.error());
      const std::string remedy = check.hint.empty() ? remedy_ : check.hint;
      check.hint = remedy + "; until then the hourly run evaluates nothing and ends with 3";
      add(std::move(check));
      if (auto defaults = parse(pipeline::default_configuration()))
        environment_ = std::move(defaults->environment);
      return;
    }
    is_configured_ = true;
    environment_ = std::move(loaded->configuration.environment);
    for (const std::string& warning : loaded->configuration.warnings) context_.output.warn(warning);
    if (loaded->fallback_reason.empty()) return add({"configuration", Level::ok, "valid", ""});
    add({"configuration", Level::critical, loaded->fallback_reason,
         fmt::format("{}; until then the hourly run goes on with version {}{}", remedy_,
                     loaded->version.version.substr(0, kShortId),
                     loaded->configuration.left_out.empty() ? "" : ", without what is left out")});
  }

  // Nothing is sent that a person would see.
  void look_at_channels() {
    Environment environment = environment_;
    NotificationSettings& settings = environment.notifications;
    settings.timeout_seconds = std::min(settings.timeout_seconds, kChannelSeconds);
    const auto connections = context_.wiring.connect(
        Error{ErrorCode::internal, "not asked for", "", {}}, environment, "", context_.log);
    for (const auto& channel : connections.notifiers) {
      if (channel->name() == "log") continue;
      const auto look = channel->look();
      add(check_channel(channel->name(), look, channel->notice()));
    }
    if (connections.heartbeat) add(check_heartbeat(connections.heartbeat->look()));
  }

  void check_exchange() {
    const auto exchange = make_exchange();
    const auto time = exchange ? (*exchange)->server_time() : exchange.error();
    if (!time) {
      add(failed("exchange", Level::critical, time.error()));
      return add_not_made("keys", "the exchange cannot be asked", "mend the connection");
    }
    const Seconds skew{std::llabs((*time - context_.wiring.clock().now()).count())};
    if (skew > kSkewLimit) {
      add({"exchange", Level::warning,
           fmt::format("answers; this machine's clock is {} s off the exchange's", skew.count()),
           "set the clock (NTP); the exchange's is used meanwhile"});
    } else {
      add({"exchange", Level::ok,
           fmt::format("{} answers, clocks agree", (*exchange)->info().source), ""});
    }
    check_keys(**exchange);
  }

  // Without a configuration nobody knows what kind of data the repository holds.
  Result<std::unique_ptr<ports::Exchange>> make_exchange() {
    GX_TRY(const ExchangeChoice choice,
           choose_exchange(context_.common, environment_,
                           is_configured_ ? Mixing::forbidden : Mixing::harmless));
    ExchangeSettings settings = environment_.exchange;
    settings.timeout_seconds = std::min(settings.timeout_seconds, kExchangeSeconds);
    settings.attempts = 1;
    return context_.wiring.make_exchange(choice, settings);
  }

  void check_keys(ports::Exchange& exchange) {
    if (!exchange.info().has_keys) {
      return add({"keys", Level::ok, "no API key: positions are estimated", ""});
    }
    const auto key = exchange.check_key();
    if (!key) return add(failed("keys", Level::warning, key.error()));
    if (key->usable && key->problem.empty()) {
      return add({"keys", Level::ok, "the API key may only read, from known addresses", ""});
    }
    add({"keys", key->usable ? Level::warning : Level::critical, key->problem,
         "make a key with the permission General alone, bound to this address"});
  }

  void check_records() {
    if (!repository_) {
      for (const char* name : kChecksOfRecords) add_without_repository(name);
      return;
    }
    ports::Store& store = repository_->store();
    const UtcTime now = context_.wiring.clock().now();
    std::vector<std::string> enabled;
    for (const SymbolSettings& symbol : environment_.symbols) {
      if (symbol.enabled) enabled.push_back(symbol.symbol);
    }
    // Records are there also when no configuration says which symbols are evaluated.
    const std::vector<std::string> symbols =
        is_configured_ ? enabled : recorded_symbols(store).value_or({});
    for (const std::string& symbol : symbols) {
      add(check_freshness(store, symbol, now));
      add(check_missing_hours(store, symbol, now));
    }
    add(check_watched(store, enabled, now));
    ReadOnlyState state = kept();
    add(check_messages(store, state, symbols, environment_.notifications, now));
    add(check_documents(store, symbols, now));
    add(check_executed(store, symbols, now));
  }

  Context& context_;
  std::unique_ptr<Repository> repository_;
  std::unique_ptr<ports::LocalState> kept_;  ///< while the repository cannot be opened
  Environment environment_;                  ///< that a run would use, else the defaults
  bool is_configured_ = false;
  std::string remedy_ = "correct it";  ///< of an invalid configuration
  std::vector<Check> checks_;
};

}  // namespace

std::vector<Check> examine(Context& context) {
  return Examination(context).run();
}

}  // namespace gridexit::app
