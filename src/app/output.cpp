#include "app/output.hpp"

#include <cerrno>
#include <ostream>
#include <system_error>

#include "gridexit/base/disk.hpp"

namespace gridexit::app {

void Output::print(std::string_view text) {
  if (!settings_.quiet || !is_text()) insist(text);
}

void Output::insist(std::string_view text) {
  if (is_text()) {
    deliver(harmless(text, style()));
  } else {
    deliver(text);
  }
}

void Output::print_tree(const Value& value) {
  deliver(settings_.format == OutputFormat::yaml ? render_yaml(value) : render_json(value));
}

// Flushed at once: a stream remembers that a write failed, and only the present errno says why.
void Output::deliver(std::string_view bytes) {
  if (failed_write_) return;
  errno = 0;
  streams_.out << bytes << std::flush;
  if (!streams_.out) failed_write_ = errno;
}

Result<void> Output::finish() const {
  if (!failed_write_ || *failed_write_ == EPIPE) return {};
  const std::string_view remedy = disk_remedy(*failed_write_);
  return Error{ErrorCode::io,
               "the result could not be written to standard output: " +
                   std::generic_category().message(*failed_write_),
               remedy.empty() ? "check where standard output leads" : std::string(remedy),
               {}};
}

void Output::remark(std::string_view text) {
  if (!settings_.quiet) streams_.err << harmless(text, Style{}) << '\n';
}

void Output::progress(std::string_view text) {
  if (!streams_.err_is_tty || settings_.quiet) return;
  constexpr std::string_view kEraseLine = "\r\x1b[K";
  streams_.err << kEraseLine << text << std::flush;
}

void Output::warn(std::string_view text) {
  const Style style{settings_.color_err};
  streams_.err << style.paint(Tone::caution, "warning:") << ' ' << harmless(text, Style{}) << '\n';
}

void Output::fail(const Error& error) {
  if (settings_.format == OutputFormat::json) {
    Value line = Value::object();
    line.set("error", std::string(to_text(error.code)));
    line.set("message", error.message);
    line.set("hint", error.hint.empty() ? Value{} : Value{error.hint});
    line.set("exit_code", exit_code(error.code));
    streams_.err << render_json_line(line) << '\n';
    return;
  }
  const Style style{settings_.color_err};
  streams_.err << style.paint(Tone::danger, "error:") << ' ' << harmless(error.text(), Style{})
               << '\n';
}

}  // namespace gridexit::app
