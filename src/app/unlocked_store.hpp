#pragma once
// A data repository without its run lock: read, and never written. Another run may be at work
// there, so not even what looks like a killed run's leftover is anybody's to remove.

#include <utility>

#include "gridexit/ports/store.hpp"

namespace gridexit::app {

/// Reads from `store`; every call that would write answers `reason`.
class UnlockedStore final : public ports::Store, public ports::Remote {
 public:
  UnlockedStore(ports::Store& store, Error reason) : store_(store), reason_(std::move(reason)) {}

  Result<std::optional<ports::StoredFile>> read(std::string_view path) override {
    return store_.read(path);
  }
  Result<std::vector<ports::StoredEntry>> list(std::string_view folder) override {
    return store_.list(folder);
  }
  Result<ports::CommitOutcome> commit(const ports::ChangeSet&) override { return reason_; }
  Result<std::string> head() override { return store_.head(); }
  Result<std::vector<std::string>> commits_of(std::string_view path, int limit) override {
    return store_.commits_of(path, limit);
  }
  Result<std::optional<ports::StoredFile>> read_at(std::string_view commit,
                                                   std::string_view path) override {
    return store_.read_at(commit, path);
  }
  Result<int> unpushed() override { return store_.unpushed(); }

  /// A fetch writes, too.
  Result<ports::SyncOutcome> synchronise(const ports::MergeFile&) override { return reason_; }
  Result<ports::PushOutcome> push(const ports::MergeFile&) override { return reason_; }

 private:
  ports::Store& store_;
  Error reason_;
};

}  // namespace gridexit::app
