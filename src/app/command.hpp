#pragma once
// What a command is: a row of the table (command_table.hpp) with its words, its options and its
// body. Registering options touches no file; the body gets everything that it may touch in a
// Context.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/exit_code.hpp"
#include "app/output.hpp"
#include "gridexit/app/streams.hpp"
#include "gridexit/app/wiring.hpp"
#include "gridexit/base/result.hpp"
#include "gridexit/ports/log.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace gridexit::app {

enum class ColorChoice { automatic, always, never };
enum class LogFormat { automatic, json, text };

/// The options that every command takes.
struct CommonOptions {
  std::optional<std::string> config;    ///< folder with the two configuration files
  std::optional<std::string> repo;      ///< the data repository
  std::optional<std::string> exchange;  ///< kucoin, archive:DIR, simulated[:SEED]
  OutputFormat output = OutputFormat::text;
  LogFormat log_format = LogFormat::automatic;
  std::optional<ports::LogLevel> log_level;
  ColorChoice color = ColorChoice::automatic;
  bool quiet = false;
};

/// All that a running command may use.
struct Context {
  const CommonOptions& common;
  Output& output;  ///< results and remarks
  ports::Log& log;
  Wiring& wiring;
};

/// The body of a parsed command.
using Body = std::function<Result<ExitCode>(Context&)>;

/// One row of the table. `path` is what the user types ("grid start"); `examples` are whole command
/// lines, one a line.
struct Command {
  std::string_view path;
  std::string_view summary;
  std::string_view examples;
  Body (*define)(CLI::App& options);
};

}  // namespace gridexit::app
