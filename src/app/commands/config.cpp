// config check, config show: is the configuration valid, and what is in force and why. Both stop
// before anything is contacted; secrets are masked by the adapter that resolves them.

#include <fmt/format.h>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/render/table.hpp"
#include "app/session.hpp"

namespace gridexit::app {
namespace {

// The repository is looked at only when the configuration may live there.
Result<std::unique_ptr<Repository>> repository_for(Context& context) {
  if (context.common.config) return std::unique_ptr<Repository>();
  return open_repository(context, Access::read);
}

Result<ExitCode> run_check(Context& context) {
  GX_TRY(const auto repository, repository_for(context));
  GX_TRY(const ports::ConfigurationText text, find_configuration(context, repository.get()));
  const auto parsed = context.wiring.parse_configuration(text);
  if (!parsed) {
    Error error = parsed.error();
    if (error.code == ErrorCode::config_invalid) error.code = ErrorCode::check_failed;
    return error;
  }
  if (context.output.is_text()) {
    for (const std::string& warning : parsed->warnings) context.output.warn(warning);
    context.output.print(fmt::format("valid: {} and {}\n", text.environment_name, text.rules_name));
  } else {
    Value warnings = Value::array();
    for (const std::string& warning : parsed->warnings) warnings.add(warning);
    Value result = Value::object();
    result.set("valid", true).set("warnings", std::move(warnings));
    context.output.print_tree(result);
  }
  return ExitCode::done;
}

Result<ExitCode> run_show(Context& context) {
  GX_TRY(const auto repository, repository_for(context));
  GX_TRY(const ports::ConfigurationText text, find_configuration(context, repository.get()));
  GX_CHECK(context.wiring.parse_configuration(text));
  GX_TRY(const auto entries, context.wiring.trace_configuration(text));
  if (context.output.is_text()) {
    Table table({"KEY", "VALUE", "FROM"});
    for (const ConfigEntry& entry : entries) {
      const Tone tone = entry.origin == "default" ? Tone::faint : Tone::plain;
      table.add({{entry.key}, {entry.value}, {entry.origin, tone}});
    }
    context.output.print(table.render(context.output.style()));
    return ExitCode::done;
  }
  Value list = Value::array();
  for (const ConfigEntry& entry : entries) {
    Value row = Value::object();
    row.set("key", entry.key).set("value", entry.value).set("from", entry.origin);
    list.add(std::move(row));
  }
  context.output.print_tree(list);
  return ExitCode::done;
}

Body define_check(CLI::App&) {
  return run_check;
}
Body define_show(CLI::App&) {
  return run_show;
}

}  // namespace

Command config_check_command() {
  return {"config check", "Validate the configuration and report every problem at once",
          "gridexit config check --repo data\n"
          "gridexit config check --config ./config -o json",
          define_check};
}

Command config_show_command() {
  return {"config show", "Print the values in force and where each came from (secrets masked)",
          "gridexit config show --repo data\n"
          "gridexit config show --config ./config -o yaml",
          define_show};
}

}  // namespace gridexit::app
