#pragma once
// Documents as text. Each document type has one description (src/codec/describe_*.hpp) that reads,
// validates, writes and prints its JSON Schema; no YAML or JSON node leaves this module.
//
// Document types: MetricsRecord, ExitStateDay, DecisionRecord, Grid, RawDay, FailedHour, KpiDay,
// Rules, Environment.

#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/result.hpp"

namespace gridexit::codec {

/// A document that was read, and what was odd about it.
template <class Document>
struct Read {
  Document document;
  std::vector<std::string> warnings;  ///< unknown keys of data documents, with file and line
  bool migrated = false;              ///< the text is of version 1.0, or names none
};

/// Reads and validates. `file` names the source in errors. The error lists every problem, one line
/// each: "config/environment.yaml:12: exchange.settle_seconds: 900 is not between 0 and 600 (choose
/// ...)". Errors: config_invalid for Rules and Environment (unknown keys are errors there),
/// document_invalid else.
template <class Document>
Result<Read<Document>> read(std::string_view text, std::string_view file);

/// The canonical bytes: YAML (RawDay: JSON), keys in the description's order, LF, shortest plain
/// decimals.
template <class Document>
std::string write(const Document& document);

enum class Format { yaml, json };
/// The same document in either format, for `-o`.
template <class Document>
std::string write_as(const Document& document, Format format);

/// A fully commented YAML file of the defaults, for `init` (Rules and Environment only).
template <class Document>
std::string write_commented(const Document& document);

/// Validates without keeping the result; problems one per entry, empty when valid.
template <class Document>
std::vector<std::string> problems(const Document& document);

/// Names for `gridexit schema NAME`: "metrics", "exit_states", "decision", "grid", "raw_data",
/// "failed_hour", "kpis", "exit_strategy_config", "environment", in this order.
std::vector<std::string> schema_names();
/// The JSON Schema (2020-12) of a document type, pretty-printed with a final newline. Error:
/// not_found with a suggestion.
Result<std::string> schema(std::string_view name, Format format = Format::json);

/// Three-way merge of an append-only document that both sides appended to: theirs, plus the entries
/// of every array that we added since `base`, in time order where entries have a `timestamp`, `at`,
/// `time` or `from`. Immutable documents that differ are a conflict. Works on YAML and JSON
/// documents alike. Errors: conflict, document_invalid.
Result<std::string> merge_appended(std::string_view path, std::string_view base,
                                   std::string_view ours, std::string_view theirs);

}  // namespace gridexit::codec
