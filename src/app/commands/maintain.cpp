// maintain: packs the data repository, removes what packs hold, reports size and growth, and lists
// what a retention policy would remove. Removes no record and no page.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/render/table.hpp"
#include "app/session.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

constexpr int kDefaultKeepDays = 365;
constexpr int kLongestKeepDays = 36500;
constexpr double kMegabyte = 1e6;
constexpr int kMonthDays = 30;
constexpr std::string_view kSizeFile = "size";

struct Options {
  std::optional<int> keep_days;
};

std::int64_t bytes_of(const ports::StoreSize& size) {
  return size.pack_bytes + size.loose_bytes;
}

std::string megabytes(std::int64_t bytes) {
  return fmt::format("{:.2f} MB", static_cast<double>(bytes) / kMegabyte);
}

/// The size as `maintain` left it the last time.
struct EarlierSize {
  UtcTime at{};
  std::int64_t bytes = 0;
};

std::optional<EarlierSize> earlier_size(ports::LocalState& state) {
  const auto text = state.load(kSizeFile);
  if (!text || !*text) return std::nullopt;
  const auto parts = split(trim(**text), ' ');
  if (parts.size() != 2) return std::nullopt;
  const auto at = parse_utc(parts[0]);
  const auto bytes = parse_integer(parts[1]);
  if (!at || !bytes) return std::nullopt;
  return EarlierSize{*at, *bytes};
}

/// Files, and the bytes of their content before git packs them.
struct Amount {
  int files = 0;
  std::int64_t bytes = 0;
};

/// What of each top folder is of a day before the limit; and from when to when the records reach.
class Retention {
 public:
  Retention(Repository& repository, UtcTime limit)
      : store_(repository.store()), history_(repository.history()), limit_(format_date(limit)) {}

  Result<void> look() {
    for (const char* folder : {"dashboards", "metrics", "decisions", "raw_data", "exit_states"}) {
      GX_CHECK(walk(folder, folder));
    }
    return {};
  }
  const std::map<std::string, Amount>& beyond() const { return beyond_; }
  /// Days from the first record to the last, both counted; 0 without records.
  int recorded_days() const {
    const auto first = parse_utc(first_record_);
    const auto last = parse_utc(last_record_);
    if (!first || !last) return 0;
    return 1 + static_cast<int>(hours_between(*first, *last) / 24);
  }

 private:
  Result<void> walk(const std::string& top, const std::string& folder) {
    GX_TRY(const auto entries, store_.list(folder));
    const std::string date = dated(folder);
    for (const ports::StoredEntry& entry : entries) {
      if (entry.is_folder) {
        GX_CHECK(walk(top, folder + "/" + entry.name));
        continue;
      }
      // The file's own name wins: exit states and candles lie in a month's folder.
      const auto own = parse_utc(std::string_view(entry.name).substr(0, 10));
      GX_CHECK(take(top, own ? format_date(*own) : date, entry.id));
    }
    return {};
  }

  Result<void> take(const std::string& top, const std::string& day, const std::string& blob) {
    if (day.empty()) return {};
    if (top == "metrics") {
      if (first_record_.empty() || day < first_record_) first_record_ = day;
      last_record_ = std::max(last_record_, day);
    }
    if (day >= limit_) return {};
    Amount& amount = beyond_[top];
    ++amount.files;
    if (history_ == nullptr) return {};
    GX_TRY(const std::string content, history_->content(blob));
    amount.bytes += std::ssize(content);
    return {};
  }

  // "2026-02-02" of a folder that ends in 2026/02/02; empty for others.
  static std::string dated(const std::string& folder) {
    constexpr std::size_t kLength = 10;
    if (folder.size() < kLength) return "";
    std::string tail = folder.substr(folder.size() - kLength);
    if (tail[4] != '/' || tail[7] != '/') return "";
    tail[4] = tail[7] = '-';
    return parse_utc(tail) ? tail : "";
  }

  ports::Store& store_;
  ports::History* history_;
  std::string limit_;
  std::string first_record_;
  std::string last_record_;
  std::map<std::string, Amount> beyond_;
};

struct Report {
  ports::StoreSize before;
  ports::StoreSize after;
  ports::PackOutcome packed;
  int recorded_days = 0;
  std::optional<EarlierSize> earlier;
  UtcTime now{};
  int keep_days = kDefaultKeepDays;
  std::map<std::string, Amount> beyond;

  /// What a month of records takes, on average over all of them.
  std::optional<double> bytes_a_month() const {
    if (recorded_days == 0) return std::nullopt;
    return static_cast<double>(bytes_of(after)) * kMonthDays / recorded_days;
  }
  /// The growth since the last time, when that was a day ago at least.
  std::optional<double> bytes_a_month_lately() const {
    if (!earlier || now - earlier->at < Hours{24}) return std::nullopt;
    const double days = hours_between(earlier->at, now) / 24;
    return static_cast<double>(bytes_of(after) - earlier->bytes) * kMonthDays / days;
  }
};

