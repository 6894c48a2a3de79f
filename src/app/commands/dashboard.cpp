// dashboard: renders the page of a recorded hour again, from the documents alone. With --standalone
// it becomes one file that opens anywhere; otherwise the page, the index and the shared assets are
// written into a folder.

#include <fmt/format.h>

#include <iterator>
#include <map>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/session.hpp"
#include "gridexit/dashboard/assets.hpp"
#include "gridexit/dashboard/index.hpp"
#include "gridexit/dashboard/page.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/history.hpp"
#include "gridexit/pipeline/kpi_days.hpp"

namespace gridexit::app {
namespace {

constexpr std::chrono::days kDecisionDays{9};  // so that the follow-ups after 7 days are seen

struct Options {
  std::optional<Symbol> symbol;
  std::optional<UtcTime> at;
  std::optional<std::string> standalone;
  std::optional<std::string> folder;
};

/// What one page is made of.
struct Recorded {
  MetricsRecord record;
  std::vector<MetricsRecord> history;
  CandleSeries h1;
  std::vector<Transition> transitions;
  std::vector<DecisionRecord> decisions;
  std::optional<RunningGrid> grid;
  std::optional<KpiDay> kpis;
};

Result<std::optional<Recorded>> load(ports::Store& store, const std::string& symbol, UtcTime at) {
  GX_TRY(auto newest, pipeline::newest_record(store, symbol, at, pipeline::Bound::not_after));
  if (!newest) return std::optional<Recorded>();
  Recorded found;
  found.record = std::move(newest->record);
  const UtcTime end = found.record.timestamp;
  const UtcTime begin = end - Hours{dashboard::kPageHours};
  GX_TRY(found.history, pipeline::records_between(store, symbol, begin, end));
  GX_TRY(const auto days, pipeline::raw_days(store, symbol, begin, end));
  for (const RawDay& day : days) found.h1.append(day.h1.closed_at(end, Timeframe::h1));
  GX_TRY(const auto states, pipeline::exit_state_days(store, symbol, begin, end));
  for (const ExitStateDay& day : states) {
    for (const Transition& transition : day.transitions) {
      if (transition.timestamp <= end) found.transitions.push_back(transition);
    }
  }
  GX_TRY(found.decisions, pipeline::decisions_between(store, symbol, end - kDecisionDays, end));
  GX_TRY(const auto grids, pipeline::all_grids(store));
  found.grid = pipeline::grid_situation(grids, symbol, end).running;
  GX_TRY(found.kpis, pipeline::newest_kpi_day(store, end));
  return std::optional{std::move(found)};
}

dashboard::PageInputs page_inputs(const Recorded& found, const Rules& rules,
                                  const std::string& head) {
  dashboard::PageInputs inputs{found.record, found.history, found.h1.view()};
  inputs.grid = found.grid;
  inputs.transitions = found.transitions;
  inputs.decisions = found.decisions;
  inputs.simulated = found.record.data.source == "simulated";
  if (found.kpis) {
    inputs.kpis = found.kpis->figures;
    inputs.kpis_as_of = found.kpis->date;
  }
  inputs.rules = rules;
  if (!found.history.empty()) inputs.previous_hour = found.history.back().timestamp;
  inputs.head = head;
  return inputs;
}

Result<std::vector<std::string>> symbols_of(const Options& options, ports::Store& store) {
  if (options.symbol) return std::vector{options.symbol->text()};
  return recorded_symbols(store);
}

Result<std::vector<Recorded>> load_all(const Options& options, Context& context,
                                       ports::Store& store) {
  std::vector<Recorded> all;
  GX_TRY(const auto symbols, symbols_of(options, store));
  for (const std::string& symbol : symbols) {
    GX_TRY(auto found, load(store, symbol, now_or(context, options.at)));
    if (found) all.push_back(*std::move(found));
  }
  if (!all.empty()) return all;
  return Error{ErrorCode::not_found,
               "there is no record to render",
               "make one with gridexit run, or give another --symbol or --at",
               {}};
}

std::map<std::string, std::string> render_folder(const std::vector<Recorded>& all,
                                                 const Rules& rules, const std::string& head) {
  std::map<std::string, std::string> files;
  std::vector<dashboard::IndexEntry> index;
  for (const Recorded& found : all) {
    files[paths::page(found.record.symbol, found.record.timestamp)] =
        dashboard::render_page(page_inputs(found, rules, head));
    for (const MetricsRecord& record : found.history)
      index.push_back(dashboard::index_entry(record));
    index.push_back(dashboard::index_entry(found.record));
  }
  files[std::string(paths::kIndexPage)] = dashboard::render_index(index);
  for (const dashboard::Asset& asset : dashboard::assets()) {
    files[fmt::format("{}/{}/{}", paths::kAssetFolder, dashboard::asset_version(), asset.name)] =
        asset.bytes;
  }
  return files;
}

Result<ExitCode> report(const std::vector<std::string>& written, Context& context) {
  if (context.output.is_text()) {
    for (const std::string& path : written) context.output.print("wrote " + path + "\n");
    return ExitCode::done;
  }
  Value list = Value::array();
  for (const std::string& path : written) list.add(path);
  Value result = Value::object();
  result.set("written", std::move(list));
  context.output.print_tree(result);
  return ExitCode::done;
}

Result<ExitCode> run_dashboard(const Options& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::read));
  GX_TRY(const Settings settings, load_settings(context, repository.get()));
  GX_TRY(const std::string head, repository->store().head());
  GX_TRY(const auto all, load_all(options, context, repository->store()));
  const Rules& rules = settings.values.rules;
  std::vector<std::string> written;
  if (options.standalone) {
    if (all.size() > 1) {
      return Error{ErrorCode::usage,
                   "--standalone holds one page, and several markets are recorded",
                   "add --symbol",
                   {}};
    }
    const std::string page = dashboard::render_standalone(page_inputs(all.front(), rules, head));
    if (options.standalone == "-") {
      context.output.deliver(page);
      return ExitCode::done;
    }
    GX_CHECK(context.wiring.write_file(*options.standalone, page));
    written.push_back(*options.standalone);
    return report(written, context);
  }
  std::string folder = options.folder.value_or(settings.values.environment.dashboard.path);
  if (folder.empty()) {
    GX_TRY(const std::string path, repository_path(context));
    folder = context.wiring.page_folder(path);
  }
  for (const auto& [path, bytes] : render_folder(all, rules, head)) {
    const std::string target = fmt::format("{}/{}", folder, path);
    GX_CHECK(context.wiring.write_file(target, bytes));
    written.push_back(target);
  }
  return report(written, context);
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_symbol(app, options->symbol, "Only this market");
  add_time(app, "--at", options->at, "The newest record not after this time (default: the newest)");
  add_text(app, "--standalone", options->standalone, "FILE",
           "One file with scripts and styles inside; - is standard output");
  add_text(app, "--out", options->folder, "DIR",
           "Folder for page, index and assets (default: dashboard.path; where that is empty, pages "
           "in the state folder beside the repository)");
  return [options](Context& context) { return run_dashboard(*options, context); };
}

}  // namespace

Command dashboard_command() {
  return {"dashboard", "Render the page of a recorded hour again",
          "gridexit dashboard --repo data\n"
          "gridexit dashboard --repo data --symbol ETH-USDT --standalone eth.html\n"
          "gridexit dashboard --repo data --at 2026-02-02T14Z --out site",
          define};
}

}  // namespace gridexit::app
