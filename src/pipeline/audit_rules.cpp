#include "audit_rules.hpp"

#include <fmt/format.h>

#include "gridexit/base/hash.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {
namespace {

constexpr std::size_t kHashLength = 64;

// Where a change of the configuration goes; nothing for other paths.
std::string* part_of(ports::ConfigurationText& text, const std::string& path) {
  if (path == paths::kEnvironmentFile) return &text.environment;
  if (path == paths::kRulesFile) return &text.rules;
  return nullptr;
}

}  // namespace

Result<void> AuditRules::advance(const std::string& commit,
                                 const std::vector<ports::FileChange>& changes) {
  commits_.insert(commit);
  bool changed = false;
  for (const ports::FileChange& change : changes) {
    std::string* part = part_of(newest_, change.path);
    if (part == nullptr) continue;
    part->clear();
    if (!change.after.empty()) {
      GX_TRY(*part, history_.content(change.after));
    }
    changed = true;
  }
  if (changed) {
    by_hash_[sha256_hex(newest_.environment + '\0' + newest_.rules)] = newest_;
  }
  return {};
}

const Rules* AuditRules::find(const std::string& version, std::string& why) {
  auto known = known_.find(version);
  // What was not to be had may have come into the history since.
  if (known == known_.end() || !known->second.rules) {
    known = known_.insert_or_assign(version, load(version)).first;
  }
  if (known->second.rules) return &*known->second.rules;
  why = known->second.why;
  return nullptr;
}

AuditRules::Known AuditRules::load(const std::string& version) {
  if (version.size() == kHashLength) {
    const auto text = by_hash_.find(version);
    if (text != by_hash_.end()) return parsed(text->second);
    return {std::nullopt, "its configuration is not in the repository (it was given by --config)"};
  }
  if (!commits_.contains(version)) {
    return {std::nullopt,
            fmt::format("its configuration's commit {} is not in the history before it", version)};
  }
  const auto text = text_at(version);
  if (!text) return {std::nullopt, text.error().message};
  return parsed(*text);
}

AuditRules::Known AuditRules::parsed(const ports::ConfigurationText& text) const {
  auto configuration = parse_(text);
  if (configuration) return {std::move(configuration->rules), ""};
  return {std::nullopt, "its configuration is not valid here: " + configuration.error().message};
}

Result<ports::ConfigurationText> AuditRules::text_at(const std::string& commit) {
  ports::ConfigurationText text;
  GX_TRY(const auto files, history_.changes("", commit,
                                            {"metrics", "decisions", "exit_states", "raw_data",
                                             "grids", "kpis", "dashboards"}));
  for (const ports::FileChange& file : files) {
    if (std::string* part = part_of(text, file.path)) {
      GX_TRY(*part, history_.content(file.after));
    }
  }
  return text;
}

}  // namespace gridexit::pipeline
