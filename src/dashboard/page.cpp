#include "gridexit/dashboard/page.hpp"

#include <fmt/format.h>

#include <array>

#include "embedded.hpp"
#include "facts.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"
#include "headline.hpp"
#include "html.hpp"
#include "page_data.hpp"
#include "resources.hpp"
#include "words.hpp"

namespace gridexit::dashboard {
namespace {

// From dashboards/{symbol}/{YYYY}/{MM}/{DD}/ back to dashboards/.
constexpr std::string_view kUp = "../../../../";
constexpr std::string_view kFolder = "dashboards/";

std::string link(std::string_view symbol, std::optional<UtcTime> hour, std::string_view text) {
  if (!hour) return "";
  const std::string path = paths::page(symbol, *hour).substr(kFolder.size());
  return fmt::format("<a href=\"{}{}\">{}</a>", kUp, escape(path), text);
}

std::string navigation(const PageInputs& inputs) {
  const std::string& symbol = inputs.record.symbol;
  return fmt::format("<nav aria-label=\"Pages\">{}<a href=\"{}index.html\">All pages</a>{}</nav>",
                     link(symbol, inputs.previous_hour, "← Hour before"), kUp,
                     link(symbol, inputs.next_hour, "Hour after →"));
}

std::string page_title(const MetricsRecord& record) {
  const std::string_view state =
      record.exit_state ? to_text(record.exit_state->state) : to_text(record.recommendation.action);
  return fmt::format("{} {} {}", state, escape(record.symbol), readable(record.timestamp));
}

std::string compose(const PageInputs& inputs, const Resources& resources, const std::string& links,
                    const PageLimits& limits) {
  const MetricsRecord& record = inputs.record;
  const std::array<Slot, 12> slots{{{"policy", resources.policy},
                                    {"title", page_title(record)},
                                    {"styles", resources.styles},
                                    {"scripts", resources.scripts},
                                    {"symbol", escape(record.symbol)},
                                    {"time", readable(record.timestamp)},
                                    {"navigation", links},
                                    {"notices", render_notices(inputs)},
                                    {"headline", render_headline(inputs)},
                                    {"facts", render_facts(inputs)},
                                    {"provenance", render_provenance(inputs)},
                                    {"data", page_data(inputs, limits)}}};
  return fill(embedded::page_html, slots);
}

}  // namespace

std::string render_page(const PageInputs& inputs) {
  const Resources resources = linked_resources(kUp);
  const std::string links = navigation(inputs);
  PageLimits limits;
  while (true) {
    std::string page = compose(inputs, resources, links, limits);
    // The decision itself is never shortened; the lists of the past give way, oldest first.
    if (page.size() <= kPageBytes || (limits.decisions == 0 && limits.transitions == 0))
      return page;
    if (limits.transitions > limits.decisions) {
      --limits.transitions;
    } else {
      --limits.decisions;
    }
  }
}

std::string render_standalone(const PageInputs& inputs) {
  return compose(inputs, inlined_resources(assets()), "", PageLimits{});
}

}  // namespace gridexit::dashboard
