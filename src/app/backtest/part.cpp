#include <fmt/format.h>

#include "app/backtest/report.hpp"
#include "gridexit/app/version.hpp"
#include "gridexit/base/hash.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/settings.hpp"

namespace gridexit::app {
namespace {

std::vector<Rules> rules_in(const std::vector<RuleSet>& sets) {
  std::vector<Rules> rules;
  rules.reserve(sets.size());
  for (const RuleSet& set : sets) rules.push_back(set.rules);
  return rules;
}

void append_bytes(std::string& bytes, std::span<const double> values) {
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

/// The bars of all markets: files of the same name may hold other ones.
std::string digest_of(const std::vector<backtest::Track>& tracks) {
  std::string bytes;
  for (const backtest::Track& track : tracks) {
    const CandleView bars = track.bars.view();
    bytes += fmt::format("{} {}\n", track.symbol, bars.size());
    if (!track.bars.empty()) bytes += format_utc(bars.time.front());
    for (const auto column : {bars.open, bars.high, bars.low, bars.close})
      append_bytes(bytes, column);
  }
  return sha256_hex(bytes);
}

std::string metrics_of(const BacktestOptions& options) {
  if (!options.candles.empty()) return "of the candle files";
  return options.recompute ? "recomputed" : "recorded";
}

std::string offsets_of(const backtest::Harness& harness) {
  std::vector<std::string> offsets;
  for (const int offset : harness.offsets) offsets.push_back(std::to_string(offset));
  return join(offsets, ",");
}

std::vector<std::pair<std::string, std::string>> settings_of(const BacktestOptions& options,
                                                             const Material& material) {
  const EngineVersion engine = engine_version();
  const backtest::Harness& harness = options.harness;
  return {
      {"engine", engine.version + " " + engine.commit},
      {"source", material.source},
      {"candles", digest_of(material.tracks)},
      {"metrics", metrics_of(options)},
      {"rules", sha256_hex(codec::write(material.rules))},
      {"start", harness.start_by == backtest::StartBy::gates ? "gates" : "schedule"},
      {"shape", harness.shape == backtest::Shape::fixed_widths ? "widths" : "proposal"},
      {"offsets", offsets_of(harness)},
      {"set", join(options.settings, " ")},
      {"walk_forward", options.walk_forward.value_or("")},
  };
}

Asked asked_of(const BacktestOptions& options, const Material& material,
               const std::vector<RuleSet>& sets) {
  Asked asked;
  asked.settings = settings_of(options, material);
  asked.source = material.source;
  asked.simulated = material.simulated;
  asked.markets = backtest::spans_of(material.tracks);
  if (options.candles.empty()) asked.recorded = recorded_facts(material.recorded);
  for (const RuleSet& set : sets) asked.rule_sets.push_back(set.name);
  return asked;
}

}  // namespace

Part compute_part(const BacktestOptions& options, const Material& material,
                  const std::vector<RuleSet>& sets, Output& output) {
  Part part{asked_of(options, material, sets), options.slice, ComparedPart{}};
  const unsigned threads = threads_of(options);
  if (sets.empty()) {
    output.progress("replaying");
    auto compared =
        backtest::compare(material.tracks, material.rules, options.harness, threads, options.slice);
    part.found = ComparedPart{std::move(compared.rows), std::move(compared.announcements)};
  } else if (options.windows) {
    output.progress(fmt::format("choosing among {} rule sets, window by window",
                                options.slice.size(sets.size())));
    part.found = WalkedPart{backtest::walk_forward(material.tracks, rules_in(sets), options.harness,
                                                   *options.windows, threads, options.slice)};
  } else {
    output.progress(fmt::format("replaying {} rule sets", options.slice.size(sets.size())));
    part.found = SweptPart{
        backtest::sweep(material.tracks, rules_in(sets), options.harness, threads, options.slice)};
  }
  output.progress("");
  return part;
}

}  // namespace gridexit::app
