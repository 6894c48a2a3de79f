#include "document.hpp"

#include <fmt/format.h>

#include "gridexit/base/text.hpp"

namespace gridexit::codec {

Age age_of(const Tree& tree) {
  const Node* version = tree.root().find("schema_version");
  if (version == nullptr || version->is_null() || version->text == "1.0") return Age::earlier;
  return version->text == kPresentVersion ? Age::present : Age::unknown;
}

Problem unknown_version(const Tree& tree, std::string_view file) {
  const Node* version = tree.root().find("schema_version");
  const std::string_view text =
      version->is_scalar() ? version->text.substr(0, 20) : "a list or map";
  return {
      fmt::format("{}:{}", file, version->line), "schema_version",
      fmt::format("\"{}\" is not a version that this program reads (1.0, {}): use a newer program",
                  text, kPresentVersion)};
}

Error error_of(const std::vector<Problem>& problems, ErrorCode code) {
  std::vector<std::string> lines;
  lines.reserve(problems.size());
  for (const Problem& problem : problems) {
    const std::string path = problem.path.empty() ? "" : problem.path + ": ";
    lines.push_back(fmt::format("{}: {}{}", problem.where, path, problem.text));
  }
  return Error{code, join(lines, "\n"), "", {}};
}

std::vector<std::string> without_place(const std::vector<Problem>& problems) {
  std::vector<std::string> lines;
  lines.reserve(problems.size());
  for (const Problem& problem : problems) {
    lines.push_back(problem.path.empty() ? problem.text : problem.path + ": " + problem.text);
  }
  return lines;
}

void begin_schema(Emitter& out, std::string_view name, std::string_view title) {
  out.begin_map(Style::block);
  out.key("$schema");
  out.string("https://json-schema.org/draft/2020-12/schema");
  out.key("$id");
  out.string(fmt::format("urn:gridexit:schema:{}:{}", name, kPresentVersion));
  out.key("title");
  out.string(title);
}

}  // namespace gridexit::codec
