#pragma once
// Where a command's words go: results to `out`, everything else to `err`. Whether a person is
// looking is said from outside, so that tests and pipes decide it without a terminal.

#include <iosfwd>

namespace gridexit::app {

struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool out_is_tty = false;
  bool err_is_tty = false;
  int columns = 80;  ///< width of the terminal, for tables
};

}  // namespace gridexit::app
