#include "gridexit/dashboard/index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/dashboard/sample.hpp"

namespace gridexit::dashboard {
namespace {

using testing::HasSubstr;
using testing::Not;

IndexEntry entry(std::string symbol, int hour, std::optional<ExitState> state) {
  IndexEntry result;
  result.symbol = std::move(symbol);
  result.timestamp = UtcTime{Hours{491678 + hour}};
  result.state = state;
  result.action = state ? Action::hold : Action::wait;
  result.price = 3412.5;
  return result;
}

TEST(RenderIndex, PutsTheMostUrgentSymbolFirst) {
  const std::string page =
      render_index({entry("BTC-USDT", 0, std::nullopt), entry("ETH-USDT", 0, ExitState::normal),
                    entry("SOL-USDT", 0, ExitState::mandatory_exit)});
  EXPECT_LT(page.find("SOL-USDT"), page.find("ETH-USDT"));
  EXPECT_LT(page.find("ETH-USDT"), page.find("BTC-USDT"));
}

TEST(RenderIndex, LinksEachSymbolToItsNewestPage) {
  const std::string page = render_index(
      {entry("ETH-USDT", 5, ExitState::warning), entry("ETH-USDT", 6, ExitState::normal)});
  const std::string cards = page.substr(0, page.find("id=\"recent\""));
  EXPECT_THAT(cards, HasSubstr("href=\"ETH-USDT/2026/02/02/2026-02-02-20.html\""));
  EXPECT_THAT(cards, Not(HasSubstr("2026-02-02-19.html")));
  EXPECT_THAT(page, HasSubstr("2026-02-02-19.html"));
}

TEST(RenderIndex, ListsNoMoreThanItsLimit) {
  std::vector<IndexEntry> entries;
  for (int hour = 0; hour < 200; ++hour)
    entries.push_back(entry("ETH-USDT", hour, ExitState::normal));
  const std::string page = render_index(entries);
  std::size_t rows = 0;
  for (std::size_t at = page.find("<tr><td>"); at != std::string::npos;
       at = page.find("<tr><td>", at + 1))
    ++rows;
  EXPECT_EQ(rows, kIndexRecentPages);
  EXPECT_LE(page.size(), std::size_t{20 * 1024});
}

TEST(RenderIndex, DrawsPriceAndStateThatLedToTheNewestHour) {
  std::vector<IndexEntry> entries{entry("ETH-USDT", 0, std::nullopt),
                                  entry("ETH-USDT", 1, ExitState::normal),
                                  // Hour 2 was never evaluated: its neighbour's box covers it.
                                  entry("ETH-USDT", 3, ExitState::warning)};
  entries[0].price = 100;
  entries[1].price = 200;
  entries[2].price = 150;
  const std::string page = render_index(entries);
  EXPECT_THAT(page, HasSubstr("<polyline points=\"0,40 1,0 3,20 \"/>"));
  EXPECT_THAT(page, HasSubstr("<rect class=\"none\" x=\"0\" width=\"1\" height=\"1\"/>"
                              "<rect class=\"normal\" x=\"1\" width=\"2\" height=\"1\"/>"
                              "<rect class=\"warning\" x=\"3\" width=\"1\" height=\"1\"/>"));
}

TEST(RenderIndex, StaysWithinItsBudgetWithManySymbols) {
  std::vector<IndexEntry> entries;
  for (int hour = 0; hour < 96; ++hour) {
    for (int symbol = 0; symbol < 8; ++symbol) {
      const auto state = hour % 2 == 0 ? ExitState::normal : ExitState::warning;
      entries.push_back(entry("SYM" + std::to_string(symbol) + "-USDT", hour, state));
      entries.back().price = 100 + hour;
    }
  }
  EXPECT_LE(render_index(entries).size(), std::size_t{20 * 1024});
}

TEST(RenderIndex, IsAPageWithoutEntriesToo) {
  EXPECT_THAT(render_index({}), HasSubstr("No hour has been evaluated yet."));
}

TEST(RenderIndex, EscapesNamesAndMarksSimulatedData) {
  IndexEntry hostile = entry("<b>X</b>", 0, std::nullopt);
  hostile.simulated = true;
  const std::string page = render_index({hostile});
  EXPECT_THAT(page, Not(HasSubstr("<b>X</b>")));
  EXPECT_THAT(page, HasSubstr("SIMULATED DATA"));
}

TEST(IndexEntryOf, TakesTheRecordsOwnWords) {
  const sample::Page page = sample::falling_grid();
  const IndexEntry found = index_entry(page.record);
  EXPECT_EQ(found.state, ExitState::latest_acceptable_exit);
  EXPECT_EQ(found.action, Action::stop_grid);
  EXPECT_FALSE(found.simulated);
  EXPECT_TRUE(index_entry(sample::waiting_for_gates().record).simulated);
}

}  // namespace
}  // namespace gridexit::dashboard
