#pragma once
// New objects of a repository, kept in memory in front of its database until they are written to
// disk together. Readers of the same handle see them at once. While closed it is not there: what
// is written then goes to the disk as ever.

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "objects.hpp"

namespace gridexit::adapters::git {

class MemoryObjects {
 public:
  struct Object {
    git_object_t type = GIT_OBJECT_INVALID;
    std::string bytes;
  };

  /// Stands in front of the repository's database for as long as that lives; closed at first.
  /// Error: store.unusable.
  static Result<std::shared_ptr<MemoryObjects>> attach(git_repository* repository);

  /// Takes new objects from here on. Like `close`, only while the repository is there.
  void open();
  /// Forgets all objects and takes no more.
  void close();
  bool is_open() const { return is_open_; }

  void add(const git_oid& id, Object object);
  /// Nothing when it is not here.
  const Object* find(const git_oid& id) const;
  /// Forgets all objects, once they are on disk.
  void clear();

  /// In the order of their writing.
  const std::vector<git_oid>& ids() const { return ids_; }
  std::size_t bytes() const { return bytes_; }

 private:
  git_odb_backend* backend_ = nullptr;  ///< what libgit2 sees of it; the database's own
  bool is_open_ = false;
  std::unordered_map<git_oid, Object, HashOfId, SameId> objects_;
  std::vector<git_oid> ids_;
  std::size_t bytes_ = 0;
};

}  // namespace gridexit::adapters::git
