#include "steps.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/base/hash.hpp"

namespace gridexit::pipeline {
namespace {

bool names(const ports::LogEvent& event, std::string_view field) {
  return std::any_of(event.fields.begin(), event.fields.end(),
                     [&](const auto& pair) { return pair.first == field; });
}

}  // namespace

Steps::Steps(ports::Clock& clock, ports::Log& log, std::string run_id)
    : clock_(clock), log_(log), run_id_(std::move(run_id)), started_(clock.monotonic_seconds()) {}

void Steps::begin(std::string step, std::string symbol) {
  end();
  current_ = StepReport{std::move(step), std::move(symbol), seconds(), 0, ""};
}

void Steps::fail(std::string reason) {
  if (current_ && current_->failure.empty()) current_->failure = std::move(reason);
}

void Steps::end() {
  if (!current_) return;
  current_->seconds = seconds() - current_->begin_seconds;
  event({ports::LogLevel::info,
         current_->failure.empty() ? "step.done" : "step.failed",
         {{"duration_ms", fmt::format("{:.0f}", current_->seconds * 1000)}}});
  done_.push_back(*std::move(current_));
  current_.reset();
}

void Steps::event(const ports::LogEvent& event) {
  ports::LogEvent complete = event;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty() && !names(event, name)) complete.fields.emplace_back(name, value);
  };
  add("run_id", run_id_);
  if (current_) {
    add("step", current_->step);
    add("symbol", current_->symbol);
  }
  log_.event(complete);
}

std::string run_id_of(const RunInputs& inputs, UtcTime now) {
  const std::string at = inputs.at ? format_utc(*inputs.at) : "now";
  return sha256_hex(fmt::format("run {} {} {} {}", at, format_utc(now), inputs.engine.version,
                                inputs.engine.commit))
      .substr(0, 16);
}

}  // namespace gridexit::pipeline
