// backtest: the exit rules over past markets, beside the baselines; from the repository's records
// or from candle files. Writes nothing.

#include <fmt/format.h>

#include <thread>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/render/backtest_text.hpp"
#include "app/render/sweep_text.hpp"
#include "app/rule_sets.hpp"
#include "app/session.hpp"
#include "gridexit/backtest/lookahead.hpp"
#include "gridexit/backtest/report.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/pipeline/recorded_market.hpp"

namespace gridexit::app {
namespace {

// Hours at which --check-lookahead cuts the future off.
constexpr int kCuts = 24;

struct Options {
  std::vector<Symbol> symbols;
  std::vector<std::string> candles;
  std::optional<std::string> rev;
  std::optional<std::string> offsets;
  bool recompute = false;
  bool check_lookahead = false;
  std::vector<std::string> settings;
  std::optional<std::string> walk_forward;
  std::optional<int> threads;
  backtest::Harness harness;
};

/// What is replayed, and what the repository knows beside it.
struct Material {
  std::vector<backtest::Track> tracks;
  std::vector<pipeline::RecordedMarket> recorded;  ///< without their tracks; empty for candle files
  std::string source;                              ///< "candle files" or the commit
  Rules rules;
  bool simulated = false;
};

Result<std::vector<int>> parse_offsets(const std::string& text) {
  std::vector<int> offsets;
  for (const std::string_view part : split(text, ',')) {
    const auto number = parse_integer(part);
    if (!number || *number < 0 || *number > 720) {
      return Error{ErrorCode::usage,
                   fmt::format("--offsets: \"{}\" is not a number of hours from 0 to 720", part),
                   "write them like 0,8,16",
                   {}};
    }
    offsets.push_back(static_cast<int>(*number));
  }
  return offsets;
}

// "90d/30d"
Result<backtest::WalkForward> parse_windows(const std::string& text) {
  const auto days = [](std::string_view part) -> std::optional<std::chrono::days> {
    if (part.empty() || part.back() != 'd') return std::nullopt;
    part.remove_suffix(1);
    const auto number = parse_integer(part);
    if (!number || *number < 1 || *number > 3650) return std::nullopt;
    return std::chrono::days{static_cast<int>(*number)};
  };
  const auto slash = std::min(text.find('/'), text.size());
  const auto tune = days(std::string_view(text).substr(0, slash));
  const auto test =
      slash == text.size() ? std::nullopt : days(std::string_view(text).substr(slash + 1));
  if (tune && test) return backtest::WalkForward{*tune, *test};
  return Error{ErrorCode::usage,
               fmt::format("--walk-forward: \"{}\" is not two windows in days", text),
               "write them like 90d/30d: chosen on 90 days, judged on the 30 after them",
               {}};
}

// "data/BTC-USDT_1h.csv.gz" -> "BTC-USDT_1h": several files may hold the same market.
std::string name_of_file(const std::string& path) {
  const std::string name = path.substr(path.find_last_of('/') + 1);
  return name.substr(0, name.find(".csv"));
}

Result<Rules> rules_of(Context& context, Repository* repository) {
  if (repository == nullptr && !context.common.config) {
    Rules built_in;
    built_in.capital.total_quote = kDefaultCapital;
    return built_in;
  }
  GX_TRY(const Settings settings, load_settings(context, repository));
  return settings.values.rules;
}

Result<Material> from_files(const Options& options, Context& context) {
  Material material;
  material.source = "candle files";
  GX_TRY(material.rules, rules_of(context, nullptr));
  for (const std::string& path : options.candles) {
    context.output.progress("reading " + path);
    GX_TRY(const CandleSeries bars, context.wiring.read_candles(path));
    material.tracks.push_back(
        backtest::make_track(name_of_file(path), bars.view(), material.rules.data));
  }
  context.output.progress("");
  return material;
}

Result<std::string> commit_of(const Options& options, Repository& repository) {
  if (!options.rev || *options.rev == "HEAD") return repository.store().head();
  GX_TRY(auto commit, repository.history()->find_commit(*options.rev));
  if (commit) return *std::move(commit);
  return Error{ErrorCode::not_found,
               fmt::format("--rev {}: no such commit", *options.rev),
               "name it by 7 to 40 hexadecimal digits",
               {}};
}

Result<Material> from_repository(const Options& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::read));
  if (repository->history() == nullptr)
    return Error{ErrorCode::store_unusable, "this repository has no history to read", "", {}};
  Material material;
  GX_TRY(material.rules, rules_of(context, repository.get()));
  GX_TRY(material.source, commit_of(options, *repository));
  if (material.source.empty()) {
    return Error{ErrorCode::not_found,
                 "this repository has no commits yet",
                 "record some hours with gridexit backfill --evaluate",
                 {}};
  }
  std::vector<std::string> symbols;
  for (const Symbol& symbol : options.symbols) symbols.push_back(symbol.text());
  context.output.progress("reading the recorded history");
  const auto from =
      options.recompute ? pipeline::MetricsFrom::candles : pipeline::MetricsFrom::records;
  GX_TRY(material.recorded, pipeline::recorded_markets(*repository->history(), material.source,
                                                       symbols, from, material.rules.data));
  context.output.progress("");
  for (pipeline::RecordedMarket& market : material.recorded) {
    material.simulated = material.simulated || market.simulated;
    material.tracks.push_back(std::move(market.track));
  }
  return material;
}

