#include "app/logging.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <array>

#include "app/render/value.hpp"
#include "gridexit/base/number.hpp"

namespace gridexit::app {
namespace {

std::string_view level_name(ports::LogLevel level) {
  switch (level) {
    case ports::LogLevel::debug: return "debug";
    case ports::LogLevel::info: return "info";
    case ports::LogLevel::warning: return "warning";
    case ports::LogLevel::error: return "error";
  }
  return "error";
}

spdlog::level::level_enum spdlog_level(ports::LogLevel level) {
  switch (level) {
    case ports::LogLevel::debug: return spdlog::level::debug;
    case ports::LogLevel::info: return spdlog::level::info;
    case ports::LogLevel::warning: return spdlog::level::warn;
    case ports::LogLevel::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

// Names end with their unit; ids that happen to look like a number ("12e5") stay text.
bool is_number(std::string_view name, std::string_view value) {
  constexpr std::array<std::string_view, 4> units{"_ms", "_seconds", "_bytes", "_count"};
  return std::any_of(units.begin(), units.end(),
                     [name](std::string_view unit) { return name.ends_with(unit); }) &&
         parse_number(value).has_value();
}

std::string json_line(const std::string& ts, const ports::LogEvent& event) {
  std::string line = fmt::format("{{\"ts\": {}, \"level\": \"{}\", \"event\": {}", json_string(ts),
                                 level_name(event.level), json_string(event.event));
  for (const auto& [name, value] : event.fields) {
    line += fmt::format(
        ", {}: {}", json_string(name),
        is_number(name, value) ? format_number(*parse_number(value)) : json_string(value));
  }
  return line + "}";
}

std::string text_line(const std::string& ts, const ports::LogEvent& event) {
  std::string line = fmt::format("{} {:<7} {}", ts, level_name(event.level), event.event);
  for (const auto& [name, value] : event.fields) {
    const bool plain = !value.empty() && value.find_first_of(" \"\n\r\t") == std::string::npos;
    line += fmt::format(" {}={}", name, plain ? value : json_string(value));
  }
  return line;
}

class SpdlogLog final : public ports::Log {
 public:
  SpdlogLog(std::ostream& stream, ports::Clock& clock, LogStyle style, ports::LogLevel least)
      : clock_(clock),
        style_(style),
        logger_("gridexit", std::make_shared<spdlog::sinks::ostream_sink_mt>(stream, true)) {
    logger_.set_pattern("%v");
    logger_.set_level(spdlog_level(least));
  }

  void event(const ports::LogEvent& event) override {
    const auto level = spdlog_level(event.level);
    if (!logger_.should_log(level)) return;
    const std::string ts = format_utc(clock_.now());
    logger_.log(level, "{}",
                style_ == LogStyle::json ? json_line(ts, event) : text_line(ts, event));
  }

 private:
  ports::Clock& clock_;
  LogStyle style_;
  spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<ports::Log> make_log(std::ostream& stream, ports::Clock& clock, LogStyle style,
                                     ports::LogLevel least) {
  return std::make_unique<SpdlogLog>(stream, clock, style, least);
}

}  // namespace gridexit::app
