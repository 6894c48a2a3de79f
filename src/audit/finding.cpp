#include "gridexit/audit/finding.hpp"

namespace gridexit::audit {

std::string_view to_text(FindingKind kind) {
  switch (kind) {
    case FindingKind::record_changed: return "record_changed";
    case FindingKind::document_removed: return "document_removed";
    case FindingKind::entries_lost: return "entries_lost";
    case FindingKind::invalid_document: return "invalid_document";
    case FindingKind::chain_broken: return "chain_broken";
    case FindingKind::dataset_mismatch: return "dataset_mismatch";
    case FindingKind::not_derivable: return "not_derivable";
    case FindingKind::anchor_lost: return "anchor_lost";
    case FindingKind::not_proven: return "not_proven";
  }
  return "";
}

}  // namespace gridexit::audit
