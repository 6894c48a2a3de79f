#pragma once
// The audit of a data repository's whole history: nothing that must stay was changed or removed,
// the records are one chain, and each follows from the candles, the rules and the records before
// it. Reads git objects only and writes nothing.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/audit/finding.hpp"
#include "gridexit/base/result.hpp"
#include "gridexit/base/time.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/ports/configuration.hpp"
#include "gridexit/ports/history.hpp"

namespace gridexit::pipeline {

struct VerifyInputs {
  ports::ParseConfiguration parse;
  /// Heads quoted in earlier messages and logs: 7 to 40 hexadecimal digits each.
  std::vector<std::string> anchors;
  /// The exchange's increments, which no record holds; asked only where a grid was proposed. May be
  /// empty.
  std::function<std::optional<SymbolRules>(const Symbol&)> symbol_rules;
  /// No record can be of a later time than this; empty: not looked at.
  std::optional<UtcTime> now;
  /// Called now and then with the commits done and all of them; may be empty.
  std::function<void(std::size_t done, std::size_t all)> progress;
};

struct VerifyReport {
  std::string head;
  int commits = 0;
  int documents = 0;                     ///< versions of documents that were read
  int records = 0;                       ///< evaluations
  int derived = 0;                       ///< of these, computed again and found equal
  int anchors = 0;                       ///< of the given ones, found in the history
  std::vector<audit::Finding> findings;  ///< in the order of the history
};

/// Errors: store_unusable (objects that cannot be read at all).
Result<VerifyReport> verify(ports::History& history, const VerifyInputs& inputs);

}  // namespace gridexit::pipeline
