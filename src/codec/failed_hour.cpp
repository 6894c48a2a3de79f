#include "describe_failed_hour.hpp"
#include "document.hpp"

namespace gridexit::codec {

GX_DOCUMENT(FailedHour);
template Result<Read<FailedHour>> read_tree<FailedHour>(Tree, std::string_view);

}  // namespace gridexit::codec
