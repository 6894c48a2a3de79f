#pragma once
// The KPIs as people and documents know them: names, targets (STRATEGY.md section 8) and what may
// be said of a figure. Below 10 cases nothing is said; a target that the interval does not confirm
// is not proven.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/kpi/compute.hpp"

namespace gridexit::kpi {

/// Below this many cases a share is an anecdote.
inline constexpr int kEnoughCases = 10;

struct Description {
  std::string_view name;   ///< "fer", in documents
  std::string_view label;  ///< "FER    false exits", for people
  Figure Kpis::*figure;
  int decimals = 2;
  std::optional<double> at_least{};
  std::optional<double> at_most{};
  std::optional<double> below{};
  std::string_view none{};  ///< why there may be no case yet
};

/// In the order of section 8.
std::span<const Description> descriptions();
/// That of a name; null for any other text.
const Description* description_of(std::string_view name);

/// ">= 0.90"; empty without a target.
std::string target_text(const Description& kpi);

/// "met", "missed, not proven", "not enough data"; empty without a target.
std::string verdict(const Description& kpi, const Figure& figure);

/// The figures as a document has them.
std::vector<KpiFigure> figures(const Kpis& kpis);

}  // namespace gridexit::kpi
