// Merging what two runs appended to the same document. Works on the trees; the result goes through
// the document's type, so that its bytes are canonical and every rule still holds.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "by_type.hpp"
#include "gridexit/base/time.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"
#include "node.hpp"
#include "yaml_parse.hpp"

namespace gridexit::codec {
namespace {

// Entries that the remote has stay a prefix, so ours cannot be put before them, and their time is
// not ours to change: a person decides. Rebased by git, everything else of ours is kept.
constexpr std::string_view kRemedy =
    "two writers changed the same document: let one program at a time write to the repository. To "
    "go on with the remote's version: `git clone REMOTE mend && cd mend && git "
    "fetch REPO main && git rebase -X ours origin/main FETCH_HEAD && git push origin HEAD:main && "
    "git push --force REPO HEAD:main` (REPO: the full path of this repository); then record again "
    "what only this side had";

Error conflict(std::string_view path, std::string_view where, std::string_view what) {
  return Error{ErrorCode::conflict,
               fmt::format("{}: {}{}{}", path, where, where.empty() ? "" : ": ", what),
               std::string(kRemedy),
               {}};
}

// The time that an entry is ordered by; the epoch where it has none, which keeps the order of
// appending.
UtcTime time_of(const Node& entry) {
  for (const std::string_view key :
       {"timestamp", "at", "time", "from", "enabled", "disabled", "evaluated_at"}) {
    const Node* found = entry.find(key);
    if (found == nullptr) continue;
    if (const auto time = parse_utc(found->text)) return *time;
  }
  return UtcTime{};
}

// The same entry. Follow-ups of one horizon are the same whoever made them: there is one of each.
bool same_entry(const Node& a, const Node& b) {
  const Node* horizon = a.find("horizon");
  const Node* other = b.find("horizon");
  return same(a, b) || (horizon != nullptr && other != nullptr && horizon->text == other->text);
}

class Merger {
 public:
  Merger(Tree& tree, std::string_view path) : tree_(tree), path_(path) {}

  // Changes `theirs` into the merged node. `base` is null where both sides are new.
  Result<void> merge(const Node* base, const Node& ours, Node& theirs, const std::string& where) {
    if (same(ours, theirs) || (base != nullptr && same(*base, ours))) return {};
    if (base != nullptr && same(*base, theirs)) return adopt(*base, ours, theirs, where);
    if (ours.is_list() && theirs.is_list()) return append(base, ours, theirs, where);
    if (ours.is_map() && theirs.is_map()) return members(base, ours, theirs, where);
    return conflict(path_, where, "was changed on both sides");
  }

 private:
  // Only we changed it: our value, which still may only have been appended to.
  Result<void> adopt(const Node& base, const Node& ours, Node& theirs, const std::string& where) {
    if (ours.is_list() && base.is_list()) return append(&base, ours, theirs, where);
    if (ours.is_map() && base.is_map()) return members(&base, ours, theirs, where);
    if (!base.is_null())
      return conflict(path_, where, "was changed, but only additions are allowed");
    const std::string_view key = theirs.key;
    theirs = tree_.copy(ours);
    theirs.key = key;
    return {};
  }

  Result<void> members(const Node* base, const Node& ours, Node& theirs, const std::string& where) {
    for (const Node& member : ours.children) {
      const std::string path =
          where.empty() ? std::string(member.key) : fmt::format("{}.{}", where, member.key);
      const Node* before = base == nullptr ? nullptr : base->find(member.key);
      if (Node* other = theirs.find(member.key)) {
        GX_CHECK(merge(before, member, *other, path));
      } else if (before == nullptr) {
        theirs.children.push_back(tree_.copy(member));
      } else {
        return conflict(path_, path, "was removed");
      }
    }
    return {};
  }

  Result<void> append(const Node* base, const Node& ours, Node& theirs, const std::string& where) {
    const std::size_t shared = base == nullptr ? 0 : base->children.size();
    for (const Node* side : {&ours, static_cast<const Node*>(&theirs)}) {
      const bool keeps = side->children.size() >= shared &&
                         (shared == 0 || std::equal(base->children.begin(), base->children.end(),
                                                    side->children.begin(), same));
      if (!keeps) return conflict(path_, where, "had an entry changed or removed");
    }
    std::vector<const Node*> added;
    for (std::size_t i = shared; i < ours.children.size(); ++i) {
      const Node& entry = ours.children[i];
      const bool known =
          std::any_of(theirs.children.begin(), theirs.children.end(),
                      [&entry](const Node& other) { return same_entry(entry, other); });
      if (!known) added.push_back(&entry);
    }
    std::stable_sort(added.begin(), added.end(),
                     [](const Node* a, const Node* b) { return time_of(*a) < time_of(*b); });
    for (const Node* entry : added) theirs.children.push_back(tree_.copy(*entry));
    return {};
  }

