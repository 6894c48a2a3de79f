#include "child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <string_view>
#include <utility>

namespace gridexit::adapters::git {
namespace {

using Clock = std::chrono::steady_clock;

// How late a request to stop may be noticed.
constexpr int kStopCheck_ms = 100;

// One end of a pipe.
class PipeEnd {
 public:
  explicit PipeEnd(int descriptor) : descriptor_(descriptor) {}
  PipeEnd(const PipeEnd&) = delete;
  PipeEnd& operator=(const PipeEnd&) = delete;
  ~PipeEnd() { close(); }

  int get() const { return descriptor_; }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }

 private:
  int descriptor_;
};

// The child must never outlive the run lock, which it inherits with its file: it dies with its
// parent, and by its own alarm should that fail.
void tie_to_parent(pid_t parent, double timeout_seconds) {
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGALRM}) std::signal(number, SIG_DFL);
  std::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  ::alarm(static_cast<unsigned>(std::ceil(timeout_seconds)) + 1);
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// _exit: the buffers and the exit functions belong to the parent.
[[noreturn]] void answer_and_exit(int descriptor, const std::function<std::string()>& work) {
  bool answered = false;
  try {
    answered = write_all(descriptor, work());
  } catch (...) {
    answered = false;
  }
  ::_exit(answered ? 0 : 1);
}

// Reads until the child closes its end.
ChildOutcome await_answer(int descriptor, const Bounds& bounds) {
  const Clock::time_point deadline =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(
                         std::chrono::duration<double>(bounds.timeout_seconds));
  std::string answer;
  while (Clock::now() < deadline) {
    if (bounds.stop_requested && bounds.stop_requested()) return {ChildEnd::stopped, ""};
    pollfd waiting{descriptor, POLLIN, 0};
    if (::poll(&waiting, 1, kStopCheck_ms) <= 0) continue;
    std::array<char, 4096> chunk{};
    const ssize_t got = ::read(descriptor, chunk.data(), chunk.size());
    if (got == 0) {
      return {answer.empty() ? ChildEnd::died : ChildEnd::answered, std::move(answer)};
    }
    if (got > 0) answer.append(chunk.data(), static_cast<std::size_t>(got));
  }
  return {ChildEnd::out_of_time, ""};
}

void reap(pid_t child) {
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

Result<ChildOutcome> run_in_child(const Bounds& bounds, const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Error{ErrorCode::internal, "cannot make a pipe to a child process", "", {}};
  }
  PipeEnd reading(ends[0]);
  PipeEnd writing(ends[1]);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) return Error{ErrorCode::internal, "cannot start a child process", "", {}};
  if (child == 0) {
    tie_to_parent(parent, bounds.timeout_seconds);
    answer_and_exit(writing.get(), work);
  }
  writing.close();
  ChildOutcome outcome = await_answer(reading.get(), bounds);
  // Also after an answer: nothing of the child is needed any more.
  ::kill(child, SIGKILL);
  reap(child);
  return outcome;
}

}  // namespace gridexit::adapters::git
