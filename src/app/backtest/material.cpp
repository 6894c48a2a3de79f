#include "app/backtest/material.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/session.hpp"

namespace gridexit::app {
namespace {

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

Result<Material> from_files(const BacktestOptions& options, Context& context) {
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

Result<std::string> commit_of(const BacktestOptions& options, Repository& repository) {
  if (!options.rev || *options.rev == "HEAD") return repository.store().head();
  GX_TRY(auto commit, repository.history()->resolve(*options.rev));
  if (commit) return *std::move(commit);
  return Error{ErrorCode::not_found,
               fmt::format("--rev {}: no such commit", *options.rev),
               "name a branch or tag, HEAD~3, or 7 to 40 hexadecimal digits of a commit",
               {}};
}

Result<Material> from_repository(const BacktestOptions& options, Context& context) {
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
  GX_TRY(material.recorded,
         pipeline::recorded_markets(*repository->history(), material.source, symbols, from,
                                    material.rules.data, threads_of(options)));
  context.output.progress("");
  for (pipeline::RecordedMarket& market : material.recorded) {
    material.simulated = material.simulated || market.simulated;
    material.tracks.push_back(std::move(market.track));
  }
  return material;
}

}  // namespace

Result<Material> load_material(const BacktestOptions& options, Context& context) {
  return options.candles.empty() ? from_repository(options, context) : from_files(options, context);
}

}  // namespace gridexit::app
