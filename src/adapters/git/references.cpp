#include "objects.hpp"

namespace gridexit::adapters::git {
namespace {

constexpr const char* kLogMessage = "gridexit";

}  // namespace

Result<std::optional<git_oid>> find_reference(git_repository* repository, const char* name) {
  git_oid id{};
  const int code = git_reference_name_to_id(&id, repository, name);
  if (code == GIT_ENOTFOUND) return std::optional<git_oid>{};
  GX_CHECK(check(code, "read", name));
  return std::optional<git_oid>{id};
}

Result<void> set_reference(git_repository* repository, const char* name, const git_oid& target) {
  ReferenceHandle reference;
  return check(git_reference_create(out(reference), repository, name, &target, 1, kLogMessage),
               "write", name);
}

Result<void> move_reference(git_repository* repository, const char* name, const git_oid& target,
                            const std::optional<git_oid>& expected) {
  ReferenceHandle reference;
  const int code =
      expected ? git_reference_create_matching(out(reference), repository, name, &target, 1,
                                               &*expected, kLogMessage)
               : git_reference_create(out(reference), repository, name, &target, 0, kLogMessage);
  return check(code == GIT_EEXISTS ? GIT_EMODIFIED : code, "move", name);
}

Result<void> remove_reference(git_repository* repository, const char* name) {
  return check(git_reference_remove(repository, name), "remove", name);
}

}  // namespace gridexit::adapters::git
