// doctor: is everything that an hourly run needs there and well? The checks are in examination.cpp;
// here they are printed, and the worst of them decides the exit code.

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.hpp"
#include "app/examination.hpp"
#include "app/options.hpp"
#include "app/render/table.hpp"
#include "app/session.hpp"

namespace gridexit::app {
namespace {

using audit::Level;

Level worst(const std::vector<Check>& checks) {
  Level level = Level::ok;
  for (const Check& check : checks) level = std::max(level, check.level);
  return level;
}

Tone tone_of(Level level) {
  switch (level) {
    case Level::ok: return Tone::good;
    case Level::warning: return Tone::caution;
    case Level::critical: return Tone::danger;
  }
  return Tone::plain;
}

std::string render(const Check& check, const Style& style) {
  const std::string level =
      style.paint(tone_of(check.level), fmt::format("{:<8}", to_text(check.level)));
  std::string text = fmt::format("{}  {}: {}\n", level, check.name, check.text);
  if (!check.hint.empty()) text += fmt::format("          -> {}\n", check.hint);
  return text;
}

void print(const std::vector<Check>& checks, Output& output) {
  if (output.is_text()) {
    for (const Check& check : checks) {
      const std::string line = render(check, output.style());
      if (check.level == Level::ok) {
        output.print(line);
      } else {
        output.insist(line);
      }
    }
    return;
  }
  Value list = Value::array();
  for (const Check& check : checks) {
    Value row = Value::object();
    row.set("check", check.name).set("level", to_text(check.level)).set("text", check.text);
    row.set("hint", check.hint.empty() ? Value{} : Value{check.hint});
    list.add(std::move(row));
  }
  Value value = Value::object();
  value.set("level", to_text(worst(checks))).set("checks", std::move(list));
  output.print_tree(value);
}

Result<ExitCode> run_doctor(Context& context) {
  if (!context.common.config) GX_CHECK(repository_path(context));
  const std::vector<Check> checks = examine(context);
  print(checks, context.output);
  return worst(checks) == Level::critical ? ExitCode::check_failed : ExitCode::done;
}

Body define(CLI::App&) {
  return run_doctor;
}

}  // namespace

Command doctor_command() {
  return {"doctor",
          "Check configuration, repository, remote, exchange, channels and records; say the remedy",
          "gridexit doctor --repo data\n"
          "gridexit doctor --repo data -q\n"
          "gridexit doctor --repo data -o json",
          define};
}

}  // namespace gridexit::app
