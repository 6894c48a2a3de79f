#pragma once
// Reading reference values and comparing with them: 1e-9 relative, 1e-12 absolute (STRATEGY.md).
// Cases on synthetic bars lie in tests/golden/data; those on real candles are read from the shared
// folder when it is there.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "support/source_tree.hpp"

namespace gridexit::golden {

using Json = nlohmann::json;

inline std::filesystem::path own_file(const std::string& name) {
  return testing_support::source_file("tests/golden/data/" + name);
}

inline std::filesystem::path shared_file(const std::string& name) {
  return testing_support::shared_file("golden/" + name);
}

inline Json load(const std::filesystem::path& path) {
  std::ifstream file(path);
  return Json::parse(file);
}

/// A number, or the texts "nan", "inf" and "-inf" that stand for what JSON can not hold.
inline double number(const Json& value) {
  if (value.is_number()) return value.get<double>();
  const auto text = value.get<std::string>();
  if (text == "inf") return std::numeric_limits<double>::infinity();
  if (text == "-inf") return -std::numeric_limits<double>::infinity();
  return std::numeric_limits<double>::quiet_NaN();
}

/// A finite number; none for null and for what is not finite.
inline std::optional<double> finite(const Json& value) {
  if (value.is_null() || !std::isfinite(number(value))) return std::nullopt;
  return number(value);
}

inline void expect_near(std::optional<double> actual, const Json& expected,
                        const std::string& what) {
  if (expected.is_null()) {
    EXPECT_FALSE(actual.has_value()) << what << " is " << actual.value_or(0);
    return;
  }
  const double value = expected.get<double>();
  ASSERT_TRUE(actual.has_value()) << what << " is unknown, expected " << value;
  EXPECT_NEAR(*actual, value, std::max(1e-12, 1e-9 * std::fabs(value))) << what;
}

}  // namespace gridexit::golden
