#pragma once
// The configurations that records name: a commit of the history, or the SHA-256 of two texts that
// the history once held. Each is read and parsed once.

#include <map>
#include <optional>
#include <set>
#include <string>

#include "gridexit/domain/rules.hpp"
#include "gridexit/ports/configuration.hpp"
#include "gridexit/ports/history.hpp"

namespace gridexit::pipeline {

class AuditRules {
 public:
  AuditRules(ports::History& history, const ports::ParseConfiguration& parse)
      : history_(history), parse_(parse) {}

  /// The history has got to this commit; `changes` are those that it made.
  Result<void> advance(const std::string& commit, const std::vector<ports::FileChange>& changes);

  /// The rules of a version; nothing when they cannot be had, `why` then says why not.
  const Rules* find(const std::string& version, std::string& why);

  /// The configuration files that the history has held so far: blob ids.
  const std::set<std::string>& blobs() const { return blobs_; }

  /// The place in the history, counted in commits, at which a version was last in force; nothing
  /// when the history never held it.
  Result<std::optional<std::size_t>> last_in_force(const std::string& version);

 private:
  struct Known {
    std::optional<Rules> rules;
    std::string why;
  };
  /// The hash of a version's texts.
  Result<std::string> hash_named(const std::string& version);
  /// The texts of a version; nothing when the history never held them.
  Result<std::optional<ports::ConfigurationText>> text_of(const std::string& version);
  Result<ports::ConfigurationText> text_at(const std::string& commit);

  ports::History& history_;
  const ports::ParseConfiguration& parse_;
  std::set<std::string> commits_;
  std::set<std::string> blobs_;
  ports::ConfigurationText newest_;
  std::string newest_hash_;
  std::map<std::string, ports::ConfigurationText> by_hash_;
  std::map<std::string, std::size_t> last_in_force_;  ///< by the texts' hash
  std::map<std::string, std::string> hash_of_commit_;
  std::map<std::string, Known> parsed_;  ///< by the texts' hash
};

}  // namespace gridexit::pipeline
