#include "gridexit/adapters/state/run_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>

#include "descriptor.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"
#include "private_folder.hpp"

namespace gridexit::adapters {
namespace {

// The holder writes its id after taking the lock, so for an instant the file may be empty.
Error locked_error(const Descriptor& file, const std::string& path) {
  std::array<char, 32> text{};
  const ssize_t got = ::pread(file.get(), text.data(), text.size(), 0);
  const std::size_t length = got > 0 ? static_cast<std::size_t>(got) : 0;
  const auto pid = parse_integer(trim(std::string_view(text.data(), length)));
  Error error{ErrorCode::locked,
              pid ? fmt::format("another run (process {}) holds the lock {}", *pid, path)
                  : fmt::format("another run holds the lock {}", path),
              "wait until it has ended; the lock is freed when that process ends",
              {}};
  if (pid) error.context.emplace_back("pid", std::to_string(*pid));
  return error;
}

}  // namespace

Result<RunLock> RunLock::acquire(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) GX_CHECK(make_private_folder(folder.string()));
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file.is_open()) return io_error("open the lock", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return locked_error(file, path);
    return io_error("lock", path);
  }
  // Only tells who holds it; a full disk must not cost the lock itself.
  const std::string pid = fmt::format("{}\n", ::getpid());
  [[maybe_unused]] const bool is_named =
      ::ftruncate(file.get(), 0) == 0 && ::pwrite(file.get(), pid.data(), pid.size(), 0) > 0;
  return RunLock(file.release());
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace gridexit::adapters
