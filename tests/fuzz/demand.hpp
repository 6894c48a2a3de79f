#pragma once
// What a fuzz target promises of any input; a broken promise ends the program, which libFuzzer
// takes as a finding and the replay of a corpus as a failure.

#include <cstdlib>

namespace gridexit::fuzz {

inline void demand(bool promise) {
  if (!promise) std::abort();
}

}  // namespace gridexit::fuzz
