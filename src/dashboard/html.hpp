#pragma once
// Text that becomes markup. Whatever comes from data passes `escape` (or `escape_json`) on its way
// into a page, and templates are filled in one pass, so that inserted text is never looked at
// again.

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "gridexit/base/time.hpp"

namespace gridexit::dashboard {

/// Text as element content or quoted attribute value.
std::string escape(std::string_view text);

/// JSON as content of a script element: no "<" is left, so nothing can end the element or open a
/// comment.
std::string escape_json(std::string_view json);

/// Placeholder name and its replacement, which is markup already.
using Slot = std::pair<std::string_view, std::string>;

/// The template with every {{name}} replaced. A placeholder without a slot is a bug of ours and
/// becomes empty.
std::string fill(std::string_view page_template, std::span<const Slot> slots);

/// "2026-02-02 14:00 UTC".
std::string readable(UtcTime time);

}  // namespace gridexit::dashboard
