// kpi: writes the KPI document of every complete UTC day that has none, and shows the newest. The
// hourly run does the same for the days just past.

#include <fmt/format.h>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/render/kpi_text.hpp"
#include "app/session.hpp"
#include "gridexit/app/version.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/history.hpp"
#include "gridexit/pipeline/kpi_days.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<UtcTime> date;
  std::optional<UtcTime> from;
  std::optional<UtcTime> to;
};

/// What is shown: what was written, and the newest document of the range.
struct Outcome {
  std::vector<std::string> written;
  int present = 0;
  std::string nothing;
  std::optional<KpiDay> newest;
  std::optional<SavedChange> saved;
};

Result<pipeline::KpiRange> range_of(const Options& options) {
  if (options.date && (options.from || options.to)) {
    return Error{ErrorCode::usage,
                 "--date names one day, --from and --to a range",
                 "give one of the two",
                 {}};
  }
  if (options.from && options.to && *options.to < *options.from) {
    return Error{ErrorCode::usage, "the range ends before it begins", "swap --from and --to", {}};
  }
  if (options.date) return pipeline::KpiRange{options.date, options.date};
  return pipeline::KpiRange{options.from, options.to};
}

Result<Outcome> write_missing(const pipeline::KpiRange& range, Context& context,
                              Repository& repository) {
  ports::Store& store = repository.store();
  const UtcTime now = context.wiring.clock().now();
  GX_TRY(pipeline::KpiDays days, pipeline::missing_kpi_days(store, range, engine_version(), now));
  Outcome outcome;
  outcome.present = days.present;
  outcome.nothing = std::move(days.nothing);
  if (!days.missing.empty()) {
    ports::ChangeSet changes;
    GX_CHECK(pipeline::add_kpi_days(days.missing, changes));
    for (const auto& [path, bytes] : changes.files) outcome.written.push_back(path);
    changes.author_time = now;
    GX_TRY(outcome.saved, save(context, repository, std::move(changes)));
    outcome.newest = std::move(days.missing.back());
  }
  const bool later = days.newest_present &&
                     (!outcome.newest || format_date(*days.newest_present) > outcome.newest->date);
  if (later) {
    GX_TRY(outcome.newest,
           pipeline::read_document<KpiDay>(store, paths::kpi(*days.newest_present)));
  }
  return outcome;
}

Value to_value(const Outcome& outcome) {
  Value written = Value::array();
  for (const std::string& path : outcome.written) written.add(path);
  Value value = Value::object();
  value.set("written", std::move(written)).set("present", outcome.present);
  value.set("note", outcome.nothing.empty() ? Value{} : Value{outcome.nothing});
  value.set("newest", outcome.newest
                          ? Value::document(codec::write_as(*outcome.newest, codec::Format::json),
                                            codec::write_as(*outcome.newest, codec::Format::yaml))
                          : Value{});
  value.set("saved", outcome.saved ? app::to_value(*outcome.saved) : Value{});
  return value;
}

std::string describe(const Outcome& outcome) {
  std::string text;
  if (outcome.written.size() == 1) {
    text = "wrote " + outcome.written.front() + "\n";
  } else if (!outcome.written.empty()) {
    text = fmt::format("wrote {} documents, {} to {}\n", outcome.written.size(),
                       outcome.written.front(), outcome.written.back());
  }
  if (!outcome.nothing.empty()) text += outcome.nothing + "\n";
  if (outcome.saved) text += app::describe(*outcome.saved) + "\n";
  return text;
}

Result<ExitCode> run_kpi(const Options& options, Context& context) {
  GX_TRY(const pipeline::KpiRange range, range_of(options));
  GX_TRY(const auto repository, open_for_change(context));
  GX_TRY(const Outcome outcome, write_missing(range, context, *repository));
  if (!context.output.is_text()) {
    context.output.print_tree(to_value(outcome));
    return ExitCode::done;
  }
  if (outcome.newest)
    context.output.print(render_kpi_day(*outcome.newest, context.output.style()) + "\n");
  context.output.print(describe(outcome));
  return ExitCode::done;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_time(app, "--date", options->date, "Only this day");
  add_time(app, "--from", options->from, "First day (default: that of the first grid's start)");
  add_time(app, "--to", options->to, "Last day (default: the newest complete one)");
  return [options](Context& context) { return run_kpi(*options, context); };
}

}  // namespace

Command kpi_command() {
  return {"kpi", "Write the KPIs of every complete day that has none, and show the newest",
          "gridexit kpi --repo data\n"
          "gridexit kpi --repo data --date 2026-02-02\n"
          "gridexit kpi --repo data --from 2026-01-01 --to 2026-01-31 -o json",
          define};
}

}  // namespace gridexit::app
