#pragma once
// The files of dashboards/ that the build turned into literals (infra/cmake/Embed.cmake).

#include <string_view>

namespace gridexit::dashboard::embedded {

extern const std::string_view page_html;
extern const std::string_view index_html;
extern const std::string_view page_css;
extern const std::string_view chart_umd_min_js;
extern const std::string_view chartjs_adapter_date_fns_bundle_min_js;
extern const std::string_view chartjs_plugin_annotation_min_js;
extern const std::string_view format_js;
extern const std::string_view dom_js;
extern const std::string_view theme_js;
extern const std::string_view canvases_js;
extern const std::string_view charts_js;
extern const std::string_view findings_js;
extern const std::string_view records_js;
extern const std::string_view page_js;
extern const std::string_view report_html;
extern const std::string_view report_css;
extern const std::string_view report_charts_js;
extern const std::string_view report_tables_js;
extern const std::string_view report_js;

}  // namespace gridexit::dashboard::embedded
