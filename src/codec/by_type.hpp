#pragma once
// Functions that exist once per document type, for the sources that serve all types (schema.cpp,
// merge.cpp). They are defined in document.hpp and instantiated beside each description.

#include <string>
#include <string_view>

#include "gridexit/codec/documents.hpp"
#include "node.hpp"

namespace gridexit::codec {

/// Reads a parsed document; `file` names the source in errors.
template <class Document>
Result<Read<Document>> read_tree(Tree tree, std::string_view file);

/// The JSON Schema of a type.
template <class Document>
std::string schema_of(std::string_view name, std::string_view title, Format format);

}  // namespace gridexit::codec
