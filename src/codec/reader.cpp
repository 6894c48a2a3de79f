#include "reader.hpp"

#include <fmt/format.h>

#include <limits>

#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::codec {
namespace {

constexpr std::size_t kShownCharacters = 60;

// A scalar as an error shows it: short, and never what came from outside.
std::string shown(const Node& node) {
  if (!node.is_scalar()) return node.is_map() ? "a map" : "a list";
  const std::string_view text = node.shown.empty() ? node.text : node.shown;
  if (text.size() > kShownCharacters)
    return fmt::format("\"{}...\"", text.substr(0, kShownCharacters));
  const bool number = parse_number(text).has_value();
  return number && !node.quoted ? std::string(text) : fmt::format("\"{}\"", text);
}

std::string range_text(const About& about) {
  if (about.above && about.max) {
    return fmt::format("above {} and at most {}", format_number(*about.above),
                       format_number(*about.max));
  }
  if (about.above) return "above " + format_number(*about.above);
  if (about.min && about.max) {
    return fmt::format("between {} and {}", format_number(*about.min), format_number(*about.max));
  }
  if (about.min) return "at least " + format_number(*about.min);
  return "at most " + format_number(about.max.value_or(0));
}

}  // namespace

Node* Reader::find_next(std::string_view key) {
  auto& children = frame_.map->children;
  // Documents are written in the description's order, so the next key is nearly always the one
  // asked for.
  if (frame_.cursor < children.size() && children[frame_.cursor].key == key) {
    return &children[frame_.cursor++];
  }
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (children[i].key != key) continue;
    frame_.cursor = i + 1;
    return &children[i];
  }
  return nullptr;
}

Node* Reader::take(std::string_view key, const About& about, Absent absent) {
  names_.push_back(key);
  if (Node* node = find_next(key)) {
    node->taken = true;
    return node;
  }
  if (strictness_ == Strictness::settings && absent != Absent::keeps_default) {
    Node& added = tree_.member(*frame_.map, key);
    added.kind = absent == Absent::as_null ? Node::Kind::scalar : Node::Kind::map;
    added.taken = true;
    return &added;
  }
  const bool may_be_missing =
      strictness_ != Strictness::data || about.absent_when_unset || about.defaulted;
  if (about.required || !may_be_missing) report_at(*frame_.map, path_of(key), "is missing");
  return nullptr;
}

void Reader::check(bool holds, std::string_view key, std::string_view rule) {
  if (holds || problems_.size() > frame_.first_problem) return;
  const Node* node = frame_.map->find(key);
  const bool with_value = node != nullptr && node->is_scalar();
  report_at(node != nullptr ? *node : *frame_.map, path_of(key),
            with_value ? fmt::format("{} {}", shown(*node), rule) : std::string(rule));
}

void Reader::exactly_one(std::string_view a, bool has_a, std::string_view b, bool has_b) {
  check(has_a || has_b, a, fmt::format("is missing: set it or {}", b));
  check(!has_a || !has_b, b, fmt::format("must not be set together with {}", a));
}

bool Reader::begin_map(Node& node) {
  if (node.is_map()) return true;
  // An emptied section ("warning:") of a configuration file means its defaults.
  if (strictness_ == Strictness::settings && node.is_null()) {
    node.kind = Node::Kind::map;
    return true;
  }
  report(node, "must be a map of keys");
  return false;
}

bool Reader::begin_list(Node& node) {
  note_origin(node);
  if (node.is_list()) return true;
  report(node, "must be a list");
  return false;
}

bool Reader::is_missing(Node& node, const About& about) {
  if (!node.is_scalar()) {
    report(node, "must be a single value");
    return true;
  }
  if (!node.is_null()) {
    note_origin(node);
    return false;
  }
  if (strictness_ == Strictness::settings && !about.required) {
    if (!path_.empty()) origins_.insert_or_assign(path(), "default");
  } else {
    report_at(node, path(), "must not be null");
  }
  return true;
}

void Reader::read(Node& node, bool& value, const About& about) {
  if (is_missing(node, about)) return;
  if (!node.quoted && (node.text == "true" || node.text == "false")) {
    value = node.text == "true";
  } else {
    report(node, "must be true or false");
  }
}

bool Reader::in_range(const Node& node, double value, const About& about) {
  const bool outside = (about.min && value < *about.min) || (about.max && value > *about.max) ||
                       (about.above && value <= *about.above);
  if (outside) report(node, "must be " + range_text(about));
  return !outside;
}

