#include "gridexit/app/run.hpp"

#include <exception>
#include <ostream>

#include "app/logging.hpp"
#include "app/parse.hpp"

namespace gridexit::app {
namespace {

bool wants_color(ColorChoice choice, bool is_tty, Wiring& wiring) {
  switch (choice) {
    case ColorChoice::always: return true;
    case ColorChoice::never: return false;
    case ColorChoice::automatic: break;
  }
  return is_tty && !wiring.variable("NO_COLOR") && wiring.variable("TERM") != "dumb";
}

OutputSettings settings_for(const CommonOptions& common, const Streams& streams, Wiring& wiring) {
  return {common.output, wants_color(common.color, streams.out_is_tty, wiring),
          wants_color(common.color, streams.err_is_tty, wiring), common.quiet};
}

std::unique_ptr<ports::Log> log_for(const Invocation& invocation, const Streams& streams,
                                    Wiring& wiring) {
  const CommonOptions& common = invocation.common;
  const bool as_text = common.log_format == LogFormat::text ||
                       (common.log_format == LogFormat::automatic && streams.err_is_tty);
  const bool tells_its_way = invocation.command->path == "run" && !common.quiet;
  const auto usual = tells_its_way ? ports::LogLevel::info : ports::LogLevel::warning;
  return make_log(streams.err, wiring.clock(), as_text ? LogStyle::text : LogStyle::json,
                  common.log_level.value_or(usual));
}

// A result that got lost is a failure, unless the command has failed worse.
int finish(Output& output, int code) {
  const auto written = output.finish();
  if (written) return code;
  output.fail(written.error());
  return code == 0 ? exit_code(written.error().code) : code;
}

int run_command(const Invocation& invocation, const Streams& streams, Wiring& wiring) {
  Output output(streams, settings_for(invocation.common, streams, wiring));
  const auto log = log_for(invocation, streams, wiring);
  Context context{invocation.common, output, *log, wiring};
  const auto code = invocation.body(context);
  if (code) return finish(output, static_cast<int>(*code));
  output.fail(code.error());
  return exit_code(code.error().code);
}

}  // namespace

int run(const std::vector<std::string>& args, const Streams& streams, Wiring& wiring) {
  try {
    const Parsed parsed = parse(args, streams.columns);
    if (const auto* answer = std::get_if<Answer>(&parsed)) {
      Output output(streams, {});
      output.print(answer->text);
      return finish(output, 0);
    }
    if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
      Output(streams, settings_for(refusal->common, streams, wiring)).fail(refusal->error);
      return exit_code(refusal->error.code);
    }
    return run_command(std::get<Invocation>(parsed), streams, wiring);
  } catch (const std::exception& bug) {
    streams.err << "error: internal: " << bug.what()
                << " (this is a bug of gridexit; please report it)\n";
    return exit_code(ErrorCode::internal);
  }
}

}  // namespace gridexit::app
