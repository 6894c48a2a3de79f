// Any words behind the program's name, one a line, and any `--set`: a command, a text that was
// asked for, or a refusal as wrong usage that says what to do. Nothing is run.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "app/parse.hpp"
#include "app/rule_sets.hpp"
#include "fuzz/demand.hpp"
#include "gridexit/base/text.hpp"

namespace {

using namespace gridexit;
using fuzz::demand;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> words;
  for (const std::string_view word : split(text, '\n')) words.emplace_back(word);
  const app::Parsed parsed = app::parse(words, 80);
  if (const auto* invocation = std::get_if<app::Invocation>(&parsed)) {
    demand(invocation->command != nullptr && invocation->body);
  } else if (const auto* answer = std::get_if<app::Answer>(&parsed)) {
    demand(!answer->text.empty());
  } else {
    demand(!std::get<app::Refusal>(parsed).error.message.empty());
  }
  if (words.size() <= 2) {
    if (const auto sets = app::rule_sets(Rules{}, words)) demand(!sets->empty());
  }
  return 0;
}
