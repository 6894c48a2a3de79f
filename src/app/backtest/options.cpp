#include "app/backtest/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/options.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

constexpr int kMostThreads = 256;

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

Result<void> check_outputs(const BacktestOptions& options) {
  const bool report =
      !options.recorded_starts && !options.check_lookahead && !options.check_warm_up;
  const auto refused = [](std::string message, std::string hint) {
    return Error{ErrorCode::usage, std::move(message), std::move(hint), {}};
  };
  if (options.out && !options.shard)
    return refused("--out is where a part of --shard goes", "use > FILE, or --html FILE");
  if (options.html && options.shard) {
    return refused("--shard does a part, and a page needs all of them",
                   "give --html to gridexit backtest merge");
  }
  if ((options.html || options.shard) && !report) {
    return refused("--start recorded and the checks have neither parts nor a page",
                   "leave out --shard and --html");
  }
  return {};
}

}  // namespace

void add_backtest_options(CLI::App& app, BacktestOptions& options) {
  backtest::Harness& harness = options.harness;
  add_symbols(app, options.symbols, "Only these markets (default: all that have records)");
  add_texts(app, "--candles", options.candles, "FILE",
            "Candle files (.csv, .csv.gz) instead of a repository, each a market of its own");
  add_text(app, "--rev", options.rev, "COMMIT",
           "The repository as of this commit, branch or tag (default: HEAD)");
  add_switch(app, "--recompute", options.recompute,
             "Compute the metrics again from the recorded candles");
  add_choice(app, "--start",
             {{"schedule", [&harness] { harness.start_by = backtest::StartBy::schedule; }},
              {"gates", [&harness] { harness.start_by = backtest::StartBy::gates; }},
              {"recorded", [&options] { options.recorded_starts = true; }}},
             "Start grids 24 h after each end (default), when the gates pass, or take those that "
             "ran");
  add_choice(app, "--shape",
             {{"proposal", [&harness] { harness.shape = backtest::Shape::proposal; }},
              {"widths", [&harness] { harness.shape = backtest::Shape::fixed_widths; }}},
             "The product's proposal (default), or 6, 8 and 10 % in turn");
  add_text(app, "--offsets", options.offsets, "HOURS",
           "Starts of the sequences of grids (default: 0,8,16)");
  add_texts(app, "--set", options.settings, "KEY=V1,V2",
            "Try these values of a rule; several: every combination");
  add_text(app, "--walk-forward", options.walk_forward, "90d/30d",
           "Choose among them on the first window, judge on the next, again and again");
  add_switch(app, "--check-lookahead", options.check_lookahead,
             "Cut the future off at many hours and demand the same past");
  add_switch(app, "--check-warm-up", options.check_warm_up,
             "Leave out the first 44 days and demand the same verdicts 44 days later");
  add_integer(app, "--threads", options.threads, 1, kMostThreads,
              "Threads (default: one for each core)");
  add_text(app, "--html", options.html, "FILE",
           "Write the report as a page too; - prints the page instead");
  add_text(app, "--shard", options.shard, "I/N|auto",
           "Do part I of N (1/N to N/N) and print what gridexit backtest merge puts together; "
           "auto: from JOB_COMPLETION_INDEX (from 0) and SHARD_COUNT");
  add_text(
      app, "--out", options.out, "PATH",
      "File for the part (default: - for standard output); with a / at its end a folder, where it "
      "becomes shard-I-of-N.json");
}

Result<void> complete(BacktestOptions& options) {
  GX_CHECK(check_outputs(options));
  if (options.offsets) {
    GX_TRY(options.harness.offsets, parse_offsets(*options.offsets));
  }
  if (options.walk_forward) {
    GX_TRY(options.windows, parse_windows(*options.walk_forward));
  }
  if (options.recorded_starts && (options.windows || !options.settings.empty())) {
    return Error{ErrorCode::usage,
                 "--start recorded replays the few grids that ran; they are no ground to choose "
                 "rules on with --set or --walk-forward",
                 "give --config FILE to see one other set of rules on them",
                 {}};
  }
  if (options.candles.empty()) return {};
  if (options.recorded_starts) {
    return Error{ErrorCode::usage,
                 "--start recorded is about the grids of a repository, --candles about files",
                 "give --repo PATH",
                 {}};
  }
  if (!options.rev && !options.recompute && options.symbols.empty()) return {};
  return Error{ErrorCode::usage,
               "--rev, --recompute and --symbol are about a repository, --candles about files",
               "give the one or the other",
               {}};
}

unsigned threads_of(const BacktestOptions& options) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return static_cast<unsigned>(options.threads.value_or(cores));
}

}  // namespace gridexit::app
