#pragma once
// What the wiring hands out for a repository: git, the state folder beside it and the run lock,
// held together for as long as a command works with them.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/unlocked_store.hpp"
#include "gridexit/adapters/git/repository.hpp"
#include "gridexit/adapters/state/run_lock.hpp"
#include "gridexit/app/wiring.hpp"

namespace gridexit::app {

/// What stands in for a state folder that cannot be used: then at worst a message is sent a second
/// time.
class MemoryState final : public ports::LocalState {
 public:
  Result<std::optional<std::string>> load(std::string_view name) override {
    const auto found = files_.find(name);
    return found == files_.end() ? std::optional<std::string>() : std::optional{found->second};
  }
  Result<void> save(std::string_view name, std::string_view content) override {
    files_.insert_or_assign(std::string(name), std::string(content));
    return {};
  }
  Result<void> remove(std::string_view name) override {
    files_.erase(std::string(name));
    return {};
  }

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

class OpenedRepository final : public Repository {
 public:
  OpenedRepository(std::unique_ptr<adapters::GitRepository> git,
                   std::unique_ptr<ports::LocalState> state, std::optional<adapters::RunLock> lock)
      : lock_(std::move(lock)), git_(std::move(git)), state_(std::move(state)) {}

  ports::Store& store() override { return *git_; }
  ports::Remote& remote() override { return *git_; }
  ports::LocalState& state() override { return *state_; }
  ports::History* history() override { return git_.get(); }
  ports::Maintenance* maintenance() override { return git_.get(); }

 private:
  std::optional<adapters::RunLock> lock_;
  std::unique_ptr<adapters::GitRepository> git_;
  std::unique_ptr<ports::LocalState> state_;
};

class OpenedRunPlace final : public RunPlace {
 public:
  /// `lock` may be why there is none: then the repository is only read.
  OpenedRunPlace(Result<adapters::RunLock> lock,
                 Result<std::unique_ptr<adapters::GitRepository>> git,
                 std::unique_ptr<ports::LocalState> state)
      : lock_(std::move(lock)), git_(std::move(git)), state_(std::move(state)) {
    if (git_ && !lock_) unlocked_.emplace(**git_, not_written(lock_.error()));
  }

  ports::Store* store() override {
    return unlocked_ ? static_cast<ports::Store*>(&*unlocked_) : git();
  }
  ports::Remote* remote() override {
    return unlocked_ ? static_cast<ports::Remote*>(&*unlocked_) : git();
  }
  ports::LocalState& state() override { return *state_; }
  std::optional<Error> store_error() const override {
    return git_ ? std::nullopt : std::optional{git_.error()};
  }
  ports::Maintenance* maintenance() override { return unlocked_ ? nullptr : git(); }

 private:
  static Error not_written(const Error& no_lock) {
    return {ErrorCode::store_unusable,
            "without the run lock the data repository is only read: " + no_lock.message,
            no_lock.hint, no_lock.context};
  }

  adapters::GitRepository* git() { return git_ ? git_->get() : nullptr; }

  Result<adapters::RunLock> lock_;
  Result<std::unique_ptr<adapters::GitRepository>> git_;
  std::optional<UnlockedStore> unlocked_;
  std::unique_ptr<ports::LocalState> state_;
};

}  // namespace gridexit::app
