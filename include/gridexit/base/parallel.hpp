#pragma once
// Work on several threads, for sweeps and for reading a long history. Which thread does what is
// left to chance, so each piece writes to a place of its own and the outcome is the same for any
// number of threads. Never within an hour's evaluation.

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace gridexit {

/// Calls work(0) ... work(count - 1), each once, and returns when all are done.
template <class Work>
void for_each_index(std::size_t count, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  const auto drain = [&next, count, &work] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(drain);
  drain();
}

}  // namespace gridexit
