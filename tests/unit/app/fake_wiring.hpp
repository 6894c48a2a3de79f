#pragma once
// The program run in process over fakes: arguments in, both streams and the exit code out.

#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "gridexit/app/run.hpp"
#include "gridexit/codec/documents.hpp"
#include "support/fakes.hpp"

namespace gridexit::testing {

inline const UtcTime kNow = *parse_utc("2026-02-02T14:30:00Z");

class FakeWiring final : public app::Wiring {
 public:
  std::optional<std::string> variable(const std::string& name) override {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional{found->second};
  }
  ports::Clock& clock() override { return clock_; }
  Result<std::string> read_file(const std::string& path) override {
    const auto found = files.find(path);
    if (found == files.end())
      return Error{ErrorCode::not_found, "there is no file " + path, "check the path", {}};
    return found->second;
  }
  Result<CandleSeries> read_candles(const std::string& path) override {
    const auto found = candles.find(path);
    if (found == candles.end())
      return Error{ErrorCode::data_unavailable, path + ": cannot be opened", "check the path", {}};
    return found->second;
  }
  Result<void> write_file(const std::string& path, const std::string& content) override {
    files[path] = content;
    return {};
  }
  std::string absolute(const std::string& path) override { return "/here/" + path; }
  Result<ports::Configuration> parse_configuration(const ports::ConfigurationText& text) override {
    GX_TRY(auto environment, codec::read<Environment>(text.environment, text.environment_name));
    GX_TRY(auto rules, codec::read<Rules>(text.rules, text.rules_name));
    return ports::Configuration{environment.document, rules.document, environment.warnings, {}};
  }
  Result<ports::Configuration> parse_for_run(const ports::ConfigurationText& text) override {
    return parse_configuration(text);
  }
  Result<std::vector<app::ConfigEntry>> trace_configuration(
      const ports::ConfigurationText&) override {
    return std::vector<app::ConfigEntry>{
        {"capital.total_quote", "1000", "config/exit_strategy_config.yaml:9"},
        {"data.window", "260", "default"}};
  }
  Result<std::unique_ptr<app::Repository>> open_repository(const std::string& path,
                                                           app::Access access) override {
    if (path != known_path)
      return Error{ErrorCode::store_unusable,
                   path + " is not a git repository",
                   "make one with gridexit init",
                   {}};
    if (access == app::Access::write && locked)
      return Error{ErrorCode::locked, "another run holds the lock", "wait for it to end", {}};
    return std::unique_ptr<app::Repository>(std::make_unique<Opened>(*this));
  }
  std::unique_ptr<ports::LocalState> kept_state(const std::string&) override {
    return std::make_unique<FakeState>(state);
  }
  Result<std::unique_ptr<app::RunPlace>> open_for_run(const std::string&) override {
    return Error{ErrorCode::locked, "another run holds the lock", "wait for it to end", {}};
  }
  Result<app::CreatedRepository> create_repository(const app::NewRepository& wanted) override {
    created.push_back(wanted);
    GX_TRY(const auto commit, store.commit(wanted.first_commit));
    return app::CreatedRepository{commit.commit, wanted.remote.has_value(), std::nullopt};
  }
  Result<std::unique_ptr<ports::Exchange>> make_exchange(const app::ExchangeChoice& choice,
                                                         const ExchangeSettings&) override {
    exchanges.push_back(choice.text);
    if (market.bars != nullptr) {
      return std::unique_ptr<ports::Exchange>(std::make_unique<FakeExchange>(market));
    }
    return Error{ErrorCode::exchange_unreachable,
                 "api.kucoin.com: connection refused",
                 "check the network",
                 {}};
  }
  std::string page_folder(const std::string& repository) override { return repository + "-pages"; }
  ports::Connections connect(const Result<app::ExchangeChoice>&, const Environment&,
                             const std::string&, ports::Log&) override {
    return {
        Error{ErrorCode::exchange_unreachable, "no exchange here", "", {}}, {}, nullptr, nullptr};
  }
  std::function<bool()> stop_requested() override { return {}; }

  std::map<std::string, std::string> variables{{"USER", "ada"}};
  std::map<std::string, std::string> files;
  std::map<std::string, CandleSeries> candles;
  std::string known_path = "data";
  bool locked = false;
  FakeStore store;
  FakeMarket market;  ///< what there is of it once it has bars
  FakeState state;
  std::vector<app::NewRepository> created;
  std::vector<std::string> exchanges;

 private:
  class Opened final : public app::Repository {
   public:
    explicit Opened(FakeWiring& owner) : owner_(owner) {}
    ports::Store& store() override { return owner_.store; }
    ports::Remote& remote() override { return owner_.store; }
    ports::LocalState& state() override { return owner_.state; }

   private:
    FakeWiring& owner_;
  };

  FakeClock clock_{kNow};
};

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
};

inline Ran run(FakeWiring& wiring, const std::vector<std::string>& args) {
  std::ostringstream out;
  std::ostringstream err;
  const app::Streams streams{out, err, false, false, 80};
  const int code = app::run(args, streams, wiring);
  return {code, out.str(), err.str()};
}

inline Ran run(const std::vector<std::string>& args) {
  FakeWiring wiring;
  return run(wiring, args);
}

}  // namespace gridexit::testing
