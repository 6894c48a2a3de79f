#include "app/health.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/ledger.hpp"
#include "gridexit/pipeline/history.hpp"
#include "gridexit/pipeline/undelivered.hpp"

namespace gridexit::app {
namespace {

using audit::Level;

constexpr int kManyUnpushed = 72;  // three days of one symbol
constexpr double kLockAgeSeconds = 600;
constexpr std::int64_t kLittleSpace = 1'000'000'000;
constexpr std::int64_t kNoSpace = 100'000'000;
constexpr Hours kWeek{7 * 24};
constexpr Hours kDay{24};
constexpr Hours kRecent{48};
constexpr Hours kFortnight{14 * 24};

Check unreadable(std::string name, const Error& error) {
  return {std::move(name), Level::critical, error.message,
          error.hint.empty() ? "find the commit that changed it with gridexit verify" : error.hint};
}

std::string age_text(UtcTime from, UtcTime to) {
  constexpr double kDaysFrom = 96;
  const double hours = hours_between(from, to);
  return hours < kDaysFrom ? fmt::format("{:.0f} h", hours)
                           : fmt::format("{:.0f} days", hours / 24);
}

// Where messages reach a person.
std::vector<std::string> channels_of(const NotificationSettings& settings) {
  std::vector<std::string> channels;
  if (!settings.pushover_token.empty()) channels.emplace_back("pushover");
  if (!settings.webhook_url.empty()) channels.emplace_back("webhook");
  return channels;
}

}  // namespace

Check check_unpushed(ports::Store& store) {
  const auto unpushed = store.unpushed();
  if (!unpushed) return unreadable("unpushed", unpushed.error());
  if (*unpushed == 0) return {"unpushed", Level::ok, "no commit waits to be pushed", ""};
  return {"unpushed", *unpushed > kManyUnpushed ? Level::critical : Level::warning,
          fmt::format("{} commits are only here", *unpushed),
          "the next run pushes them; if they stay, check the remote and its credentials"};
}

Check check_locks(const ports::StoreSize& size) {
  for (const ports::LockFile& lock : size.locks) {
    if (lock.age_seconds < kLockAgeSeconds) continue;
    return {"locks", Level::warning,
            fmt::format("{} is {:.0f} min old: git was killed while it wrote", lock.name,
                        lock.age_seconds / 60),
            "the next gridexit run removes it; other git programs are blocked until then"};
  }
  return {"locks", Level::ok, "no stale lock", ""};
}

Check check_disk(const ports::StoreSize& size) {
  if (!size.free_bytes) return {"disk", Level::warning, "free space is unknown", "look with df"};
  const std::string text = fmt::format(
      "{:.1f} GB free, the repository takes {:.1f} MB", static_cast<double>(*size.free_bytes) / 1e9,
      static_cast<double>(size.pack_bytes + size.loose_bytes) / 1e6);
  if (*size.free_bytes >= kLittleSpace) return {"disk", Level::ok, text, ""};
  return {"disk", *size.free_bytes < kNoSpace ? Level::critical : Level::warning, text,
          "make room on the volume, or pack with gridexit maintain"};
}

Check check_freshness(ports::Store& store, const std::string& symbol, UtcTime now) {
  const std::string name = "freshness " + symbol;
  const auto newest = pipeline::newest_record(store, symbol, now, pipeline::Bound::not_after);
  if (!newest) return unreadable(name, newest.error());
  const auto grids = pipeline::all_grids(store);
  const bool running = grids && pipeline::grid_situation(*grids, symbol, now).running.has_value();
  const std::string guarded = running ? " and its grid is running" : "";
  const std::string remedy = "check that the hourly job runs: gridexit run by hand says why not";
  if (!*newest) {
    return {name, running ? Level::critical : Level::warning, "no record yet" + guarded, remedy};
  }
  const UtcTime at = (*newest)->record.timestamp;
  const Level level =
      audit::freshness(at, now, running ? audit::Duty::guarding_a_grid : audit::Duty::watching);
  const std::string text =
      fmt::format("newest record {}, {} old{}", format_hour(at), age_text(at, now), guarded);
  return {name, level, text, level == Level::ok ? "" : remedy};
}

Check check_missing_hours(ports::Store& store, const std::string& symbol, UtcTime now) {
  const std::string name = "hours " + symbol;
  const auto places = pipeline::record_places(store, symbol, now - kWeek, now + Seconds{1});
  if (!places) return unreadable(name, places.error());
  std::vector<UtcTime> recorded;
  for (const pipeline::RecordPlace& place : *places) recorded.push_back(place.hour);
  const auto missing = audit::missing_hours(recorded);
  if (missing.empty()) return {name, Level::ok, "no hour is missing in the last week", ""};
  return {name, Level::warning,
          fmt::format("{} hours of the last week have no record, the newest {}", missing.size(),
                      format_hour(missing.back())),
          "see the .failed.yaml of that hour; gridexit backfill --evaluate fills what it may"};
}

Check check_documents(ports::Store& store, const std::vector<std::string>& symbols, UtcTime now) {
  pipeline::Oddities odd;
  if (const auto grids = pipeline::all_grids(store, &odd); !grids)
    return unreadable("documents", grids.error());
  for (const std::string& symbol : symbols) {
    const UtcTime from = now - kRecent;
    const auto records = pipeline::records_between(store, symbol, from, now, &odd);
    if (!records) return unreadable("documents", records.error());
    const auto decisions = pipeline::decisions_between(store, symbol, from, now, &odd);
    if (!decisions) return unreadable("documents", decisions.error());
    const auto days = pipeline::exit_state_days(store, symbol, from, now, &odd);
    if (!days) return unreadable("documents", days.error());
    const auto raw = pipeline::raw_days(store, symbol, from, now, &odd);
    if (!raw) return unreadable("documents", raw.error());
  }
  if (!odd.unreadable.empty()) return unreadable("documents", odd.unreadable.front().error);
  if (const auto& keys = odd.warnings; !keys.empty()) {
    return {"documents", Level::warning,
            keys.size() == 1 ? keys.front()
                             : fmt::format("{} ({} such keys)", keys.front(), keys.size()),
            "what it says is not heeded: correct its spelling, or read it with the program that "
            "wrote it"};
  }
  return {"documents", Level::ok, "grids and the last two days read back valid", ""};
}

Check check_delivery(ports::LocalState& state) {
  const auto text = state.load("ledger.yaml");
  if (!text) return {"delivery", Level::warning, text.error().message, text.error().hint};
  if (!*text) return {"delivery", Level::ok, "nothing was sent from here yet", ""};
  const auto ledger = codec::read<Ledger>(**text, "ledger.yaml");
  if (!ledger) {
    return {"delivery", Level::warning, ledger.error().message,
            "nothing to do: the next run starts it anew, at worst a message is sent a second time"};
  }
  const Ledger& known = ledger->document;
  for (const Delivery& delivery : known.deliveries) {
    if (delivery.status != DeliveryStatus::rejected) continue;
    return {"delivery", Level::critical,
            fmt::format("{} refused message {}", delivery.channel, delivery.message_id),
            "check that channel's token, user and address"};
  }
  if (!known.pending_alerts.empty()) {
    return {"delivery", Level::warning,
            fmt::format("{} alerts wait: {}", known.pending_alerts.size(),
                        known.pending_alerts.front().title),
            "the next run tries again; check the channels' addresses and the network"};
  }
  if (!known.failures.empty()) {
    const FailureStreak& streak = known.failures.front();
    return {"delivery", Level::warning,
            fmt::format("{} has failed for {} runs, since {}", streak.key, streak.count,
                        format_hour(streak.since)),
            "the log of the last run names the reason"};
  }
  return {"delivery", Level::ok, "no message waits", ""};
}

Check check_messages(ports::Store& store, ports::LocalState& state,
                     const std::vector<std::string>& symbols, const NotificationSettings& settings,
                     UtcTime now) {
  const auto waiting =
      pipeline::undelivered_messages(store, state, symbols, channels_of(settings), now - kDay, now);
  if (!waiting && waiting.error().message.starts_with("ledger.yaml")) {
    return {"messages", Level::warning, "not known: the delivery ledger cannot be read",
            "the next run starts it anew and sends the newest message a second time"};
  }
  if (!waiting) return unreadable("messages", waiting.error());
  if (waiting->empty()) return {"messages", Level::ok, "every exit message was delivered", ""};
  return {"messages", Level::critical,
          fmt::format("{} exit messages of the last day were not delivered: {}", waiting->size(),
                      waiting->back()),
          "look at the grid yourself; the next run tries again, and its log says what failed"};
}

Check check_channels(const NotificationSettings& settings) {
  const bool token = !settings.pushover_token.empty();
  if (token != !settings.pushover_user.empty()) {
    return {"channels", Level::critical, "Pushover has a token or a user, but not both",
            "set both PUSHOVER_TOKEN and PUSHOVER_USER, or neither"};
  }
  const std::vector<std::string> channels = channels_of(settings);
  if (channels.empty()) {
    return {"channels", Level::warning, "messages go to the log only",
            "configure Pushover or a webhook, so that a warning reaches a person"};
  }
  if (settings.heartbeat_url.empty()) {
    return {"channels", Level::warning, join(channels, ", ") + ", but no heartbeat",
            "configure a heartbeat: without it nobody hears that the job stopped"};
  }
  return {"channels", Level::ok, join(channels, ", ") + " and a heartbeat", ""};
}

Check check_channel(const std::string& name, const Result<std::string>& look,
                    const std::string& notice) {
  if (!look) {
    const Error& error = look.error();
    const bool refused = error.code == ErrorCode::notify_rejected;
    const std::string remedy =
        refused ? "check its token, user and address: until then no message arrives there"
                : "check the address, DNS, proxy and firewall; messages wait until it answers";
    return {name, Level::critical, error.message, error.hint.empty() ? remedy : error.hint};
  }
  if (!notice.empty()) {
    return {name, Level::warning, notice, "find out what else sends with this account's token"};
  }
  return {name, Level::ok, *look, ""};
}

Check check_heartbeat(const Result<std::string>& look) {
  if (look) return {"heartbeat", Level::ok, *look, ""};
  return {"heartbeat", Level::warning, look.error().message,
          "check HEARTBEAT_URL and HEARTBEAT_FAILURE_URL, DNS, proxy and firewall"};
}

Check check_watched(ports::Store& store, const std::vector<std::string>& symbols, UtcTime now) {
  const auto grids = pipeline::all_grids(store);
  if (!grids) return unreadable("watched", grids.error());
  int running = 0;
  for (const Grid& grid : *grids) {
    if (!grid.started_at(now)) continue;
    ++running;
    if (std::find(symbols.begin(), symbols.end(), grid.symbol) != symbols.end()) continue;
    return {"watched", Level::critical,
            fmt::format("grid {} is running, but {} is not among the enabled symbols: nobody "
                        "evaluates it",
                        grid.grid_id, grid.symbol),
            fmt::format("enable it in config/environment.yaml, or record its stop: gridexit grid "
                        "stop --id {} --reason ...",
                        grid.grid_id)};
  }
  return {"watched", Level::ok,
          running == 0 ? "no grid is running" : "every running grid is evaluated", ""};
}

Check check_executed(ports::Store& store, const std::vector<std::string>& symbols, UtcTime now) {
  const auto grids = pipeline::all_grids(store);
  if (!grids) return unreadable("executed", grids.error());
  for (const std::string& symbol : symbols) {
    const auto decisions = pipeline::decisions_between(store, symbol, now - kFortnight, now);
    if (!decisions) return unreadable("executed", decisions.error());
    const auto open = audit::executed_without_effect(*decisions, *grids);
    if (open.empty()) continue;
    return {"executed", Level::critical,
            open.front() + " was marked executed, but no grid was started or stopped since",
            "record it with gridexit grid start (or stop): only then is the grid evaluated"};
  }
  return {"executed", Level::ok, "every executed recommendation has its grid", ""};
}

}  // namespace gridexit::app
