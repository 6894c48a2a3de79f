#include "app/run_telemetry.hpp"

#include <fmt/format.h>

#include "gridexit/domain/names.hpp"

namespace gridexit::app {
namespace {

// "1" would end every name in _ratio.
constexpr const char* kNoUnit = "";
constexpr double kSecondsPerMinute = 60;

class Figures {
 public:
  explicit Figures(ports::RunTelemetry& run) : run_(run) {}

  void add(std::string name, std::string unit, double value, ports::Attributes attributes = {}) {
    run_.figures.push_back(
        {"gridexit." + std::move(name), std::move(unit), value, std::move(attributes)});
  }

 private:
  ports::RunTelemetry& run_;
};

void add_metrics(const TimeframeMetrics& metrics, const std::string& symbol,
                 const std::string& timeframe, Figures& figures) {
  for (const MetricKey key : kMetricKeys) {
    const auto& value = metrics.metric(key).value;
    if (!value) continue;
    figures.add(
        "metric", kNoUnit, *value,
        {{"symbol", symbol}, {"timeframe", timeframe}, {"metric", std::string(to_text(key))}});
  }
}

void add_record(const MetricsRecord& record, Figures& figures) {
  const ports::Attributes about{{"symbol", record.symbol}};
  add_metrics(record.h1, record.symbol, "1h", figures);
  add_metrics(record.h4, record.symbol, "4h", figures);
  figures.add("confidence", kNoUnit, record.confidence.value, about);
  figures.add("anomalies", kNoUnit, static_cast<double>(record.anomalies.size()), about);
  figures.add("data.staleness", "s", record.data.staleness_minutes * kSecondsPerMinute, about);
  if (record.price.close) figures.add("price", kNoUnit, *record.price.close, about);
  if (!record.exit_state) return;
  const ExitEvaluation& exit = *record.exit_state;
  const ports::Attributes grid{{"symbol", record.symbol}, {"grid_id", exit.grid_id}};
  // 0 NORMAL, 1 WARNING, 2 LATEST_ACCEPTABLE_EXIT, 3 MANDATORY_EXIT.
  figures.add("exit_state", kNoUnit, static_cast<double>(exit.state), grid);
  figures.add("exit_state.previous", kNoUnit, static_cast<double>(exit.previous), grid);
}

void add_run(const pipeline::RunReport& report, bool is_replay,
             std::optional<std::int64_t> repository_bytes, Figures& figures) {
  figures.add("run.duration", "s", report.seconds);
  figures.add("run.exit_code", kNoUnit, report.exit_code);
  const auto started = static_cast<double>(report.started.time_since_epoch().count());
  if (report.exit_code == 0 && !is_replay) {
    figures.add("run.last_success", "s", started + report.seconds);
  }
  figures.add("pushes.pending", kNoUnit, report.unpushed);
  figures.add("messages.undelivered", kNoUnit, report.undelivered);
  figures.add("problems", kNoUnit, static_cast<double>(report.problems.size()));
  if (repository_bytes) {
    figures.add("repository.size", "By", static_cast<double>(*repository_bytes));
  }
}

void add_step(const pipeline::StepReport& step, ports::RunTelemetry& run, Figures& figures) {
  ports::Attributes about{{"step", step.step}};
  if (!step.symbol.empty()) about.emplace_back("symbol", step.symbol);
  figures.add("step.duration", "s", step.seconds, about);
  run.spans.push_back({step.step, step.begin_seconds, step.seconds, step.failure, about});
}

}  // namespace

ports::RunTelemetry telemetry_of(const pipeline::RunReport& report, bool is_replay,
                                 std::optional<std::int64_t> repository_bytes) {
  ports::RunTelemetry run;
  run.run_id = report.run_id;
  run.started = report.started;
  run.seconds = report.seconds;
  if (report.exit_code != 0) run.failure = fmt::format("exit code {}", report.exit_code);
  run.attributes = {{"at", format_utc(report.at)}, {"head", report.head}};
  Figures figures(run);
  add_run(report, is_replay, repository_bytes, figures);
  for (const pipeline::StepReport& step : report.steps) add_step(step, run, figures);
  for (const pipeline::SymbolReport& symbol : report.symbols) {
    figures.add("evaluation.failed", kNoUnit, symbol.failure ? 1 : 0, {{"symbol", symbol.symbol}});
    if (symbol.record) add_record(*symbol.record, figures);
  }
  return run;
}

void send_telemetry(ports::Telemetry& telemetry, const pipeline::RunReport& report, bool is_replay,
                    ports::Maintenance* maintenance, ports::Log& log) {
  std::optional<std::int64_t> bytes;
  if (maintenance != nullptr) {
    if (const auto size = maintenance->size()) bytes = size->pack_bytes + size->loose_bytes;
  }
  if (const auto sent = telemetry.flush(telemetry_of(report, is_replay, bytes)); !sent) {
    log.event({ports::LogLevel::warning,
               "telemetry.failed",
               {{"run_id", report.run_id}, {"message", sent.error().message}}});
  }
}

}  // namespace gridexit::app
