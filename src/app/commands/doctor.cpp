// doctor: is everything that an hourly run needs there and well? Each check answers by itself, and
// what goes over a network is bounded, so that the whole ends within 30 seconds even when nothing
// answers.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "app/commands/commands.hpp"
#include "app/health.hpp"
#include "app/options.hpp"
#include "app/render/table.hpp"
#include "app/session.hpp"

namespace gridexit::app {
namespace {

using audit::Level;

constexpr double kRemoteSeconds = 8;
constexpr int kExchangeSeconds = 4;
// Pushover, the webhook and the heartbeat's two addresses, one after the other.
constexpr int kChannelSeconds = 3;
constexpr Seconds kSkewLimit{60};

class Examination {
 public:
  explicit Examination(Context& context) : context_(context) {}

  std::vector<Check> run() {
    auto repository = open_repository(context_, Access::read);
    if (repository) {
      repository_ = *std::move(repository);
      check_head();
      check_files();
    } else {
      add(failed("repository", Level::critical, repository.error()));
    }
    if (check_configuration()) {
      add(check_channels(settings_->values.environment.notifications));
      look_at_channels();
      check_exchange();
      check_history();
    }
    return std::move(checks_);
  }

 private:
  void add(Check check) { checks_.push_back(std::move(check)); }
  static Check failed(std::string name, Level level, const Error& error) {
    return {std::move(name), level, error.message, error.hint};
  }

  // A repository opens also when what HEAD names is gone.
  void check_head() {
    if (const auto top = repository_->store().list(""); !top) {
      Check check = failed("repository", Level::critical, top.error());
      check.hint =
          "move the folder away and take the remote's: git clone --bare URL PATH (what was not "
          "pushed is lost)";
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
         look->has_more ? "answers, and has commits that the next run fetches" : "answers", ""});
  }

  bool check_configuration() {
    if (!repository_ && !context_.common.config) return false;
    auto settings = load_settings(context_, repository_.get());
    if (!settings) {
      Check check = failed("configuration", Level::critical, settings.error());
      if (check.hint.empty()) {
        check.hint = settings.error().code == ErrorCode::store_unusable
                         ? "mend the repository first"
                         : "correct it; until then the last valid one is in force";
      }
      add(std::move(check));
      return false;
    }
    settings_ = *std::move(settings);
    add({"configuration", Level::ok, "valid", ""});
    return true;
  }

  // Nothing is sent that a person would see.
  void look_at_channels() {
    Environment environment = settings_->values.environment;
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
    const auto choice =
        choose_exchange(context_.common, settings_->values.environment, Mixing::forbidden);
    if (!choice) return add(failed("exchange", Level::critical, choice.error()));
    ExchangeSettings settings = settings_->values.environment.exchange;
    settings.timeout_seconds = std::min(settings.timeout_seconds, kExchangeSeconds);
    settings.attempts = 1;
    const auto exchange = context_.wiring.make_exchange(*choice, settings);
    if (!exchange) return add(failed("exchange", Level::critical, exchange.error()));
    const auto time = (*exchange)->server_time();
    if (!time) return add(failed("exchange", Level::critical, time.error()));
    const Seconds skew{std::llabs((*time - context_.wiring.clock().now()).count())};
    if (skew > kSkewLimit) {
      add({"exchange", Level::warning,
           fmt::format("answers; this machine's clock is {} s off the exchange's", skew.count()),
           "set the clock (NTP); the exchange's is used meanwhile"});
    } else {
      add({"exchange", Level::ok, fmt::format("{} answers, clocks agree", choice->kind), ""});
    }
    check_keys(**exchange);
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

  void check_history() {
    if (!repository_) return;
    ports::Store& store = repository_->store();
    const UtcTime now = context_.wiring.clock().now();
    std::vector<std::string> symbols;
    for (const SymbolSettings& symbol : settings_->values.environment.symbols) {
      if (!symbol.enabled) continue;
      symbols.push_back(symbol.symbol);
      add(check_freshness(store, symbol.symbol, now));
      add(check_missing_hours(store, symbol.symbol, now));
    }
    add(check_watched(store, symbols, now));
    add(check_messages(store, repository_->state(), symbols,
                       settings_->values.environment.notifications, now));
    add(check_documents(store, symbols, now));
    add(check_executed(store, symbols, now));
  }

  Context& context_;
  std::unique_ptr<Repository> repository_;
  std::optional<Settings> settings_;
  std::vector<Check> checks_;
};

Level worst(const std::vector<Check>& checks) {
  Level level = Level::ok;
  for (const Check& check : checks) level = std::max(level, check.level);
  return level;
}

Tone tone_of(Level level) {
  switch (level) {
    case Level::ok: return Tone::good;
    case Level::warning: return Tone::caution;
    case Level::critical: return Tone::danger;
  }
  return Tone::plain;
}

std::string render(const Check& check, const Style& style) {
  const std::string level =
      style.paint(tone_of(check.level), fmt::format("{:<8}", to_text(check.level)));
  std::string text = fmt::format("{}  {}: {}\n", level, check.name, check.text);
  if (!check.hint.empty()) text += fmt::format("          -> {}\n", check.hint);
  return text;
}

void print(const std::vector<Check>& checks, Output& output) {
  if (output.is_text()) {
    for (const Check& check : checks) {
      const std::string line = render(check, output.style());
      if (check.level == Level::ok) {
        output.print(line);
      } else {
        output.insist(line);
      }
    }
    return;
  }
  Value list = Value::array();
  for (const Check& check : checks) {
    Value row = Value::object();
    row.set("check", check.name).set("level", to_text(check.level)).set("text", check.text);
    row.set("hint", check.hint.empty() ? Value{} : Value{check.hint});
    list.add(std::move(row));
  }
  Value value = Value::object();
  value.set("level", to_text(worst(checks))).set("checks", std::move(list));
  output.print_tree(value);
}

Result<ExitCode> run_doctor(Context& context) {
  if (!context.common.config) GX_CHECK(repository_path(context));
  const std::vector<Check> checks = Examination(context).run();
  print(checks, context.output);
  return worst(checks) == Level::critical ? ExitCode::check_failed : ExitCode::done;
}

Body define(CLI::App&) {
  return run_doctor;
}

}  // namespace

Command doctor_command() {
  return {"doctor",
          "Check configuration, repository, remote, exchange, channels and records; say the remedy",
          "gridexit doctor --repo data\n"
          "gridexit doctor --repo data -q\n"
          "gridexit doctor --repo data -o json",
          define};
}

}  // namespace gridexit::app
