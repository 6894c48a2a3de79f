#pragma once
// A document with those of its overrides that are valid: what a run goes on with when a variable is
// mistyped.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gridexit/base/text.hpp"
#include "gridexit/codec/settings.hpp"

namespace gridexit::adapters::config {

/// The first problem of a document that it does not have `before`; empty when there is none. Both
/// are texts of errors, a problem a line.
inline std::string first_new_problem(std::string_view now, std::string_view before) {
  const auto known = split(before, '\n');
  for (const std::string_view problem : split(now, '\n')) {
    if (std::find(known.begin(), known.end(), problem) == known.end()) return std::string(problem);
  }
  return "";
}

/// Reads with each of `outside.overrides` that brings no problem of its own, and adds the problems
/// of the others to `left_out`. Error: that of the text, when no override mends it.
template <class Document>
Result<codec::Settings<Document>> read_with_valid_overrides(const std::string& text,
                                                            const std::string& name,
                                                            codec::Outside outside,
                                                            std::vector<std::string>& left_out) {
  std::vector<codec::Override> waiting = std::exchange(outside.overrides, {});
  auto settings = codec::read_settings<Document>(text, name, outside);
  std::vector<std::string> problems;
  // Some are valid only beside another one, so what was refused is tried again once others count.
  for (bool found = true; found;) {
    std::vector<codec::Override> refused;
    problems.clear();
    for (codec::Override& change : waiting) {
      outside.overrides.push_back(change);
      auto changed = codec::read_settings<Document>(text, name, outside);
      const std::string problem = changed
                                      ? ""
                                      : first_new_problem(changed.error().message,
                                                          settings ? "" : settings.error().message);
      if (problem.empty()) {
        settings = std::move(changed);
        continue;
      }
      outside.overrides.pop_back();
      // A rule over several keys is reported where the file breaks it.
      const bool is_named = problem.starts_with(change.origin);
      problems.push_back(is_named ? problem : change.origin + ": " + problem);
      refused.push_back(std::move(change));
    }
    found = refused.size() < waiting.size();
    waiting = std::move(refused);
  }
  if (settings) left_out.insert(left_out.end(), problems.begin(), problems.end());
  return settings;
}

}  // namespace gridexit::adapters::config