void Reader::read(Node& node, int& value, const About& about) {
  if (is_missing(node, about)) return;
  const auto number = node.quoted ? std::nullopt : parse_integer(node.text);
  if (!number || *number > std::numeric_limits<int>::max() ||
      *number < std::numeric_limits<int>::min()) {
    report(node, "must be a whole number");
    return;
  }
  if (in_range(node, static_cast<double>(*number), about)) value = static_cast<int>(*number);
}

void Reader::read(Node& node, double& value, const About& about) {
  if (is_missing(node, about)) return;
  const auto number = node.quoted ? std::nullopt : parse_number(node.text);
  if (!number) {
    report(node, "must be a number");
    return;
  }
  if (in_range(node, *number, about)) value = *number;
}

void Reader::read(Node& node, std::string& value, const About& about) {
  if (is_missing(node, about)) return;
  const TextRule& rule = text_rule(about.text);
  if (strictness_ == Strictness::settings && has_credentials(node.text)) {
    report_at(node, path(), "is a URL with credentials: keep the user and password out of it");
  } else if (!rule.fits(node.text)) {
    report(node, rule.rule);
  } else {
    value = node.text;
  }
}

void Reader::read(Node& node, UtcTime& value, const About& about) {
  if (is_missing(node, about)) return;
  if (const auto time = parse_utc(node.text)) {
    value = *time;
  } else {
    report(node, "must be a UTC time like 2026-02-02T14:00:00Z");
  }
}

void Reader::read(Node& node, std::vector<std::pair<std::string, std::optional<double>>>& values,
                  const About&) {
  if (!begin_map(node)) return;
  values.clear();
  for (Node& child : node.children) {
    child.taken = true;
    const Step step(*this, child.key);
    std::optional<double> value;
    read(child, value, About{});
    values.emplace_back(std::string(child.key), value);
  }
}

std::optional<std::size_t> Reader::choose(Node& node, const std::string_view* names,
                                          std::size_t count, const About& about) {
  if (is_missing(node, about)) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == node.text) return i;
  }
  const std::vector<std::string> all(names, names + count);
  const auto meant = nearest(node.text, all);
  report(node, fmt::format("must be one of {}{}", join(all, ", "),
                           meant ? fmt::format("; did you mean {}?", *meant) : ""));
  return std::nullopt;
}

void Reader::report(const Node& node, std::string_view text) {
  report_at(node, path(), fmt::format("{} {}", shown(node), text));
}

void Reader::report_at(const Node& node, std::string path, std::string text) {
  problems_.push_back({where(node), std::move(path), std::move(text)});
}

void Reader::report_unknown() {
  for (const Node& child : frame_.map->children) {
    if (child.taken) continue;
    const std::vector<std::string> known(
        names_.begin() + static_cast<std::ptrdiff_t>(frame_.first_name), names_.end());
    const auto meant = nearest(child.key, known);
    std::string text = "is not a known key";
    if (meant) text += fmt::format("; did you mean {}?", *meant);
    if (strictness_ == Strictness::settings) {
      report_at(child, path_of(child.key), std::move(text));
    } else {
      warnings_.push_back(fmt::format("{}: {}: {}", where(child), path_of(child.key), text));
    }
  }
}

void Reader::note_default(std::string_view key) {
  if (strictness_ == Strictness::settings) origins_.emplace(path_of(key), "default");
}

void Reader::note_origin(const Node& node) {
  if (strictness_ != Strictness::settings) return;
  const bool is_default = node.line == 0 && node.origin.empty();
  origins_.insert_or_assign(path(), is_default ? "default" : where(node));
}

std::string Reader::where(const Node& node) const {
  if (!node.origin.empty()) return std::string(node.origin);
  return node.line > 0 ? fmt::format("{}:{}", file_, node.line) : std::string(file_);
}

std::string Reader::path() const {
  std::string text;
  for (const Segment& segment : path_) {
    if (segment.key.empty()) {
      text += fmt::format("[{}]", segment.index);
    } else {
      if (!text.empty()) text += '.';
      text += segment.key;
    }
  }
  return text;
}

std::string Reader::path_of(std::string_view key) const {
  const std::string parent = path();
  return parent.empty() ? std::string(key) : fmt::format("{}.{}", parent, key);
}

}  // namespace gridexit::codec
