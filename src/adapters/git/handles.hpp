#pragma once
// Owning handles for libgit2's objects, and its return codes as failures. libgit2 is initialised
// once per process, by `initialise_library`, before anything else of it is called.

#include <git2.h>

#include <memory>
#include <string_view>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters::git {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

using RepositoryHandle = std::unique_ptr<git_repository, Freed<git_repository_free>>;
using ObjectHandle = std::unique_ptr<git_object, Freed<git_object_free>>;
using CommitHandle = std::unique_ptr<git_commit, Freed<git_commit_free>>;
using TreeHandle = std::unique_ptr<git_tree, Freed<git_tree_free>>;
using TreeEntryHandle = std::unique_ptr<git_tree_entry, Freed<git_tree_entry_free>>;
using TreeBuilderHandle = std::unique_ptr<git_treebuilder, Freed<git_treebuilder_free>>;
using BlobHandle = std::unique_ptr<git_blob, Freed<git_blob_free>>;
using DiffHandle = std::unique_ptr<git_diff, Freed<git_diff_free>>;
using ConfigHandle = std::unique_ptr<git_config, Freed<git_config_free>>;
using IndexHandle = std::unique_ptr<git_index, Freed<git_index_free>>;
using ReferenceHandle = std::unique_ptr<git_reference, Freed<git_reference_free>>;
using RemoteHandle = std::unique_ptr<git_remote, Freed<git_remote_free>>;
using RevwalkHandle = std::unique_ptr<git_revwalk, Freed<git_revwalk_free>>;
using SignatureHandle = std::unique_ptr<git_signature, Freed<git_signature_free>>;

/// Fills a handle through a C out parameter: `git_commit_lookup(out(commit), ...)`. The object
/// arrives in the handle at the end of the full expression.
template <class Handle>
class Out {
 public:
  explicit Out(Handle& handle) : handle_(handle) {}
  Out(const Out&) = delete;
  Out& operator=(const Out&) = delete;
  ~Out() { handle_.reset(object_); }
  // The C interface takes a pointer to a pointer.
  operator typename Handle::pointer *() { return &object_; }  // NOLINT(google-explicit-constructor)

 private:
  Handle& handle_;
  typename Handle::pointer object_ = nullptr;
};

template <class Handle>
Out<Handle> out(Handle& handle) {
  return Out<Handle>(handle);
}

/// Default options. libgit2's own macros leave fields out, which clang takes for a mistake.
template <class Options>
Options defaults(int (*initialise)(Options*, unsigned int), unsigned int version) {
  Options options{};
  initialise(&options, version);
  return options;
}

/// Starts libgit2 with durable writes. Error: internal.
Result<void> initialise_library();

/// "cannot <verb> <object>: <libgit2's reason>" as store.unusable; a moved branch is a conflict.
Error failure(int code, std::string_view verb, std::string_view object);

/// Success for a code that is not negative, else `failure`.
Result<void> check(int code, std::string_view verb, std::string_view object);

/// libgit2's last message of this thread, in one line and without credentials.
std::string last_message();

/// The text without `user:password@` in URLs.
std::string without_credentials(std::string_view text);

}  // namespace gridexit::adapters::git
