#pragma once
// An operator's set-up over fakes of every port: a market, a repository with a configuration,
// channels.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/run.hpp"
#include "support/fakes.hpp"
#include "support/story.hpp"

namespace gridexit::testing {

inline const UtcTime kStart = *parse_utc("2025-01-01T00:00:00Z");
constexpr int kWarmUp = 1200;

class RunTest : public ::testing::Test {
 protected:
  RunTest() : story_(kStart, 2000) {
    story_.range(kWarmUp, 2000);
    store_.put({{std::string(paths::kEnvironmentFile), "valid"},
                {std::string(paths::kRulesFile), "valid"}});
  }

  void start_grid(UtcTime at, double lower = 1900, double upper = 2100, double stop = 1840) {
    put_grid("grid-1", "ETH-USDT", at, lower, upper, stop);
  }

  void put_grid(const std::string& id, const std::string& symbol, UtcTime at, double lower,
                double upper, double stop, std::optional<UtcTime> stopped = std::nullopt) {
    Grid grid;
    grid.grid_id = id;
    grid.symbol = symbol;
    grid.exchange = "archive";
    GridVersion version;
    version.from = at;
    version.lower = lower;
    version.upper = upper;
    version.cells = 12;
    version.capital_quote = 1000;
    version.stop_loss = stop;
    grid.versions = {version};
    grid.history = {{true, at, "test", "operator", std::nullopt}};
    if (stopped) grid.history.push_back({false, *stopped, "test", "operator", std::nullopt});
    store_.put({{paths::grid(id), codec::write(grid)}});
  }

  pipeline::RunReport run_live(UtcTime now, pipeline::RunInputs inputs = {}) {
    clock_.set(now + Seconds{120});
    market_.server_time = now + Seconds{120};
    inputs.engine = {"test", "0"};
    return run(inputs);
  }

  pipeline::RunReport run(const pipeline::RunInputs& inputs) {
    market_.bars = &story_.bars();
    pipeline::RunPorts ports{clock_,
                             use_store_ ? &store_ : nullptr,
                             use_store_ ? &store_ : nullptr,
                             state_,
                             log_,
                             [this](const ports::ConfigurationText& text) { return parse(text); },
                             [this](const Environment&, ports::Log&) { return connect(); }};
    return pipeline::run(inputs, ports);
  }

  Result<ports::Configuration> parse(const ports::ConfigurationText& text) const {
    const bool defaults = text.environment.find("schema_version") != std::string::npos;
    if (text.environment != "valid" && !defaults)
      return failure(ErrorCode::config_invalid, "config/environment.yaml:1: broken");
    ports::Configuration configuration;
    configuration.left_out = left_out_;
    configuration.environment.symbols = symbols_;
    configuration.environment.notifications = notifications_;
    configuration.rules.capital.total_quote = 1000;
    configuration.rules.expected = {};
    return configuration;
  }

  ports::Connections connect() {
    ports::Connections connections{
        std::unique_ptr<ports::Exchange>(std::make_unique<FakeExchange>(market_)), {}, {}, {}};
    connections.notifiers.push_back(std::make_unique<FakeNotifier>("log", log_channel_));
    connections.notifiers.push_back(std::make_unique<FakeNotifier>("webhook", webhook_));
    if (has_pushover_)
      connections.notifiers.push_back(std::make_unique<FakeNotifier>("pushover", pushover_));
    connections.heartbeat = std::make_unique<FakeHeartbeat>(beats_);
    return connections;
  }

  bool told_of(std::string_view text) const {
    return std::any_of(
        webhook_.delivered.begin(), webhook_.delivered.end(),
        [&](const Message& message) { return message.text.find(text) != std::string::npos; });
  }

  Story story_;
  FakeMarket market_;
  FakeStore store_;
  bool use_store_ = true;
  FakeState state_;
  FakeLog log_;
  FakeClock clock_{kStart};
  FakeChannel log_channel_;
  FakeChannel webhook_;
  FakeChannel pushover_;
  bool has_pushover_ = false;
  std::vector<SymbolSettings> symbols_{{"ETH-USDT", true}};
  NotificationSettings notifications_;
  std::vector<std::string> left_out_;
  std::vector<bool> beats_;
};

}  // namespace gridexit::testing
