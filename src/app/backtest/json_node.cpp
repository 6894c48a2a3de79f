#include "app/backtest/json_node.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

namespace gridexit::app {
namespace {

using Json = nlohmann::json;

const Json kNothing;

std::optional<double> finite(const Json& value) {
  if (!value.is_number()) return std::nullopt;
  const auto number = value.get<double>();
  return std::isfinite(number) ? std::optional{number} : std::nullopt;
}

}  // namespace

void JsonNode::refuse(const std::string& what) const {
  if (problem_->empty()) *problem_ = fmt::format("{} is {}", path_.empty() ? "it" : path_, what);
}

JsonNode JsonNode::at(const char* key) const {
  const std::string path = path_.empty() ? key : path_ + "." + key;
  const auto found = value_->is_object() ? value_->find(key) : value_->end();
  if (value_->is_object() && found != value_->end()) return {*found, path, *problem_};
  JsonNode missing{kNothing, path, *problem_};
  missing.refuse("missing");
  return missing;
}

std::vector<JsonNode> JsonNode::items() const {
  std::vector<JsonNode> nodes;
  if (!value_->is_array()) {
    refuse("no list");
    return nodes;
  }
  nodes.reserve(value_->size());
  for (std::size_t i = 0; i < value_->size(); ++i)
    nodes.push_back({(*value_)[i], fmt::format("{}[{}]", path_, i), *problem_});
  return nodes;
}

double JsonNode::number() const {
  const auto number = finite(*value_);
  if (!number) refuse("no number");
  return number.value_or(0);
}

std::optional<double> JsonNode::maybe_number() const {
  return is_null() ? std::nullopt : std::optional{number()};
}

std::vector<double> JsonNode::numbers() const {
  std::vector<double> list;
  if (!value_->is_array()) {
    refuse("no list");
    return list;
  }
  list.reserve(value_->size());
  for (const Json& each : *value_) {
    const auto number = finite(each);
    if (!number) refuse("no list of numbers");
    list.push_back(number.value_or(0));
  }
  return list;
}

int JsonNode::integer(int least, int most) const {
  const bool fits = value_->is_number_integer() && *value_ >= std::int64_t{least} &&
                    *value_ <= std::int64_t{most};
  if (!fits) refuse(fmt::format("no whole number from {} to {}", least, most));
  return fits ? value_->get<int>() : least;
}

std::optional<int> JsonNode::maybe_integer(int least, int most) const {
  return is_null() ? std::nullopt : std::optional{integer(least, most)};
}

bool JsonNode::flag() const {
  if (!value_->is_boolean()) refuse("neither true nor false");
  return value_->is_boolean() && value_->get<bool>();
}

std::string JsonNode::text() const {
  if (!value_->is_string()) refuse("no text");
  return value_->is_string() ? value_->get<std::string>() : std::string();
}

UtcTime JsonNode::time() const {
  const auto time = parse_utc(text());
  if (!time) refuse("no UTC time");
  return time.value_or(UtcTime{});
}

}  // namespace gridexit::app
