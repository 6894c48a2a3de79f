#include "gridexit/dashboard/index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "embedded.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"
#include "html.hpp"
#include "resources.hpp"
#include "words.hpp"

namespace gridexit::dashboard {
namespace {

std::string address(const IndexEntry& entry) {
  constexpr std::string_view folder = "dashboards/";
  return escape(paths::page(entry.symbol, entry.timestamp).substr(folder.size()));
}

int urgency(const IndexEntry& entry) {
  return entry.state ? static_cast<int>(*entry.state) : -1;
}

std::string symbol_card(const IndexEntry& entry) {
  const std::string price = entry.price ? format_price(*entry.price) : "price unknown";
  const std::string change =
      entry.change_24h_pct ? fmt::format(", {:+.1f} % in 24 h", *entry.change_24h_pct) : "";
  return fmt::format(
      "<li class=\"headline {}\"><h2><a href=\"{}\">{}</a></h2><p class=\"order\">{}</p><p "
      "class=\"codes\">"
      "<code>{}</code></p><p>{}</p><p>{}{}</p><p>{}, confidence "
      "{:.2f}</p><p><time>{}</time>{}</p></li>",
      tone(entry.state), address(entry), escape(entry.symbol), title(entry.state),
      to_text(entry.action), order(entry.action, entry.state), price, change,
      to_text(entry.verdict), entry.confidence, readable(entry.timestamp),
      entry.simulated ? " <b class=\"tag\">SIMULATED</b>" : "");
}

std::string recent_row(const IndexEntry& entry) {
  return fmt::format(
      "<tr><td><a href=\"{}\">{}</a></td><td>{}</td><td><span class=\"chip "
      "{}\">{}</span></td><td>{}</td><td>{}"
      "</td><td class=\"n\">{:.2f}</td><td class=\"n\">{}</td></tr>\n",
      address(entry), readable(entry.timestamp), escape(entry.symbol), tone(entry.state),
      title(entry.state), to_text(entry.action), to_text(entry.verdict), entry.confidence,
      entry.price ? format_price(*entry.price) : "unknown");
}

bool newer(const IndexEntry& a, const IndexEntry& b) {
  return a.timestamp != b.timestamp ? a.timestamp > b.timestamp : a.symbol < b.symbol;
}

std::vector<IndexEntry> newest_of_each(const std::vector<IndexEntry>& newest_first) {
  std::vector<IndexEntry> newest;
  std::set<std::string> seen;
  for (const IndexEntry& entry : newest_first) {
    if (seen.insert(entry.symbol).second) newest.push_back(entry);
  }
  std::stable_sort(newest.begin(), newest.end(), [](const IndexEntry& a, const IndexEntry& b) {
    return urgency(a) != urgency(b) ? urgency(a) > urgency(b) : a.symbol < b.symbol;
  });
  return newest;
}

}  // namespace

IndexEntry index_entry(const MetricsRecord& record) {
  IndexEntry entry;
  entry.symbol = record.symbol;
  entry.timestamp = record.timestamp;
  if (record.exit_state) entry.state = record.exit_state->state;
  entry.action = record.recommendation.action;
  entry.verdict = record.regime.verdict;
  entry.confidence = record.confidence.value;
  entry.price = record.price.close;
  entry.change_24h_pct = record.price.change_24h_pct;
  entry.simulated = record.data.source == "simulated";
  return entry;
}

std::string render_index(const std::vector<IndexEntry>& entries) {
  std::vector<IndexEntry> sorted = entries;
  std::sort(sorted.begin(), sorted.end(), newer);
  std::string cards;
  for (const IndexEntry& entry : newest_of_each(sorted)) cards += symbol_card(entry);
  if (cards.empty()) cards = "<li>No hour has been evaluated yet.</li>";
  std::string rows;
  for (std::size_t i = 0; i < std::min(sorted.size(), kIndexRecentPages); ++i)
    rows += recent_row(sorted[i]);
  const bool simulated = std::any_of(entries.begin(), entries.end(),
                                     [](const IndexEntry& entry) { return entry.simulated; });
  const std::string banner = simulated
                                 ? "<div class=\"notice simulated\" role=\"note\"><b>SIMULATED "
                                   "DATA</b> An invented market, for "
                                   "demonstration. Not for trading.</div>"
                                 : "";
  const Resources resources = linked_style("");
  const std::array<Slot, 5> slots{{{"policy", resources.policy},
                                   {"styles", resources.styles},
                                   {"notices", banner},
                                   {"symbols", cards},
                                   {"recent", rows}}};
  return fill(embedded::index_html, slots);
}

}  // namespace gridexit::dashboard