std::string render_recorded(const std::vector<pipeline::RecordedMarket>& markets) {
  std::string text;
  for (const pipeline::RecordedMarket& market : markets) {
    for (const Transition& change : market.transitions) {
      text += fmt::format("{}  {}  {} -> {}\n", format_hour(change.timestamp), change.grid_id,
                          to_text(change.from_state), to_text(change.to_state));
    }
    for (const DecisionRecord& decision : market.decisions) {
      for (const ActionRecord& action : decision.action_records) {
        text +=
            fmt::format("{}  {} {}: {} by {}\n", format_hour(action.at), decision.decision_id,
                        to_text(decision.recommendation.action), to_text(action.action), action.by);
      }
    }
  }
  return text.empty() ? "no grid ran and nothing was answered in the recorded time\n" : text;
}

Value recorded_value(const std::vector<pipeline::RecordedMarket>& markets) {
  Value states = Value::array();
  Value actions = Value::array();
  for (const pipeline::RecordedMarket& market : markets) {
    for (const Transition& change : market.transitions) {
      Value entry = Value::object();
      entry.set("timestamp", format_utc(change.timestamp)).set("grid_id", change.grid_id);
      entry.set("from_state", to_text(change.from_state)).set("to_state", to_text(change.to_state));
      states.add(std::move(entry));
    }
    for (const DecisionRecord& decision : market.decisions) {
      for (const ActionRecord& action : decision.action_records) {
        Value entry = Value::object();
        entry.set("at", format_utc(action.at)).set("decision_id", decision.decision_id);
        entry.set("recommended", to_text(decision.recommendation.action));
        entry.set("action", to_text(action.action)).set("by", action.by);
        actions.add(std::move(entry));
      }
    }
  }
  Value value = Value::object();
  value.set("state_changes", std::move(states)).set("operator_actions", std::move(actions));
  return value;
}

void print_comparison(const backtest::Comparison& comparison, const Material& material,
                      Output& output) {
  if (!output.is_text()) {
    Value value = to_value(comparison);
    value.set("source", material.source).set("simulated", material.simulated);
    value.set("recorded", recorded_value(material.recorded));
    output.print_tree(value);
    return;
  }
  const Style style = output.style();
  if (material.simulated) output.print("SIMULATED DATA - not a market\n");
  output.print(render_comparison(comparison, style) + "\n");
  output.print(render_targets(comparison.rows.back().row, style) + "\n");
  output.print(render_announcements(comparison.announcements, style));
  if (!material.recorded.empty())
    output.print("\nrecorded and done:\n" + render_recorded(material.recorded));
}

// Repeats everything with the future cut off; a difference means that a figure knew the future.
ExitCode check_lookahead(const Options& options, const Material& material, Output& output) {
  std::vector<backtest::Difference> found;
  Value list = Value::array();
  for (const backtest::Track& track : material.tracks) {
    const auto make = [&](CandleView bars) {
      return backtest::make_track(track.symbol, bars, material.rules.data);
    };
    for (const backtest::Difference& difference : backtest::check_lookahead(
             track.bars.view(), make, material.rules, options.harness, kCuts)) {
      found.push_back(difference);
      output.warn(fmt::format("{}: cut at {}: {}", track.symbol, format_hour(difference.cut),
                              difference.what));
      list.add(Value::object().set("symbol", track.symbol).set("what", difference.what));
    }
  }
  if (output.is_text()) {
    output.print(fmt::format("future cut off at {} hours of each market: {} differences\n", kCuts,
                             found.size()));
  } else {
    output.print_tree(Value::object().set("cuts", kCuts).set("differences", std::move(list)));
  }
  return found.empty() ? ExitCode::done : ExitCode::check_failed;
}

unsigned threads_of(const Options& options) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return static_cast<unsigned>(options.threads.value_or(cores));
}

std::vector<Rules> rules_of(const std::vector<RuleSet>& sets) {
  std::vector<Rules> rules;
  for (const RuleSet& set : sets) rules.push_back(set.rules);
  return rules;
}

