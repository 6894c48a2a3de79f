#pragma once
// The functions of settings.hpp over a description, for the two configuration documents.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document.hpp"
#include "gridexit/codec/settings.hpp"
#include "setting_lister.hpp"
#include "variables.hpp"

namespace gridexit::codec {

template <class Document>
std::vector<SettingKey> setting_keys(const Document& document) {
  SettingLister lister;
  lister.document(document);
  return lister.take();
}

template <class Document>
Result<Settings<Document>> read_settings(std::string_view text, std::string_view file,
                                         const Outside& outside) {
  GX_TRY(Tree tree, parse_yaml(text, file, ErrorCode::config_invalid));
  if (age_of(tree) == Age::unknown)
    return error_of({unknown_version(tree, file)}, ErrorCode::config_invalid);
  const std::vector<SettingKey> keys = setting_keys<Document>();
  std::vector<Problem> problems = expand_variables(tree, file, keys, outside);
  const std::vector<Problem> refused = apply_overrides(tree, keys, outside.overrides);
  problems.insert(problems.end(), refused.begin(), refused.end());
  Settings<Document> result{};
  Reader reader(tree, file, Strictness::settings, &outside.secret);
  reader.document(result.document);
  problems.insert(problems.end(), reader.problems().begin(), reader.problems().end());
  if (!problems.empty()) return error_of(problems, ErrorCode::config_invalid);
  result.document.schema_version = kPresentVersion;
  result.warnings = std::move(reader.warnings());
  result.origins = std::move(reader.origins());
  result.origins.erase("schema_version");
  return result;
}

/// What stands above everything else in a commented file.
std::string_view introduction(Of<Environment>);
std::string_view introduction(Of<Rules>);

/// A commented file: what it is, then each key under its
/// documentation.
template <class Document>
std::string write_commented(const Document& document) {
  const auto out = make_yaml_emitter();
  out->comment(introduction(Of<Document>{}));
  Writer(*out, {.comments = true, .secrets_as_variables = true}).document(document);
  return out->take();
}

}  // namespace gridexit::codec

/// Instantiates what configuration documents have beside GX_DOCUMENT.
// NOLINTBEGIN(bugprone-macro-parentheses): a type cannot stand in parentheses.
#define GX_SETTINGS(Document)                                                                     \
  template std::string write_commented(const Document&);                                          \
  template std::vector<SettingKey> setting_keys(const Document&);                                 \
  template Result<Settings<Document>> read_settings<Document>(std::string_view, std::string_view, \
                                                              const Outside&)
// NOLINTEND(bugprone-macro-parentheses)
