#include "describe_decision.hpp"
#include "document.hpp"

namespace gridexit::codec {

GX_DOCUMENT(DecisionRecord);
template Result<Read<DecisionRecord>> read_tree<DecisionRecord>(Tree, std::string_view);

}  // namespace gridexit::codec
