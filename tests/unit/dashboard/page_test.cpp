#include "gridexit/dashboard/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gridexit/dashboard/assets.hpp"
#include "unit/dashboard/sample.hpp"

namespace gridexit::dashboard {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size()))
    ++count;
  return count;
}

std::string data_block(const std::string& page) {
  constexpr std::string_view open = "id=\"data\">";
  const std::size_t start = page.find(open) + open.size();
  return page.substr(start, page.find("</script>", start) - start);
}

TEST(RenderPage, SaysStateActionReasonsAndEscalationWithoutScript) {
  const std::string page = render_page(sample::falling_grid().inputs());
  const std::string markup = page.substr(0, page.find("id=\"data\""));
  EXPECT_THAT(markup, HasSubstr("<h1 id=\"state\">Latest acceptable exit</h1>"));
  EXPECT_THAT(markup, HasSubstr("Stop the grid now"));
  EXPECT_THAT(markup, HasSubstr("<code>STOP_GRID</code>"));
  EXPECT_THAT(markup, HasSubstr("p_low 0.97 (&gt;= 0.95)"));
  EXPECT_THAT(markup,
              HasSubstr("<b>MANDATORY_EXIT</b> at <time>2026-02-03 09:00 UTC</time>, in 19 h"));
  EXPECT_THAT(markup, HasSubstr("1 of 18 conditions unknown"));
  EXPECT_THAT(markup, HasSubstr("<b>Also met</b> Near bound, Loss rising, ADX rising"));
  EXPECT_THAT(markup, HasSubstr("dec-ETH-USDT-20260202T090000Z"));
}

TEST(RenderPage, EscalationWaitsForWhatTheOperatorAnswered) {
  sample::Page page = sample::falling_grid();
  ActionRecord& answer = page.decisions.back().action_records.back();
  answer.until = page.record.timestamp + Hours{30} - Seconds{60};
  EXPECT_THAT(render_page(page.inputs()),
              HasSubstr("MANDATORY_EXIT</b> at <time>2026-02-03 20:00 UTC</time>, in 30 h"));
  answer.action = OperatorAction::executed;
  const std::string executed = render_page(page.inputs());
  EXPECT_THAT(executed, HasSubstr("recorded as executed"));
  EXPECT_THAT(executed, Not(HasSubstr("it becomes")));
}

TEST(RenderPage, FitsItsBudgetWithFourDaysOfHistory) {
  EXPECT_LE(render_page(sample::falling_grid().inputs()).size(), kPageBytes);
  EXPECT_LE(render_page(sample::waiting_for_gates().inputs()).size(), kPageBytes);
}

TEST(RenderPage, LeavesOutOldDecisionsRatherThanGrowing) {
  sample::Page page = sample::falling_grid();
  for (DecisionRecord& decision : page.decisions) {
    decision.action_records.assign(1, {page.record.timestamp, "sam", OperatorAction::declined,
                                       std::nullopt, std::string(2000, 'n'), std::nullopt});
  }
  const std::string html = render_page(page.inputs());
  EXPECT_LE(html.size(), kPageBytes);
  EXPECT_THAT(html, Not(HasSubstr("\"omitted\":0},\"transitions\"")));
  EXPECT_THAT(html, HasSubstr("Latest acceptable exit"));
}

TEST(RenderPage, SameInputsSameBytes) {
  EXPECT_EQ(render_page(sample::falling_grid().inputs()),
            render_page(sample::falling_grid().inputs()));
}

TEST(RenderPage, NothingFromDataBecomesMarkup) {
  const std::string usual = render_page(sample::falling_grid().inputs());
  const std::string attacked = render_standalone(sample::hostile_texts().inputs());
  const std::string reference = render_standalone(sample::falling_grid().inputs());
  EXPECT_EQ(occurrences(attacked, "<script"), occurrences(reference, "<script"));
  EXPECT_EQ(occurrences(attacked, "<img"), 0U);
  EXPECT_EQ(occurrences(data_block(render_page(sample::hostile_texts().inputs())), "<"), 0U);
  EXPECT_EQ(occurrences(attacked, "id=\"data\""), occurrences(reference, "id=\"data\""));
  EXPECT_THAT(usual, Not(HasSubstr("{{")));
}

TEST(RenderPage, ReferencesSharedAssetsFourFoldersUp) {
  const std::string page = render_page(sample::falling_grid().inputs());
  for (const Asset& asset : assets()) {
    EXPECT_THAT(page, HasSubstr("\"../../../../assets/" + asset_version() + "/" +
                                std::string(asset.name) + "\""));
  }
  EXPECT_THAT(page, HasSubstr("href=\"../../../../ETH-USDT/2026/02/02/2026-02-02-13.html\""));
  EXPECT_THAT(page, HasSubstr("href=\"../../../../index.html\""));
}

