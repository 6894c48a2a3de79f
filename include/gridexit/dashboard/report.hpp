#pragma once
// The page of a backtest: one file with everything inside, in the look of the hourly pages. What it
// shows is one JSON block, made by whoever made the report; the figures that matter most stand in
// the page itself and need no script.

#include <string>
#include <vector>

namespace gridexit::dashboard {

struct ReportFact {
  std::string name;
  std::string value;
  std::string note;
};

struct ReportPage {
  std::string title;
  std::string heading;
  std::string verdict;            ///< in one sentence
  std::vector<std::string> lead;  ///< what was replayed, and how far to trust it
  std::vector<ReportFact> facts;
  bool simulated = false;  ///< puts the SIMULATED DATA banner on top
  std::string provenance;  ///< engine and source, for the foot
  std::string data;        ///< JSON; dashboards/js/report.js says which keys it reads
};

/// No address is named in it, and its policy allows none.
std::string render_report(const ReportPage& page);

}  // namespace gridexit::dashboard
