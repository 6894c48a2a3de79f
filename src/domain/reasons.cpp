#include "gridexit/domain/reasons.hpp"

#include <fmt/format.h>

#include "gridexit/domain/names.hpp"

namespace gridexit {
namespace {

std::vector<std::string> sentences(const ExitEvaluation& exit, Truth met,
                                   std::string_view between) {
  std::vector<std::string> result;
  for (const ExitState tier :
       {ExitState::mandatory_exit, ExitState::latest_acceptable_exit, ExitState::warning}) {
    for (const Condition& condition : exit.conditions) {
      if (condition.tier != tier || condition.met != met) continue;
      result.push_back(fmt::format("{}{}: {}", to_text(condition.name), between, condition.detail));
    }
  }
  return result;
}

}  // namespace

std::vector<std::string> met_reasons(const ExitEvaluation& exit) {
  return sentences(exit, Truth::yes, "");
}

std::vector<std::string> unknown_reasons(const ExitEvaluation& exit) {
  return sentences(exit, Truth::unknown, " unknown");
}

}  // namespace gridexit
