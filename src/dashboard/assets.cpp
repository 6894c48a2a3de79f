#include "gridexit/dashboard/assets.hpp"

#include "embedded.hpp"
#include "gridexit/base/hash.hpp"

namespace gridexit::dashboard {
namespace {

std::string hash_of(const std::vector<Asset>& files) {
  std::string everything;
  for (const Asset& file : files) {
    everything.append(file.name).append(1, '\0').append(file.bytes).append(1, '\0');
  }
  return sha256_hex(everything).substr(0, 12);
}

}  // namespace

const std::vector<Asset>& assets() {
  static const std::vector<Asset> files{
      {"page.css", embedded::page_css},
      {"chart.js", embedded::chart_umd_min_js},
      {"chart-date.js", embedded::chartjs_adapter_date_fns_bundle_min_js},
      {"chart-annotation.js", embedded::chartjs_plugin_annotation_min_js},
      {"format.js", embedded::format_js},
      {"dom.js", embedded::dom_js},
      {"theme.js", embedded::theme_js},
      {"canvases.js", embedded::canvases_js},
      {"charts.js", embedded::charts_js},
      {"findings.js", embedded::findings_js},
      {"records.js", embedded::records_js},
      {"page.js", embedded::page_js},
  };
  return files;
}

const std::string& asset_version() {
  static const std::string version = hash_of(assets());
  return version;
}

}  // namespace gridexit::dashboard
