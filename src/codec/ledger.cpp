#include "describe_ledger.hpp"
#include "document.hpp"

namespace gridexit::codec {

GX_DOCUMENT(Ledger);

}  // namespace gridexit::codec
