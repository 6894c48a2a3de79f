#pragma once
// A JSON value with the place where it stands. What does not fit gives a harmless value and is
// remembered: the first such place is why a file is refused, and reading needs no check in between.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/time.hpp"

namespace gridexit::app {

class JsonNode {
 public:
  /// `problem` stays empty as long as everything fits. Both must outlive the node.
  JsonNode(const nlohmann::json& value, std::string path, std::string& problem)
      : value_(&value), path_(std::move(path)), problem_(&problem) {}

  JsonNode at(const char* key) const;
  /// The elements of an array.
  std::vector<JsonNode> items() const;
  bool is_null() const { return value_->is_null(); }

  double number() const;  ///< finite
  std::optional<double> maybe_number() const;
  std::vector<double> numbers() const;
  int integer(int least, int most) const;
  std::optional<int> maybe_integer(int least, int most) const;
  bool flag() const;
  std::string text() const;
  UtcTime time() const;

  /// Remembers that this place is not what it should be.
  void refuse(const std::string& what) const;

 private:
  const nlohmann::json* value_;
  std::string path_;
  std::string* problem_;
};

}  // namespace gridexit::app
