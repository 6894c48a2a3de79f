#pragma once
// The functions of documents.hpp over a description. Each document type instantiates them in its
// own source file (record.cpp, grid.cpp, ...), because three visitors times eight descriptions take
// long to compile.

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "by_type.hpp"
#include "emitter.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "migrate.hpp"
#include "reader.hpp"
#include "schema_visitor.hpp"
#include "writer.hpp"
#include "yaml_parse.hpp"

namespace gridexit::codec {

inline constexpr std::string_view kPresentVersion = "2.0";

template <class Document>
inline constexpr bool is_settings = false;
template <>
inline constexpr bool is_settings<Environment> = true;
template <>
inline constexpr bool is_settings<Rules> = true;

template <class Document>
inline constexpr ErrorCode invalid_code =
    is_settings<Document> ? ErrorCode::config_invalid : ErrorCode::document_invalid;

/// Which version a tree says it has.
enum class Age { present, earlier, unknown };
Age age_of(const Tree& tree);

/// The error that lists all problems, one a line.
Error error_of(const std::vector<Problem>& problems, ErrorCode code);
/// The problem of a version that this program does not know.
Problem unknown_version(const Tree& tree, std::string_view file);
/// "path: text" of each.
std::vector<std::string> without_place(const std::vector<Problem>& problems);
/// Opens a JSON Schema with its general keys.
void begin_schema(Emitter& out, std::string_view name, std::string_view title);

template <class Document>
Result<Read<Document>> read_tree(Tree tree, std::string_view file) {
  const Age age = age_of(tree);
  if (age == Age::unknown) return error_of({unknown_version(tree, file)}, invalid_code<Document>);
  Strictness strictness = is_settings<Document> ? Strictness::settings : Strictness::data;
  if (age == Age::earlier && !is_settings<Document>) {
    migrate(tree, Of<Document>{});
    strictness = Strictness::migrated;
  }
  Read<Document> result{};
  Reader reader(tree, file, strictness);
  reader.document(result.document);
  if (!reader.problems().empty()) return error_of(reader.problems(), invalid_code<Document>);
  result.document.schema_version = kPresentVersion;
  result.warnings = std::move(reader.warnings());
  result.migrated = strictness == Strictness::migrated;
  return result;
}

// Candle files have their own form and their own way in (raw_day.cpp).
Result<Read<RawDay>> read_text(std::string_view text, std::string_view file, Of<RawDay>);
Format native_format(Of<RawDay>);
std::vector<std::string> problems_of(const RawDay& day, Of<RawDay>);

template <class Document>
Result<Read<Document>> read_text(std::string_view text, std::string_view file, Of<Document>) {
  GX_TRY(Tree tree, parse_yaml(text, file, invalid_code<Document>));
  return read_tree<Document>(std::move(tree), file);
}

template <class Document>
Format native_format(Of<Document>) {
  return Format::yaml;
}

template <class Document>
std::vector<std::string> problems_of(const Document& document, Of<Document>) {
  const auto out = make_yaml_emitter();
  Writer(*out, {.secrets_as_variables = true}).document(document);
  auto tree = parse_yaml(out->take(), "", invalid_code<Document>);
  if (!tree) return {tree.error().message};
  Document copy{};
  Reader reader(*tree, "", is_settings<Document> ? Strictness::settings : Strictness::data);
  reader.document(copy);
  return without_place(reader.problems());
}

template <class Document>
Result<Read<Document>> read(std::string_view text, std::string_view file) {
  return read_text(text, file, Of<Document>{});
}

template <class Document>
std::string write_as(const Document& document, Format format) {
  const auto out = make_emitter(format);
  Writer(*out).document(document);
  return out->take();
}

template <class Document>
std::string write(const Document& document) {
  return write_as(document, native_format(Of<Document>{}));
}

template <class Document>
std::vector<std::string> problems(const Document& document) {
  return problems_of(document, Of<Document>{});
}

template <class Document>
std::string schema_of(std::string_view name, std::string_view title, Format format) {
  const auto out = make_emitter(format);
  begin_schema(*out, name, title);
  SchemaVisitor(*out, is_settings<Document>).document(Document{});
  out->end_map();
  return out->take();
}

}  // namespace gridexit::codec

/// Instantiates everything for one document type; stands once in its source file, after its
/// description.
// NOLINTBEGIN(bugprone-macro-parentheses): a type cannot stand in parentheses here.
#define GX_DOCUMENT(Document)                                                         \
  template Result<Read<Document>> read<Document>(std::string_view, std::string_view); \
  template std::string write<Document>(const Document&);                              \
  template std::string write_as<Document>(const Document&, Format);                   \
  template std::vector<std::string> problems<Document>(const Document&);              \
  template std::string schema_of<Document>(std::string_view, std::string_view, Format)
// NOLINTEND(bugprone-macro-parentheses)
