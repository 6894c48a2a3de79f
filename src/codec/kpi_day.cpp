#include "describe_kpi_day.hpp"
#include "document.hpp"

namespace gridexit::codec {

GX_DOCUMENT(KpiDay);

}  // namespace gridexit::codec
