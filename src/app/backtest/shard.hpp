#pragma once
// `--shard`: one backtest on several machines. Each writes the part that it did; `backtest merge`
// reads all of them back, refuses what does not belong together, and then prints the report that
// one machine would have printed.

#include <string>
#include <string_view>
#include <vector>

#include "app/backtest/report.hpp"

namespace gridexit::app {

/// `--shard` in numbers: "2/5" is the second of five. "auto" asks the environment of a Kubernetes
/// Indexed Job: JOB_COMPLETION_INDEX, counted from 0, of SHARD_COUNT. Error: usage.
Result<backtest::Slice> read_shard(const std::string& text, Wiring& wiring);

/// The part as JSON with a final newline; numbers read back as the same doubles.
std::string write_part(const Part& part);

/// Errors, which begin with `name`: document_invalid (no part, an unfinished or unknown one).
Result<Part> read_part(std::string_view text, std::string_view name);

/// A part and the file that it came from.
struct NamedPart {
  std::string name;
  Part part;
};

/// Whether these are all parts of one backtest, each once. Error: usage, with the file and the
/// remedy.
Result<void> check_parts(const std::vector<NamedPart>& parts);

/// Prints the part, or writes it to `out`. Error: io.
Result<ExitCode> publish(const Part& part, const std::optional<std::string>& out, Context& context);

}  // namespace gridexit::app
