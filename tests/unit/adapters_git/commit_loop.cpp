// Commits without end and prints each commit's id once it is made. The recovery test kills it.

#include <cstdio>
#include <string>

#include "gridexit/adapters/git/repository.hpp"

int main(int count, char** arguments) {
  if (count != 2) return 2;
  auto opened = gridexit::adapters::GitRepository::open({.path = arguments[1]});
  if (!opened || !(*opened)->recover()) return 1;
  const gridexit::Result<std::string> start = (*opened)->head();
  for (int i = 0; start; ++i) {
    const std::string name = "metrics/after-" + *start + "/" + std::to_string(i);
    const auto made =
        (*opened)->commit({.files = {{name, name}, {"latest", name}}, .subject = name, .body = ""});
    if (!made) {
      std::fprintf(stderr, "%s\n", made.error().text().c_str());
      return 1;
    }
    std::puts(made->commit.c_str());
    std::fflush(stdout);
  }
  return 1;
}
