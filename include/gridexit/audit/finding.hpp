#pragma once
// What an audit of the history found: one value for each thing that is wrong or that could not be
// proven. Used by `verify`.

#include <string>
#include <string_view>

namespace gridexit::audit {

enum class FindingKind {
  record_changed,    ///< an immutable document was edited
  document_removed,  ///< a document that must stay is gone
  entries_lost,      ///< an append-only document lost, changed or reordered what it had
  invalid_document,  ///< a document does not fit its description
  chain_broken,      ///< a record does not follow the symbol's newest earlier one
  dataset_mismatch,  ///< the recorded dataset hash is not that of the stored candles
  not_derivable,     ///< a record, transition or decision does not follow from data and rules
  anchor_lost,       ///< a commit that was quoted elsewhere is not part of the history
  not_proven,        ///< nothing wrong was seen, but the proof is not possible here
};

/// The stable name, for `-o json`: "record_changed".
std::string_view to_text(FindingKind kind);

struct Finding {
  FindingKind kind = FindingKind::not_proven;
  std::string path;    ///< the document; empty for the history as a whole
  std::string commit;  ///< the commit that made it so; empty when there is none
  std::string text;    ///< what, for people
};

}  // namespace gridexit::audit
