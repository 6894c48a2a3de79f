#pragma once
// The program behind main(): parses the arguments, runs one command of the table, prints what
// failed, and answers with the exit code of SPEC.md section 3.

#include <string>
#include <vector>

#include "gridexit/app/streams.hpp"
#include "gridexit/app/wiring.hpp"

namespace gridexit::app {

/// `args` without the program's name. Never throws: an exception that survives is a bug, said as
/// such, exit code 1.
int run(const std::vector<std::string>& args, const Streams& streams, Wiring& wiring);

}  // namespace gridexit::app
