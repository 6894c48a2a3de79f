#include "batch.hpp"

#include <utility>

#include "gridexit/adapters/git/repository.hpp"
#include "pack_writer.hpp"

namespace gridexit::adapters {
namespace git {
namespace {

// About a month of one symbol's hours: few packs, and seconds of work to do again after a kill.
constexpr std::size_t kEnoughBytes = std::size_t{8} << 20U;

}  // namespace

Batch::Batch(git_repository* repository, std::shared_ptr<MemoryObjects> objects)
    : repository_(repository), objects_(std::move(objects)) {}

Result<std::unique_ptr<Batch>> Batch::attach(git_repository* repository) {
  GX_TRY(auto objects, MemoryObjects::attach(repository));
  return std::unique_ptr<Batch>(new Batch(repository, std::move(objects)));
}

Result<void> Batch::begin() {
  GX_TRY(written_, find_reference(repository_, kBranch));
  tip_ = written_;
  objects_->open();
  return {};
}

Result<void> Batch::advance(const git_oid& commit) {
  tip_ = commit;
  if (objects_->bytes() < kEnoughBytes) return {};
  return write();
}

Result<void> Batch::end() {
  auto written = write();
  objects_->close();
  return written;
}

Result<void> Batch::write() {
  if (!tip_ || (written_ && git_oid_equal(&*tip_, &*written_) != 0)) return {};
  GX_CHECK(write_pack(repository_, objects_->ids()));
  GX_CHECK(move_reference(repository_, kBranch, *tip_, written_));
  objects_->clear();
  written_ = tip_;
  return {};
}

Result<CommitHandle> newest_commit(git_repository* repository, const Batch* batch) {
  if (batch == nullptr || !batch->is_open()) return head_commit(repository);
  if (!batch->tip()) return CommitHandle{};
  return load_commit(repository, *batch->tip());
}

}  // namespace git

GitRepository::~GitRepository() = default;

Result<void> GitRepository::begin_batch() {
  if (!is_bare()) return {};
  if (!batch_) {
    GX_TRY(batch_, git::Batch::attach(handle_.get()));
  }
  return batch_->begin();
}

Result<void> GitRepository::end_batch() {
  if (!batch_ || !batch_->is_open()) return {};
  return batch_->end();
}

}  // namespace gridexit::adapters
