#pragma once
// Messages that records call for and the delivery ledger does not know: what `doctor` says of an
// operator who was not told.

#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/ports/local_state.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

/// Ids of the exit messages queued in [from, to] that one of `channels` has neither taken, nor
/// refused, nor found overtaken. Empty when there is no ledger: then nothing was sent from here.
/// Errors: document_invalid, store_unusable, io.
Result<std::vector<std::string>> undelivered_messages(ports::Store& store, ports::LocalState& state,
                                                      const std::vector<std::string>& symbols,
                                                      const std::vector<std::string>& channels,
                                                      UtcTime from, UtcTime to);

}  // namespace gridexit::pipeline
