#include "memory_objects.hpp"

#include <git2/sys/odb_backend.h>

#include <cstddef>
#include <cstring>
#include <utility>

namespace gridexit::adapters::git {
namespace {

using OdbHandle = std::unique_ptr<git_odb, Freed<git_odb_free>>;

// Before the packs and the loose objects, which libgit2 gives the places 2 and 1.
constexpr int kFirstPlace = 100;

// libgit2 frees it with the database, which may outlive whoever attached it.
struct Backend {
  git_odb_backend interface;  // first, because libgit2 knows the whole by its address
  std::shared_ptr<MemoryObjects> objects;
};
static_assert(offsetof(Backend, interface) == 0);

MemoryObjects& objects_of(git_odb_backend* backend) {
  return *reinterpret_cast<Backend*>(backend)->objects;
}

int read_object(void** bytes, std::size_t* size, git_object_t* type, git_odb_backend* backend,
                const git_oid* id) {
  const MemoryObjects::Object* object = objects_of(backend).find(*id);
  if (object == nullptr) return GIT_ENOTFOUND;
  *bytes = git_odb_backend_data_alloc(backend, object->bytes.size());
  if (*bytes == nullptr) return GIT_ERROR;
  std::memcpy(*bytes, object->bytes.data(), object->bytes.size());
  *size = object->bytes.size();
  *type = object->type;
  return GIT_OK;
}

int read_header(std::size_t* size, git_object_t* type, git_odb_backend* backend,
                const git_oid* id) {
  const MemoryObjects::Object* object = objects_of(backend).find(*id);
  if (object == nullptr) return GIT_ENOTFOUND;
  *size = object->bytes.size();
  *type = object->type;
  return GIT_OK;
}

int exists(git_odb_backend* backend, const git_oid* id) {
  return objects_of(backend).find(*id) == nullptr ? 0 : 1;
}

int write_object(git_odb_backend* backend, const git_oid* id, const void* bytes, std::size_t size,
                 git_object_t type) {
  objects_of(backend).add(*id, {type, std::string(static_cast<const char*>(bytes), size)});
  return GIT_OK;
}

void free_backend(git_odb_backend* backend) {
  delete reinterpret_cast<Backend*>(backend);
}

}  // namespace

Result<std::shared_ptr<MemoryObjects>> MemoryObjects::attach(git_repository* repository) {
  OdbHandle database;
  GX_CHECK(check(git_repository_odb(out(database), repository), "open", "the object database"));
  auto backend = std::make_unique<Backend>();
  backend->objects = std::make_shared<MemoryObjects>();
  git_odb_backend& interface = backend->interface;
  GX_CHECK(check(git_odb_init_backend(&interface, GIT_ODB_BACKEND_VERSION), "make",
                 "a place for objects in memory"));
  interface.read = read_object;
  interface.read_header = read_header;
  interface.exists = exists;
  interface.free = free_backend;
  auto objects = backend->objects;
  GX_CHECK(check(git_odb_add_backend(database.get(), &interface, kFirstPlace), "add",
                 "a place for objects in memory"));
  objects->backend_ = &backend.release()->interface;
  return objects;
}

// Without a way to write, libgit2 goes on to the next place: the disk.
void MemoryObjects::open() {
  backend_->write = write_object;
  is_open_ = true;
}

void MemoryObjects::close() {
  clear();
  backend_->write = nullptr;
  is_open_ = false;
}

void MemoryObjects::add(const git_oid& id, Object object) {
  const std::size_t size = object.bytes.size();
  if (!objects_.emplace(id, std::move(object)).second) return;
  ids_.push_back(id);
  bytes_ += size;
}

const MemoryObjects::Object* MemoryObjects::find(const git_oid& id) const {
  const auto found = objects_.find(id);
  return found == objects_.end() ? nullptr : &found->second;
}

void MemoryObjects::clear() {
  objects_.clear();
  ids_.clear();
  bytes_ = 0;
}

}  // namespace gridexit::adapters::git
