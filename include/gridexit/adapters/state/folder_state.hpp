#pragma once
// The small folder beside the data repository that holds the delivery ledger and the failure
// counts. It is never committed and may be deleted at any time.

#include <string>
#include <string_view>
#include <utility>

#include "gridexit/ports/local_state.hpp"

namespace gridexit::adapters {

/// The state folder of a repository: `gridexit-state/NAME` in the folder that holds `repository`,
/// NAME being the repository's own. Repositories side by side share neither lock nor ledger.
std::string state_folder_beside(std::string_view repository);

class FolderState final : public ports::LocalState {
 public:
  /// Opens the folder and creates it (0700) when it is missing. Error: io.
  static Result<FolderState> open(std::string folder);

  const std::string& folder() const { return folder_; }

  /// `name` is a plain file name. Error: io, naming the file.
  Result<std::optional<std::string>> load(std::string_view name) override;
  /// Durable when it returns: temporary file (0600), fsync, rename, fsync of the folder. Error: io.
  Result<void> save(std::string_view name, std::string_view content) override;
  /// Error: io.
  Result<void> remove(std::string_view name) override;

 private:
  explicit FolderState(std::string folder) : folder_(std::move(folder)) {}
  Result<std::string> path_of(std::string_view name) const;

  std::string folder_;
};

}  // namespace gridexit::adapters