Value to_value(const Report& report) {
  const auto sizes = [](const ports::StoreSize& size) {
    Value value = Value::object();
    value.set("bytes", static_cast<double>(bytes_of(size))).set("packs", size.packs);
    value.set("loose_objects", size.loose_objects);
    return value;
  };
  Value beyond = Value::object();
  for (const auto& [folder, amount] : report.beyond) {
    Value row = Value::object();
    row.set("files", amount.files).set("bytes", static_cast<double>(amount.bytes));
    beyond.set(folder, std::move(row));
  }
  Value retention = Value::object();
  retention.set("keep_days", report.keep_days).set("beyond", std::move(beyond));
  Value growth = Value::object();
  growth.set("bytes_a_month", report.bytes_a_month()).set("recorded_days", report.recorded_days);
  growth.set("bytes_a_month_since_last_time", report.bytes_a_month_lately());
  growth.set("last_time", report.earlier ? Value{format_utc(report.earlier->at)} : Value{});
  Value value = Value::object();
  value.set("before", sizes(report.before)).set("after", sizes(report.after));
  value.set("packed_objects", report.packed.packed_objects);
  value.set("removed_objects", report.packed.removed_objects);
  value.set("growth", std::move(growth)).set("retention", std::move(retention));
  return value;
}

std::string growth_text(const Report& report) {
  const auto a_month = [](double bytes) {
    return fmt::format("{:.2f} MB a month", bytes / kMegabyte);
  };
  const auto average = report.bytes_a_month();
  if (!average) return "nothing is recorded yet";
  std::string text =
      fmt::format("{} on average ({} days of records)", a_month(*average), report.recorded_days);
  if (const auto lately = report.bytes_a_month_lately()) {
    text += fmt::format(", {} since {}", a_month(*lately), format_date(report.earlier->at));
  }
  return text;
}

std::string retention_text(const Report& report) {
  Amount all;
  std::string kinds;
  for (const auto& [folder, amount] : report.beyond) {
    all.files += amount.files;
    all.bytes += amount.bytes;
    kinds += fmt::format("         {:<12} {:>8} files {:>12}\n", folder, amount.files,
                         megabytes(amount.bytes));
  }
  if (all.files == 0)
    return fmt::format("older    nothing is older than {} days\n", report.keep_days);
  return fmt::format(
      "older    a retention of {} days would remove {} files of {} (before packing); nothing was "
      "removed\n{}",
      report.keep_days, all.files, megabytes(all.bytes), kinds);
}

std::string render(const Report& report) {
  const auto row = [](const char* name, const ports::StoreSize& size) {
    return fmt::format("{:<8} {:>10}, {} packs, {} loose objects\n", name,
                       megabytes(bytes_of(size)), size.packs, size.loose_objects);
  };
  return row("before", report.before) + row("now", report.after) +
         fmt::format("packed   {} objects; {} loose ones removed that a pack holds\n",
                     report.packed.packed_objects, report.packed.removed_objects) +
         fmt::format("growth   {}\n", growth_text(report)) + retention_text(report);
}

Result<ExitCode> run_maintain(const Options& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::write));
  ports::Maintenance* maintenance = repository->maintenance();
  if (maintenance == nullptr) {
    return Error{ErrorCode::store_unusable, "this repository is not on disk", "", {}};
  }
  const UtcTime now = context.wiring.clock().now();
  Report report;
  report.keep_days = options.keep_days.value_or(kDefaultKeepDays);
  GX_TRY(report.before, maintenance->size());
  context.output.progress(fmt::format("packing {} loose objects and {} small packs",
                                      report.before.loose_objects, report.before.small_packs));
  const auto packed = maintenance->pack({});
  context.output.progress("");
  if (!packed) return packed.error();
  report.packed = *packed;
  GX_TRY(report.after, maintenance->size());
  report.now = now;
  report.earlier = earlier_size(repository->state());
  // Losing this figure costs the growth of one report.
  (void)repository->state().save(kSizeFile,
                                 fmt::format("{} {}\n", format_utc(now), bytes_of(report.after)));
  Retention retention(*repository, now - std::chrono::days{report.keep_days});
  GX_CHECK(retention.look());
  report.beyond = retention.beyond();
  report.recorded_days = retention.recorded_days();
  if (context.output.is_text()) {
    context.output.print(render(report));
  } else {
    context.output.print_tree(to_value(report));
  }
  return ExitCode::done;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_integer(app, "--keep-days", options->keep_days, 1, kLongestKeepDays,
              "List what is older than so many days (default: 365)");
  return [options](Context& context) { return run_maintain(*options, context); };
}

}  // namespace

Command maintain_command() {
  return {"maintain",
          "Pack the repository, report its size and growth, list what a retention would remove",
          "gridexit maintain --repo data\n"
          "gridexit maintain --repo data --keep-days 180 -o json",
          define};
}

}  // namespace gridexit::app