  Tree& tree_;
  std::string_view path_;
};

template <class Document>
Result<std::string> merge_document(std::string_view path, std::string_view base,
                                   std::string_view ours, std::string_view theirs) {
  GX_TRY(Tree merged, parse_yaml(theirs, path, ErrorCode::document_invalid));
  GX_TRY(const Tree own, parse_yaml(ours, path, ErrorCode::document_invalid));
  GX_TRY(const Tree before, parse_yaml(base, path, ErrorCode::document_invalid));
  const Node* start = base.empty() ? nullptr : &before.root();
  GX_CHECK(Merger(merged, path).merge(start, own.root(), merged.root(), ""));
  auto document = read_tree<Document>(std::move(merged), path);
  if (!document) {
    return conflict(
        path, "", "the additions of both sides contradict each other: " + document.error().message);
  }
  // Writing would drop what this program does not know.
  if (!document->warnings.empty()) return conflict(path, "", document->warnings.front());
  if (document->migrated) return conflict(path, "", "is of version 1.0, which is never written");
  return write(document->document);
}

// The rows of both, theirs where both have one of the same time.
CandleSeries merge_rows(CandleView ours, CandleView theirs) {
  CandleSeries merged;
  merged.reserve(ours.size() + theirs.size());
  std::size_t i = 0;
  for (std::size_t j = 0; j < theirs.size(); ++j) {
    for (; i < ours.size() && ours.time[i] < theirs.time[j]; ++i) merged.push_back(ours.at(i));
    if (i < ours.size() && ours.time[i] == theirs.time[j]) ++i;
    merged.push_back(theirs.at(j));
  }
  for (; i < ours.size(); ++i) merged.push_back(ours.at(i));
  return merged;
}

Result<std::string> merge_raw_day(std::string_view path, std::string_view, std::string_view ours,
                                  std::string_view theirs) {
  GX_TRY(const Read<RawDay> own, read<RawDay>(ours, path));
  GX_TRY(Read<RawDay> merged, read<RawDay>(theirs, path));
  RawDay& day = merged.document;
  if (own.document.symbol != day.symbol || own.document.date != day.date ||
      own.document.source != day.source) {
    return conflict(path, "", "the two sides hold candles of another symbol, day or source");
  }
  day.h1 = merge_rows(own.document.h1.view(), day.h1.view());
  day.m15 = merge_rows(own.document.m15.view(), day.m15.view());
  day.m1 = merge_rows(own.document.m1.view(), day.m1.view());
  return write(day);
}

// Pages follow from the records and are made again: ours stands.
Result<std::string> keep_ours(std::string_view, std::string_view, std::string_view ours,
                              std::string_view) {
  return std::string(ours);
}

// A day's figures are written once, and whoever pushed first has written them.
Result<std::string> keep_theirs(std::string_view, std::string_view, std::string_view,
                                std::string_view theirs) {
  return std::string(theirs);
}

struct Rule {
  std::string_view prefix;
  std::string_view ending;
  Result<std::string> (*merge)(std::string_view, std::string_view, std::string_view,
                               std::string_view);
};

constexpr std::array<Rule, 7> kRules{{
    {"grids/", ".yaml", merge_document<Grid>},
    {"decisions/", ".yaml", merge_document<DecisionRecord>},
    {"exit_states/", ".yaml", merge_document<ExitStateDay>},
    {"metrics/", ".failed.yaml", merge_document<FailedHour>},
    {"raw_data/", ".json", merge_raw_day},
    {"dashboards/", "", keep_ours},
    {"kpis/", "", keep_theirs},
}};

}  // namespace

Result<std::string> merge_appended(std::string_view path, std::string_view base,
                                   std::string_view ours, std::string_view theirs) {
  if (ours == theirs || base == ours) return std::string(theirs);
  if (base == theirs) return std::string(ours);
  for (const Rule& rule : kRules) {
    if (path.starts_with(rule.prefix) && path.ends_with(rule.ending))
      return rule.merge(path, base, ours, theirs);
  }
  return conflict(path, "", "was written by both sides and must never change");
}

}  // namespace gridexit::codec
