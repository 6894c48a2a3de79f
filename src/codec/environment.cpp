#include "describe_environment.hpp"
#include "settings_document.hpp"

namespace gridexit::codec {

std::string_view introduction(Of<Environment>) {
  return "Where gridexit runs and whom it talks to. Every key may be left out but symbols. ${NAME} "
         "is\n"
         "replaced from the environment; secrets come only from there, or from the file that\n"
         "<NAME>_FILE names. Override by environment variable: MARKET_MAKER_ and the key's path in "
         "upper\n"
         "case, for instance MARKET_MAKER_REPOSITORY_BASE_PATH.";
}

GX_DOCUMENT(Environment);
GX_SETTINGS(Environment);

}  // namespace gridexit::codec
