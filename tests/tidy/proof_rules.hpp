#pragma once
// The rule of documents that promise proof: each row of a table whose last column is "proven by"
// names tests, and they exist.

#include <set>
#include <string>
#include <vector>

#include "source_tree.hpp"

namespace gridexit::tidy {

/// Every test of the project: "Suite.Name", "theme: test_name" for tests/e2e/theme_test.py, and
/// "fuzz.name" for name_fuzz.cpp of tests/fuzz.
std::set<std::string> test_names(const std::vector<SourceFile>& files);

/// Rows that name no test, and tests that don't exist.
std::vector<std::string> proof_problems(const SourceFile& document,
                                        const std::set<std::string>& tests);

}  // namespace gridexit::tidy
