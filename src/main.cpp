// The program's entry: real streams, real wiring, everything else in app::run.

#include <string>
#include <vector>

#include "app/system_wiring.hpp"
#include "app/terminal.hpp"
#include "gridexit/app/run.hpp"

int main(int count, char** words) {
  const std::vector<std::string> args(words + 1, words + count);
  gridexit::app::SystemWiring wiring;
  return gridexit::app::run(args, gridexit::app::system_streams(), wiring);
}
