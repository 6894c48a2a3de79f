#pragma once
// Where each document lives in the data repository (SPEC.md section 5). One function per kind, used
// by all.

#include <optional>
#include <string>
#include <string_view>

#include "gridexit/base/time.hpp"

namespace gridexit::paths {

std::string metrics(std::string_view symbol,
                    UtcTime at);  ///< metrics/ETH-USDT/2026/02/02/2026-02-02-14.yaml
std::string failed_hour(std::string_view symbol, UtcTime at);  ///< same, .failed.yaml
std::string metrics_day_folder(std::string_view symbol, UtcTime day);
std::string metrics_folder(std::string_view symbol);  ///< metrics/ETH-USDT
std::string decision(std::string_view symbol,
                     UtcTime at);  ///< decisions/2026/02/02/dec-ETH-USDT-140000.yaml
std::string decision_day_folder(UtcTime day);
std::string exit_states(std::string_view symbol,
                        UtcTime day);  ///< exit_states/ETH-USDT/2026/02/2026-02-02.yaml
std::string raw_data(std::string_view symbol,
                     UtcTime day);           ///< raw_data/ETH-USDT/2026/02/2026-02-02.json
std::string kpi(UtcTime day);                ///< kpis/2026/2026-02-02.yaml
std::string kpi_folder(UtcTime day);         ///< kpis/2026
std::string grid(std::string_view grid_id);  ///< grids/eth-grid-1.yaml
std::string page(std::string_view symbol,
                 UtcTime at);  ///< dashboards/ETH-USDT/…/2026-02-02-14.html
inline constexpr std::string_view kGridFolder = "grids";
inline constexpr std::string_view kIndexPage = "dashboards/index.html";
inline constexpr std::string_view kAssetFolder = "dashboards/assets";
inline constexpr std::string_view kEnvironmentFile = "config/environment.yaml";
inline constexpr std::string_view kRulesFile = "config/exit_strategy_config.yaml";

std::string decision_id(std::string_view symbol, UtcTime at);  ///< dec-ETH-USDT-20260202T140000Z
/// When a decision was made and where it lies, from its id; none when the id is malformed.
std::optional<UtcTime> time_of_decision(std::string_view decision_id);
std::optional<std::string> decision_from_id(std::string_view decision_id);

/// Where the flat layout of version 1.0 had what is at this path now, a document or a decision's
/// folder: metrics/ETH-USDT/2026-02-02-14.yaml, decisions/2026-02-02/dec-ETH-USDT-140000.yaml. It
/// is read, never written: what goes on is written at the present path, where it begins with what
/// the flat document held. The path itself where the layouts do not differ.
std::string flat(std::string_view path);
/// The other way round: where a document of either layout is written now.
std::string dated(std::string_view path);

/// The hour of a metrics file's name ("2026-02-02-14.yaml"); none for any other name.
std::optional<UtcTime> hour_of_metrics_name(std::string_view name);

}  // namespace gridexit::paths
