#pragma once
// Documents of version 1.0 (or without a version), changed in memory into the present form when
// they are read. They are never rewritten. Whatever a document of that time did not know keeps its
// default.

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/record.hpp"
#include "node.hpp"

namespace gridexit::codec {

/// Selects the migration of a document type.
template <class Document>
struct Of {};

void migrate(Tree& tree, Of<MetricsRecord>);
void migrate(Tree& tree, Of<ExitStateDay>);
/// Types whose keys have not changed since 1.0.
template <class Document>
void migrate(Tree&, Of<Document>) {}

}  // namespace gridexit::codec
