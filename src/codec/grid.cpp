#include "describe_grid.hpp"
#include "document.hpp"

namespace gridexit::codec {

GX_DOCUMENT(Grid);
template Result<Read<Grid>> read_tree<Grid>(Tree, std::string_view);

}  // namespace gridexit::codec
