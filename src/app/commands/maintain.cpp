// maintain: packs the data repository, removes what packs hold, reports size and growth, and lists
// what a retention policy would remove. Removes no record and no page.

#include <fmt/format.h>

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
constexpr std::string_view kSizeFile = "size";

struct Options {
  std::optional<int> keep_days;
};

std::int64_t bytes_of(const ports::StoreSize& size) {
  return size.pack_bytes + size.loose_bytes;
}

std::string megabytes(std::int64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / kMegabyte);
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

/// Files of each top folder whose day is before the limit.
class Retention {
 public:
  Retention(ports::Store& store, UtcTime limit) : store_(store), limit_(format_date(limit)) {}

  Result<std::map<std::string, int>> count() {
    for (const char* folder : {"dashboards", "metrics", "decisions", "raw_data", "exit_states"}) {
      GX_CHECK(walk(folder, folder));
    }
    return std::move(counts_);
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
      const std::string day = own ? format_date(*own) : date;
      if (!day.empty() && day < limit_) ++counts_[top];
    }
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
  std::string limit_;
  std::map<std::string, int> counts_;
};

struct Report {
  ports::StoreSize before;
  ports::StoreSize after;
  ports::PackOutcome packed;
  std::optional<double> bytes_a_day;
  int keep_days = kDefaultKeepDays;
  std::map<std::string, int> beyond;
};

Value to_value(const Report& report) {
  const auto sizes = [](const ports::StoreSize& size) {
    Value value = Value::object();
    value.set("bytes", static_cast<double>(bytes_of(size))).set("packs", size.packs);
    value.set("loose_objects", size.loose_objects);
    return value;
  };
  Value beyond = Value::object();
  for (const auto& [folder, files] : report.beyond) beyond.set(folder, files);
  Value retention = Value::object();
  retention.set("keep_days", report.keep_days).set("files", std::move(beyond));
  Value value = Value::object();
  value.set("before", sizes(report.before)).set("after", sizes(report.after));
  value.set("packed_objects", report.packed.packed_objects);
  value.set("removed_objects", report.packed.removed_objects);
  value.set("growth_bytes_a_day", report.bytes_a_day);
  value.set("retention", std::move(retention));
  return value;
}

std::string render(const Report& report) {
  std::string text = fmt::format(
      "size     {}, {} packs, {} loose objects (before: {}, {} packs, {} loose objects)\n",
      megabytes(bytes_of(report.after)), report.after.packs, report.after.loose_objects,
      megabytes(bytes_of(report.before)), report.before.packs, report.before.loose_objects);
  text += fmt::format("packed   {} objects; {} loose ones removed that a pack holds\n",
                      report.packed.packed_objects, report.packed.removed_objects);
  text += "growth   " + (report.bytes_a_day ? fmt::format("{:.2f} MB a day since the last time\n",
                                                          *report.bytes_a_day / kMegabyte)
                                            : std::string("known from the second time on\n"));
  int files = 0;
  std::string kinds;
  for (const auto& [folder, count] : report.beyond) {
    files += count;
    kinds += fmt::format("{}{} in {}", kinds.empty() ? "" : ", ", count, folder);
  }
  return text + (files == 0
                     ? fmt::format("older    nothing is older than {} days\n", report.keep_days)
                     : fmt::format("older    a retention of {} days would remove {} files "
                                   "({}); nothing was removed\n",
                                   report.keep_days, files, kinds));
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
  context.output.progress(fmt::format("packing {} objects", report.before.loose_objects));
  const auto packed = maintenance->pack();
  context.output.progress("");
  if (!packed) return packed.error();
  report.packed = *packed;
  GX_TRY(report.after, maintenance->size());
  if (const auto earlier = earlier_size(repository->state()); earlier && earlier->at < now) {
    const double days = hours_between(earlier->at, now) / 24;
    report.bytes_a_day = static_cast<double>(bytes_of(report.after) - earlier->bytes) / days;
  }
  // Losing this figure costs the growth of one report.
  (void)repository->state().save(kSizeFile,
                                 fmt::format("{} {}\n", format_utc(now), bytes_of(report.after)));
  Retention retention(repository->store(), now - std::chrono::days{report.keep_days});
  GX_TRY(report.beyond, retention.count());
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
