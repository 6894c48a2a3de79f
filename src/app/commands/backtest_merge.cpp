// backtest merge: the parts that several machines made with --shard, as the report that one machine
// would have printed.

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "app/backtest/shard.hpp"
#include "app/commands/commands.hpp"
#include "app/options.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::vector<std::string> files;
  std::optional<std::string> html;
};

// Whatever is wrong with a file, it is the command line that names it.
Error wrong_file(Error error) {
  error.code = ErrorCode::usage;
  return error;
}

Result<ExitCode> run_merge(const Options& options, Context& context) {
  std::vector<NamedPart> named;
  for (const std::string& file : options.files) {
    const auto text = context.wiring.read_file(file);
    if (!text) return wrong_file(text.error());
    auto part = read_part(*text, file);
    if (!part) return wrong_file(part.error());
    named.push_back({file, *std::move(part)});
  }
  GX_CHECK(check_parts(named));
  std::vector<Part> parts;
  parts.reserve(named.size());
  for (NamedPart& each : named) parts.push_back(std::move(each.part));
  return publish(assemble(std::move(parts)), options.html, context);
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_arguments(app, "FILE", options->files, "The parts, all of them, in any order");
  add_text(app, "--html", options->html, "FILE",
           "Write the report as a page too; - prints the page instead");
  return [options](Context& context) { return run_merge(*options, context); };
}

}  // namespace

Command backtest_merge_command() {
  return {"backtest merge", "Put the parts of one backtest together that several machines made",
          "gridexit backtest merge parts/*.json\n"
          "gridexit backtest merge parts/*.json --html report.html -o json > report.json",
          define};
}

}  // namespace gridexit::app
