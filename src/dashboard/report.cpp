#include "gridexit/dashboard/report.hpp"

#include <fmt/format.h>

#include <array>

#include "embedded.hpp"
#include "html.hpp"
#include "resources.hpp"

namespace gridexit::dashboard {
namespace {

const std::vector<Asset>& report_assets() {
  static const std::vector<Asset> files{
      {"page.css", embedded::page_css},
      {"report.css", embedded::report_css},
      {"chart.js", embedded::chart_umd_min_js},
      {"chart-annotation.js", embedded::chartjs_plugin_annotation_min_js},
      {"format.js", embedded::format_js},
      {"dom.js", embedded::dom_js},
      {"theme.js", embedded::theme_js},
      {"canvases.js", embedded::canvases_js},
      {"report-charts.js", embedded::report_charts_js},
      {"report-tables.js", embedded::report_tables_js},
      {"report.js", embedded::report_js},
  };
  return files;
}

std::string paragraphs(const std::vector<std::string>& texts) {
  std::string markup;
  for (const std::string& text : texts) markup += fmt::format("<li>{}</li>", escape(text));
  return markup;
}

std::string facts_of(const std::vector<ReportFact>& facts) {
  std::string markup;
  for (const ReportFact& fact : facts) {
    markup += fmt::format("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>", escape(fact.name),
                          escape(fact.value), escape(fact.note));
  }
  return markup;
}

std::string banner(bool simulated) {
  if (!simulated) return "";
  return "<p class=\"notice simulated\"><b>SIMULATED DATA</b> An invented market: nothing here is "
         "evidence.</p>";
}

}  // namespace

std::string render_report(const ReportPage& page) {
  const Resources resources = inlined_resources(report_assets());
  const std::array<Slot, 11> slots{{{"policy", resources.policy},
                                    {"styles", resources.styles},
                                    {"scripts", resources.scripts},
                                    {"title", escape(page.title)},
                                    {"heading", escape(page.heading)},
                                    {"verdict", escape(page.verdict)},
                                    {"lead", paragraphs(page.lead)},
                                    {"facts", facts_of(page.facts)},
                                    {"notices", banner(page.simulated)},
                                    {"provenance", escape(page.provenance)},
                                    {"data", escape_json(page.data)}}};
  return fill(embedded::report_html, slots);
}

}  // namespace gridexit::dashboard
