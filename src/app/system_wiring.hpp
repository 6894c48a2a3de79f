#pragma once
// The real wiring: environment variables, clocks, files, and every concrete adapter.

#include <memory>

#include "gridexit/app/wiring.hpp"

namespace gridexit::app {

class SystemWiring final : public Wiring {
 public:
  SystemWiring();
  ~SystemWiring() override;

  std::optional<std::string> variable(const std::string& name) override;
  ports::Clock& clock() override;
  Result<std::string> read_file(const std::string& path) override;
  Result<CandleSeries> read_candles(const std::string& path) override;
  Result<void> write_file(const std::string& path, const std::string& content) override;
  std::string absolute(const std::string& path) override;
  Result<ports::Configuration> parse_configuration(const ports::ConfigurationText& text) override;
  Result<ports::Configuration> parse_for_run(const ports::ConfigurationText& text) override;
  Result<std::vector<ConfigEntry>> trace_configuration(
      const ports::ConfigurationText& text) override;
  Result<std::unique_ptr<Repository>> open_repository(const std::string& path,
                                                      Access access) override;
  std::unique_ptr<ports::LocalState> kept_state(const std::string& repository) override;
  Result<std::unique_ptr<RunPlace>> open_for_run(const std::string& path) override;
  Result<CreatedRepository> create_repository(const NewRepository& wanted) override;
  Result<std::unique_ptr<ports::Exchange>> make_exchange(const ExchangeChoice& choice,
                                                         const ExchangeSettings& settings) override;
  std::string page_folder(const std::string& repository) override;
  ports::Connections connect(const Result<ExchangeChoice>& choice, const Environment& environment,
                             const std::string& repository, ports::Log& log) override;
  ports::Telemetry* telemetry() override { return telemetry_.get(); }
  std::function<bool()> stop_requested() override;

 private:
  std::unique_ptr<ports::Clock> clock_;
  std::unique_ptr<ports::Telemetry> telemetry_;
};

}  // namespace gridexit::app
