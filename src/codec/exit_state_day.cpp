#include "describe_exit_state_day.hpp"
#include "document.hpp"

namespace gridexit::codec {

GX_DOCUMENT(ExitStateDay);
template Result<Read<ExitStateDay>> read_tree<ExitStateDay>(Tree, std::string_view);

}  // namespace gridexit::codec
