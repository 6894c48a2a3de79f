#include "app/output.hpp"

#include <ostream>

namespace gridexit::app {

void Output::print(std::string_view text) {
  if (!settings_.quiet || !is_text()) insist(text);
}

void Output::insist(std::string_view text) {
  streams_.out << text;
}

void Output::print_tree(const Value& value) {
  streams_.out << (settings_.format == OutputFormat::yaml ? render_yaml(value)
                                                          : render_json(value));
}

void Output::remark(std::string_view text) {
  if (!settings_.quiet) streams_.err << text << '\n';
}

void Output::progress(std::string_view text) {
  if (!streams_.err_is_tty || settings_.quiet) return;
  constexpr std::string_view kEraseLine = "\r\x1b[K";
  streams_.err << kEraseLine << text << std::flush;
}

void Output::warn(std::string_view text) {
  const Style style{settings_.color_err};
  streams_.err << style.paint(Tone::caution, "warning:") << ' ' << text << '\n';
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
  streams_.err << style.paint(Tone::danger, "error:") << ' ' << error.text() << '\n';
}

}  // namespace gridexit::app
