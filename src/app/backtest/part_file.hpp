#pragma once
// The words of a part's file that its writer and its reader share.

namespace gridexit::app::part_file {

inline constexpr const char* kFormat = "gridexit backtest part";
inline constexpr int kVersion = 1;
inline constexpr const char* kCompared = "comparison";
inline constexpr const char* kSwept = "sweep";
inline constexpr const char* kWalked = "walk_forward";

}  // namespace gridexit::app::part_file