TEST(RenderPage, PolicyAllowsOwnFilesOnly) {
  const std::string page = render_page(sample::falling_grid().inputs());
  EXPECT_THAT(page,
              HasSubstr("default-src 'none'; script-src 'self'; style-src 'self'; img-src data:"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe")));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  EXPECT_THAT(page, Not(HasSubstr(" style=")));
}

TEST(RenderStandalone, BringsEverythingInOneFile) {
  const std::string page = render_standalone(sample::falling_grid().inputs());
  EXPECT_THAT(page, Not(HasSubstr("src=\"")));
  EXPECT_THAT(page, Not(HasSubstr("rel=\"stylesheet\"")));
  EXPECT_EQ(occurrences(page, "'sha256-"), assets().size());
  EXPECT_THAT(page, Not(HasSubstr("unsafe")));
}

TEST(RenderPage, MarksSimulatedData) {
  EXPECT_THAT(render_page(sample::waiting_for_gates().inputs()), HasSubstr("SIMULATED DATA"));
  EXPECT_THAT(render_page(sample::falling_grid().inputs()), Not(HasSubstr("SIMULATED")));
}

TEST(RenderPage, AlarmsOnlyAboutDataThatCouldNotBeMended) {
  sample::Page page = sample::falling_grid();
  page.record.data.ok = false;
  page.record.data.problems = {{"gap_filled", "2 bars missing after 2026-02-01T13Z, filled"}};
  EXPECT_THAT(render_page(page.inputs()), HasSubstr("notice quiet\" role=\"note\"><b>Market data"));
  page.record.data.problems.push_back({"misaligned", "1 bar off the hour"});
  EXPECT_THAT(render_page(page.inputs()),
              HasSubstr("notice failed\" role=\"note\"><b>Market data"));
}

TEST(RenderPage, TakesAMissingHalfLifeForAFinding) {
  sample::Page page = sample::falling_grid();
  page.record.errors = {{"metrics", "non_stationary", "ou_half_life on 1h: non_stationary"}};
  EXPECT_THAT(render_page(page.inputs()),
              HasSubstr("<b>Note</b> metrics: ou_half_life on 1h: non_stationary</div>"));
}

TEST(RenderPage, NamesWhatFailed) {
  sample::Page page = sample::falling_grid();
  page.record.errors = {{"account", "exchange.unreachable", "no answer in 10 s"}};
  page.record.config.fallback = true;
  const std::string html = render_page(page.inputs());
  EXPECT_THAT(html, HasSubstr("account: no answer in 10 s (exchange.unreachable)"));
  EXPECT_THAT(html, HasSubstr("the last valid one decided"));
}

TEST(RenderPage, ShowsUnknownsAsUnknown) {
  sample::Page page = sample::falling_grid();
  page.record.price = {};
  page.record.exit_state->break_probability_24h = {};
  page.record.position.reset();
  const std::string html = render_page(page.inputs());
  EXPECT_THAT(html, HasSubstr("<dt>Price</dt><dd>unknown"));
  EXPECT_THAT(html, HasSubstr("<dt>Break within 24 h</dt><dd>unknown"));
  EXPECT_THAT(html, HasSubstr("distance unknown"));
  EXPECT_THAT(html, Not(HasSubstr("nan")));
}

TEST(RenderPage, SaysNothingAboutKpisThatAreNotThere) {
  EXPECT_THAT(render_page(sample::falling_grid().inputs()), Not(HasSubstr("\"kpis\"")));
  EXPECT_THAT(render_page(sample::waiting_for_gates().inputs()),
              HasSubstr("\"kpis\":[[\"FER\",0.27,0.23,0.32,41,"));
}

TEST(RenderPage, AlignsColumnsToHoursAndKeepsHolesAsNull) {
  const std::string data = data_block(render_page(sample::falling_grid().inputs()));
  const std::size_t states = data.find("\"states\":\"") + 10;
  const std::string marks = data.substr(states, data.find('"', states) - states);
  ASSERT_EQ(marks.size(), static_cast<std::size_t>(kPageHours));
  EXPECT_EQ(marks.back(), '2');
  EXPECT_EQ(marks.substr(marks.size() - 54, 2), "--");  // 52 and 53 h ago have no record
  EXPECT_EQ(marks.front(), 'n');                        // before the grid's start
}

}  // namespace
}  // namespace gridexit::dashboard
