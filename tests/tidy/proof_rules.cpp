#include "proof_rules.hpp"

#include <optional>
#include <string_view>

#include "gridexit/base/text.hpp"

namespace gridexit::tidy {
namespace {

constexpr std::string_view kE2e = "tests/e2e/";
constexpr std::string_view kTheme = "_test.py";
constexpr std::string_view kFuzz = "_fuzz.cpp";

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view name_at_start(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_name(text[length])) ++length;
  return text.substr(0, length);
}

// The two arguments of TEST(…, TEST_F(… and TEST_P(…, which may stand on two lines.
void add_cpp_tests(std::string_view text, std::set<std::string>& names) {
  for (const std::string_view macro : {"\nTEST(", "\nTEST_F(", "\nTEST_P("}) {
    for (auto at = text.find(macro); at != std::string_view::npos; at = text.find(macro, at + 1)) {
      const std::string_view arguments = text.substr(at + macro.size());
      const std::size_t comma = arguments.find(',');
      if (comma == std::string_view::npos) continue;
      const std::string_view suite = trim(arguments.substr(0, comma));
      const std::size_t second = arguments.find_first_not_of(" \n", comma + 1);
      if (second == std::string_view::npos) continue;
      names.insert(std::string(suite) + "." + std::string(name_at_start(arguments.substr(second))));
    }
  }
}

void add_python_tests(const SourceFile& file, std::set<std::string>& names) {
  constexpr std::string_view kDefinition = "def test_";
  std::string theme = file.path.substr(kE2e.size());
  theme.resize(theme.size() - kTheme.size());
  for (const std::string_view line : lines_of(file.text)) {
    const std::string_view code = trim(line);
    if (!code.starts_with(kDefinition)) continue;
    names.insert(theme + ": " + std::string(name_at_start(code.substr(4))));
  }
}

// The last cell of a table's row; nothing on other lines.
std::optional<std::string_view> last_cell(std::string_view line) {
  line = trim(line);
  if (line.size() < 2 || line.front() != '|' || line.back() != '|') return std::nullopt;
  line.remove_suffix(1);
  return trim(line.substr(line.rfind('|') + 1));
}

}  // namespace

std::set<std::string> test_names(const std::vector<SourceFile>& files) {
  std::set<std::string> names;
  for (const SourceFile& file : files) {
    if (is_in(file.path, "tests", {".cpp"})) add_cpp_tests(file.text, names);
    if (is_in(file.path, "tests/e2e", {kTheme})) add_python_tests(file, names);
    if (is_in(file.path, "tests/fuzz", {kFuzz})) {
      const std::string name = file.path.substr(file.path.rfind('/') + 1);
      names.insert("fuzz." + name.substr(0, name.size() - kFuzz.size()));
    }
  }
  return names;
}

std::vector<std::string> proof_problems(const SourceFile& document,
                                        const std::set<std::string>& tests) {
  std::vector<std::string> problems;
  bool promises = false;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(document.text)) {
    ++number;
    const auto cell = last_cell(line);
    const bool is_head = cell == "proven by";
    promises = cell && (promises || is_head);
    if (!promises || is_head || cell->starts_with("---")) continue;
    const std::string place = document.path + ":" + std::to_string(number) + ": ";
    const auto parts = split(*cell, '`');
    if (parts.size() < 3) problems.push_back(place + "the row names no test");
    for (std::size_t i = 1; i < parts.size(); i += 2) {
      if (tests.contains(std::string(parts[i]))) continue;
      problems.push_back(place + std::string(parts[i]) + " is no test");
    }
  }
  return problems;
}

}  // namespace gridexit::tidy
