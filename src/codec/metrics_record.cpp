#include "describe_metrics_record.hpp"
#include "document.hpp"

namespace gridexit::codec {

GX_DOCUMENT(MetricsRecord);
template Result<Read<MetricsRecord>> read_tree<MetricsRecord>(Tree, std::string_view);

}  // namespace gridexit::codec
