#include "audit_rules.hpp"

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

std::string hash_of(const ports::ConfigurationText& text) {
  return sha256_hex(text.environment + '\0' + text.rules);
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
      blobs_.insert(change.after);
    }
    changed = true;
  }
  if (changed) {
    last_in_force_[newest_hash_] = commits_.size();
    newest_hash_ = hash_of(newest_);
    by_hash_[newest_hash_] = newest_;
  }
  return {};
}

Result<std::optional<std::size_t>> AuditRules::last_in_force(const std::string& version) {
  GX_TRY(const std::string hash, hash_named(version));
  if (hash == newest_hash_) return std::optional{commits_.size() + 1};
  const auto known = last_in_force_.find(hash);
  return known == last_in_force_.end() ? std::nullopt : std::optional{known->second};
}

const Rules* AuditRules::find(const std::string& version, std::string& why) {
  const auto text = text_of(version);
  if (!text || !*text) {
    why = text ? "its configuration is not in the repository (it was given by --config)"
               : text.error().message;
    return nullptr;
  }
  auto [known, is_new] = parsed_.try_emplace(hash_of(**text));
  if (is_new) {
    auto configuration = parse_(**text);
    if (configuration) {
      known->second.rules = std::move(configuration->rules);
    } else {
      known->second.why = "its configuration is not valid here: " + configuration.error().message;
    }
  }
  if (known->second.rules) return &*known->second.rules;
  why = known->second.why;
  return nullptr;
}

// A commit that is not in the history was put on top of the remote's by a push and got another id:
// what it held is then the configuration in force at this point.
Result<std::string> AuditRules::hash_named(const std::string& version) {
  if (version.size() == kHashLength) return version;
  if (!commits_.contains(version)) return newest_hash_;
  auto [known, is_new] = hash_of_commit_.try_emplace(version);
  if (is_new) {
    GX_TRY(const auto text, text_at(version));
    known->second = hash_of(text);
  }
  return known->second;
}

Result<std::optional<ports::ConfigurationText>> AuditRules::text_of(const std::string& version) {
  GX_TRY(const std::string hash, hash_named(version));
  const auto text = by_hash_.find(hash);
  if (text == by_hash_.end()) return std::optional<ports::ConfigurationText>{};
  return std::optional{text->second};
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
