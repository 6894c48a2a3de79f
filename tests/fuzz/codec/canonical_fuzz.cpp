// The short way for our own documents must give the tree that libyaml gives, or nothing.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/canonical_parse.hpp"
#include "codec/yaml_parse.hpp"

namespace {

using gridexit::codec::Node;

bool identical(const Node& a, const Node& b) {
  return a.kind == b.kind && a.quoted == b.quoted && a.line == b.line && a.key == b.key &&
         a.text == b.text &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                    identical);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gridexit;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto canonical = codec::parse_canonical(text);
  if (!canonical) return 0;
  const auto judge = codec::parse_with_libyaml(text, "fuzz", ErrorCode::document_invalid);
  if (!judge || !identical(canonical->root(), judge->root())) std::abort();
  return 0;
}
