// Secrets: only ever a reference to a variable in the file, only ever resolved by what the caller
// passed in.
#include "reader.hpp"
#include "variables.hpp"

#include <fmt/format.h>

namespace gridexit::codec {

void Reader::read(Node& node, Secret& value, const About& about) {
  if (!node.is_scalar()) {
    report_at(node, path(), fmt::format("must be \"${{{}}}\" or empty", about.variable));
    return;
  }
  if (!node.origin.empty()) {
    value = Secret(std::string(node.text));
    note_origin(node);
    return;
  }
  if (node.text.empty() && node.quoted) {
    note_origin(node);
    return;
  }
  const auto name = node.is_null() ? std::optional(about.variable) : whole_variable(node.text);
  if (!name) {
    report_at(
        node, path(),
        fmt::format("holds a secret: write \"${{{0}}}\" here and set the environment variable "
                    "{0}, or {0}_FILE to the path of a file that holds it",
                    about.variable));
    return;
  }
  resolve(node, *name, value, about);
}

// A channel without its secret is a lesser evil than a run without a configuration: what is wrong
// with a secret's value is a warning, and the secret stays empty.
void Reader::resolve(const Node& node, std::string_view name, Secret& value, const About& about) {
  note_origin(node);
  if (secrets_ == nullptr || !*secrets_) return;
  auto found = (*secrets_)(name);
  if (!found) {
    warnings_.push_back(fmt::format("{}: is not configured: {}", path(), found.error().text()));
  } else if (*found && !text_rule(about.text).fits((*found)->value)) {
    warnings_.push_back(fmt::format("{}: is not configured: what {} holds {}", path(),
                                    (*found)->origin, text_rule(about.text).rule));
  } else if (*found) {
    value = Secret((*found)->value);
    origins_.insert_or_assign(path(), (*found)->origin);
  }
}

}  // namespace gridexit::codec
