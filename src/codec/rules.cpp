#include "describe_rules.hpp"
#include "settings_document.hpp"

namespace gridexit::codec {

std::string_view introduction(Of<Rules>) {
  return "Rules of the exit strategy. Every key may be left out (what stands here is its default) "
         "but\n"
         "capital.total_quote. Override by environment variable: MARKET_MAKER_ and the key's path "
         "in\n"
         "upper case, for instance MARKET_MAKER_EXIT_RULES_WARNING_NEAR_BOUND.";
}

GX_DOCUMENT(Rules);
GX_SETTINGS(Rules);

}  // namespace gridexit::codec