void print_sweep(const std::vector<RuleSet>& sets, const Options& options, const Material& material,
                 Output& output) {
  output.progress(fmt::format("replaying {} rule sets", sets.size()));
  const Swept swept{
      sets, backtest::sweep(material.tracks, rules_of(sets), options.harness, threads_of(options))};
  output.progress("");
  if (!output.is_text()) {
    output.print_tree(to_value(swept).set("simulated", material.simulated));
    return;
  }
  if (material.simulated) output.print("SIMULATED DATA - not a market\n");
  output.print(render_sweep(swept, output.style()));
}

void print_walk_forward(const std::vector<RuleSet>& sets, const backtest::WalkForward& windows,
                        const Options& options, const Material& material, Output& output) {
  output.progress(fmt::format("choosing among {} rule sets, window by window", sets.size()));
  const backtest::WalkForwardReport report = backtest::walk_forward(
      material.tracks, rules_of(sets), options.harness, windows, threads_of(options));
  const Walked walked{sets, report, backtest::summarise(report.out_of_sample)};
  output.progress("");
  if (!output.is_text()) {
    output.print_tree(to_value(walked).set("simulated", material.simulated));
    return;
  }
  if (material.simulated) output.print("SIMULATED DATA - not a market\n");
  output.print(render_walk_forward(walked, output.style()));
}

Result<ExitCode> run_backtest(Options options, Context& context) {
  if (options.offsets) {
    GX_TRY(options.harness.offsets, parse_offsets(*options.offsets));
  }
  std::optional<backtest::WalkForward> windows;
  if (options.walk_forward) {
    GX_TRY(windows, parse_windows(*options.walk_forward));
  }
  const bool has_files = !options.candles.empty();
  if (has_files && (options.rev || options.recompute || !options.symbols.empty())) {
    return Error{ErrorCode::usage,
                 "--rev, --recompute and --symbol are about a repository, --candles about files",
                 "give the one or the other",
                 {}};
  }
  GX_TRY(const Material material,
         has_files ? from_files(options, context) : from_repository(options, context));
  if (options.check_lookahead) return check_lookahead(options, material, context.output);
  if (windows || !options.settings.empty()) {
    GX_TRY(const std::vector<RuleSet> sets, rule_sets(material.rules, options.settings));
    if (windows) {
      print_walk_forward(sets, *windows, options, material, context.output);
    } else {
      print_sweep(sets, options, material, context.output);
    }
    return ExitCode::done;
  }
  context.output.progress("replaying");
  const backtest::Comparison comparison =
      backtest::compare(material.tracks, material.rules, options.harness, threads_of(options));
  context.output.progress("");
  print_comparison(comparison, material, context.output);
  return ExitCode::done;
}

Body define(CLI::App& app) {
  constexpr int most_threads = 256;
  auto options = std::make_shared<Options>();
  backtest::Harness& harness = options->harness;
  add_symbols(app, options->symbols, "Only these markets (default: all that have records)");
  add_texts(app, "--candles", options->candles, "FILE",
            "Candle files (.csv, .csv.gz) instead of a repository, each a market of its own");
  add_text(app, "--rev", options->rev, "COMMIT",
           "The repository as of this commit (default: HEAD)");
  add_switch(app, "--recompute", options->recompute,
             "Compute the metrics again from the recorded candles");
  add_choice(app, "--start",
             {{"schedule", [&harness] { harness.start_by = backtest::StartBy::schedule; }},
              {"gates", [&harness] { harness.start_by = backtest::StartBy::gates; }}},
             "Start grids 24 h after each end (default), or when the gates pass");
  add_choice(app, "--shape",
             {{"proposal", [&harness] { harness.shape = backtest::Shape::proposal; }},
              {"widths", [&harness] { harness.shape = backtest::Shape::fixed_widths; }}},
             "The product's proposal (default), or 6, 8 and 10 % in turn");
  add_text(app, "--offsets", options->offsets, "HOURS",
           "Starts of the sequences of grids (default: 0,8,16)");
  add_texts(app, "--set", options->settings, "KEY=V1,V2",
            "Try these values of a rule; several: every combination");
  add_text(app, "--walk-forward", options->walk_forward, "90d/30d",
           "Choose among them on the first window, judge on the next, again and again");
  add_switch(app, "--check-lookahead", options->check_lookahead,
             "Cut the future off at many hours and demand the same past");
  add_integer(app, "--threads", options->threads, 1, most_threads,
              "Threads (default: one for each core)");
  return [options](Context& context) { return run_backtest(*options, context); };
}

}  // namespace

Command backtest_command() {
  return {"backtest",
          "Replay the exit rules over the past, beside what simpler rules would have done",
          "gridexit backtest --repo data\n"
          "gridexit backtest --repo data --symbol ETH-USDT --recompute -o json\n"
          "gridexit backtest --candles BTC-USDT_1h.csv.gz --start gates\n"
          "gridexit backtest --repo data --set exit_rules.latest.break_low=0.90,0.95 "
          "--walk-forward 90d/30d",
          define};
}

}  // namespace gridexit::app
