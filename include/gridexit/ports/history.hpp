#pragma once
// The data repository as a line of commits, for whoever audits all of it: what each commit changed,
// by content id, and the contents. Everyday readers use Store, which looks at HEAD alone.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/result.hpp"

namespace gridexit::ports {

/// A file that differs between two commits; an empty id: it is not there.
struct FileChange {
  std::string path;
  std::string before;  ///< blob id
  std::string after;   ///< blob id
  /// What is there now is an ordinary file: no link, not executable, no other repository.
  bool is_plain = true;
};

/// HEAD's first parents.
struct HistoryLine {
  std::vector<std::string> commits;  ///< oldest first; the last one is HEAD
  /// Why the oldest commit here is not the first one ever (a shallow clone, a missing parent);
  /// empty when the line is whole.
  std::string cut;
  std::map<std::string, std::vector<std::string>> merged;  ///< commit -> its further parents
};

class History {
 public:
  virtual ~History() = default;
  virtual Result<HistoryLine> line() = 0;
  /// Files that differ, in content or mode, from commit `from` (empty: from nothing) to commit
  /// `to`, sorted by path; without those in the top folders `ignored`.
  virtual Result<std::vector<FileChange>> changes(std::string_view from, std::string_view to,
                                                  const std::vector<std::string>& ignored) = 0;
  /// The bytes of a blob. Error: store_unusable.
  virtual Result<std::string> content(std::string_view blob) = 0;
  /// The full id of the commit that begins with these 7 to 40 hexadecimal digits; nothing when the
  /// repository has no such commit.
  virtual Result<std::optional<std::string>> find_commit(std::string_view prefix) = 0;
  /// The same of any name that a person gives a commit: a branch, a tag, HEAD~3. A history without
  /// such names knows digits alone.
  virtual Result<std::optional<std::string>> resolve(const std::string& name) {
    return find_commit(name);
  }
  /// The same repository once more, for another thread to read. Error: store_unusable.
  virtual Result<std::unique_ptr<History>> reopen() const = 0;
};

}  // namespace gridexit::ports
