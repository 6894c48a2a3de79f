#include "gridexit/dashboard/index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "embedded.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/dashboard/page.hpp"
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

// Hours that a card's picture goes back.
constexpr int kTraceHours = 96;

std::string state_boxes(const std::vector<IndexEntry>& hours, UtcTime first) {
  std::string boxes;
  for (std::size_t begin = 0, end = 0; begin < hours.size(); begin = end) {
    while (end < hours.size() && hours[end].state == hours[begin].state) ++end;
    const UtcTime until =
        end < hours.size() ? hours[end].timestamp : hours.back().timestamp + Hours{1};
    boxes += fmt::format("<rect class=\"{}\" x=\"{}\" width=\"{}\" height=\"1\"/>",
                         tone(hours[begin].state), (hours[begin].timestamp - first) / Hours{1},
                         (until - hours[begin].timestamp) / Hours{1});
  }
  return boxes;
}

// Closes from the bottom (0) to the top (40), one step an hour.
std::string price_points(const std::vector<IndexEntry>& hours, UtcTime first) {
  double low = 0;
  double high = 0;
  for (const IndexEntry& hour : hours) {
    if (!hour.price) continue;
    low = high > 0 ? std::min(low, *hour.price) : *hour.price;
    high = std::max(high, *hour.price);
  }
  std::string points;
  for (const IndexEntry& hour : hours) {
    if (!hour.price || high <= low) continue;
    points += fmt::format("{},{:.0f} ", (hour.timestamp - first) / Hours{1},
                          40 - 40 * (*hour.price - low) / (high - low));
  }
  return points;
}

// What led to the newest hour: price above, exit state below; the page has the axes.
std::string trace(const std::vector<IndexEntry>& newest_first, const IndexEntry& newest) {
  std::vector<IndexEntry> hours;
  for (const IndexEntry& entry : newest_first) {
    const bool recent = newest.timestamp - entry.timestamp < Hours{kTraceHours};
    if (entry.symbol == newest.symbol && recent) hours.insert(hours.begin(), entry);
  }
  if (hours.size() < 2) return "";
  const UtcTime first = hours.front().timestamp;
  const auto width = (newest.timestamp - first) / Hours{1} + 1;
  return fmt::format(
      "<div class=\"trace\"><svg viewBox=\"0 -2 {0} 44\" preserveAspectRatio=\"none\" "
      "role=\"img\" aria-label=\"Price by hour\"><polyline points=\"{1}\"/></svg>"
      "<div class=\"strip\"><svg viewBox=\"0 0 {0} 1\" preserveAspectRatio=\"none\" role=\"img\" "
      "aria-label=\"Exit state by hour\">{2}</svg></div>"
      "<p>price and exit state, last {0} h</p></div>",
      width, price_points(hours, first), state_boxes(hours, first));
}

std::string symbol_card(const IndexEntry& entry, const std::string& picture) {
  const std::string price = entry.price ? format_price(*entry.price) : "price unknown";
  const std::string change =
      entry.change_24h_pct ? fmt::format(", {:+.1f} % in 24 h", *entry.change_24h_pct) : "";
  return fmt::format(
      "<li class=\"headline {}\"><div><h2><a href=\"{}\">{}</a></h2><p class=\"order\">{}</p><p "
      "class=\"codes\">"
      "<code>{}</code></p><p>{}</p><p>{}{}</p><p>{}, confidence "
      "{:.2f}</p><p><time>{}</time>{}</p></div>{}</li>",
      tone(entry.state), address(entry), escape(entry.symbol), title(entry.state),
      to_text(entry.action), order(entry.action, entry.state), price, change,
      to_text(entry.verdict), entry.confidence, readable(entry.timestamp),
      entry.simulated ? " <b class=\"tag\">SIMULATED</b>" : "", picture);
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

std::string compose(const std::vector<IndexEntry>& sorted, std::size_t pictures) {
  std::string cards;
  const std::vector<IndexEntry> newest = newest_of_each(sorted);
  for (std::size_t i = 0; i < newest.size(); ++i) {
    cards += symbol_card(newest[i], i < pictures ? trace(sorted, newest[i]) : "");
  }
  if (cards.empty()) cards = "<li>No hour has been evaluated yet.</li>";
  std::string rows;
  for (std::size_t i = 0; i < std::min(sorted.size(), kIndexRecentPages); ++i)
    rows += recent_row(sorted[i]);
  const bool simulated = std::any_of(sorted.begin(), sorted.end(),
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
  // Pictures go to the most urgent symbols, and give way where the page would grow too large.
  std::size_t pictures = kIndexPictures;
  std::string page = compose(sorted, pictures);
  while (page.size() > kPageBytes && pictures > 0) page = compose(sorted, --pictures);
  return page;
}

}  // namespace gridexit::dashboard
