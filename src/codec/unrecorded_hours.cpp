#include "describe_unrecorded_hours.hpp"
#include "document.hpp"

namespace gridexit::codec {

GX_DOCUMENT(UnrecordedHours);

}  // namespace gridexit::codec
