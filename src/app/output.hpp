#pragma once
// What a command says: its result on stdout as text, JSON or YAML; remarks ("next: ...") and
// problems on stderr. Names and notes come from files and other people: no control character in
// them reaches a terminal.

#include <optional>
#include <string>
#include <string_view>

#include "app/render/style.hpp"
#include "app/render/value.hpp"
#include "gridexit/app/streams.hpp"
#include "gridexit/base/result.hpp"

namespace gridexit::app {

enum class OutputFormat { text, json, yaml };

/// How results look; decided once from the common options and the terminal.
struct OutputSettings {
  OutputFormat format = OutputFormat::text;
  bool color_out = false;
  bool color_err = false;
  bool quiet = false;
};

class Output {
 public:
  Output(const Streams& streams, const OutputSettings& settings)
      : streams_(streams), settings_(settings) {}

  OutputFormat format() const { return settings_.format; }
  bool is_text() const { return settings_.format == OutputFormat::text; }
  Style style() const { return Style{settings_.color_out}; }
  int columns() const { return streams_.columns; }

  /// A result in words to stdout; not with -q.
  void print(std::string_view text);
  /// Bytes to stdout also with -q: what went wrong, or what the command is for (a script, a
  /// schema).
  void insist(std::string_view text);
  /// A tree to stdout, in the format that was asked for (JSON when that is text).
  void print_tree(const Value& value);
  /// A file to stdout, byte for byte, also with -q.
  void deliver(std::string_view bytes);
  /// A sentence to stderr; not with -q.
  void remark(std::string_view text);
  /// A line on stderr that the next one replaces, on a terminal alone; an empty one clears it.
  void progress(std::string_view text);
  /// Something that went wrong without ending the command.
  void warn(std::string_view text);
  /// What ended the command: "error: what, where (hint)", or one JSON line under `-o json`.
  void fail(const Error& error);

  /// Whether everything got to stdout. A reader that closed its end has what it wanted. Error: io.
  Result<void> finish() const;

 private:
  const Streams& streams_;
  OutputSettings settings_;
  std::optional<int> failed_write_;  ///< errno of the first write to stdout that failed
};

}  // namespace gridexit::app
