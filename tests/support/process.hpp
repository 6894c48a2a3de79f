#pragma once
// Other programs in tests: a command with its output, and a long-running one that speaks by a pipe.

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace gridexit::testing_support {

struct CommandResult {
  int status = -1;     ///< exit code; -1 when it did not exit by itself
  std::string output;  ///< stdout and stderr
};

/// Runs a shell command to its end.
inline CommandResult run_command(const std::string& command) {
  CommandResult result;
  FILE* pipe = ::popen(("{ " + command + "; } 2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> chunk{};
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), pipe)) {
    result.output.append(chunk.data(), got);
  }
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) result.status = WEXITSTATUS(status);
  return result;
}

inline bool program_exists(const std::string& name) {
  return run_command("command -v " + name).status == 0;
}

/// A child program whose standard output is read line by line. Killed at the end of its life.
class BackgroundProcess {
 public:
  explicit BackgroundProcess(std::vector<std::string> arguments) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::execvp(pointers[0], pointers.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
  }
  BackgroundProcess(const BackgroundProcess&) = delete;
  BackgroundProcess& operator=(const BackgroundProcess&) = delete;
  ~BackgroundProcess() {
    kill();
    ::close(output_);
  }

  /// The next line without its end; nothing when the program has ended, or none came in time
  /// (negative: no limit).
  std::optional<std::string> read_line(int timeout_us = -1) {
    while (true) {
      if (const std::size_t end = pending_.find('\n'); end != std::string::npos) {
        std::string line = pending_.substr(0, end);
        pending_.erase(0, end + 1);
        return line;
      }
      pollfd waiting{output_, POLLIN, 0};
      const timespec limit{0, timeout_us * 1000L};
      if (::ppoll(&waiting, 1, timeout_us < 0 ? nullptr : &limit, nullptr) <= 0) return {};
      std::array<char, 4096> chunk{};
      const ssize_t got = ::read(output_, chunk.data(), chunk.size());
      if (got <= 0) return {};
      pending_.append(chunk.data(), static_cast<std::size_t>(got));
    }
  }

  /// SIGKILL; the program gets no chance to tidy up.
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::string pending_;
};

}  // namespace gridexit::testing_support
