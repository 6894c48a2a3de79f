#include "app/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

namespace gridexit::app {
namespace {

int terminal_width() {
  constexpr int usual = 80;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return size.ws_col;
}

}  // namespace

Streams system_streams() {
  return {std::cout, std::cerr, ::isatty(STDOUT_FILENO) == 1, ::isatty(STDERR_FILENO) == 1,
          terminal_width()};
}

}  // namespace gridexit::app
