#include "server/matching/amounts.h"

#include <map>
#include <string_view>
#include <utility>

#include "server/matching/joined_sets.h"
#include "server/text/placeables.h"

namespace sild::matching {
namespace {

using text::Placeable;
using text::PlaceableKind;

bool IsName(const Placeable& placeable) {
  return placeable.kind() == PlaceableKind::kCurrency || placeable.kind() == PlaceableKind::kUnit;
}

bool IsNumber(const Placeable& placeable) { return placeable.kind() == PlaceableKind::kNumber; }

bool HasMagnitude(const Placeable& placeable) {
  return IsNumber(placeable) && placeable.readings.front().magnitude.power != 0;
}

// Whether nothing but a space, hyphen or the full stop of `mln.` stands between.
bool IsNear(std::string_view gap) {
  constexpr std::size_t kMostBytes = 4;
  return gap.size() <= kMostBytes && (gap.find_first_not_of(" .-") == std::string_view::npos ||
                                      gap == "\u00A0" || gap == ".\u00A0" || gap == "\u202F");
}

// Whether a range may go on over what stands between: `to`, and Estonian `3 miljardilt 5`.
bool JoinsEnds(std::string_view gap) {
  if (IsNear(gap) || text::JoinsRange(gap)) {
    return true;
  }
  if (gap.size() < 4 || gap.front() != ' ' || gap.back() != ' ') {
    return false;
  }
  const std::string_view word = gap.substr(1, gap.size() - 2);
  return word.find_first_of(" .,;:()") == std::string_view::npos &&
         (word.ends_with("lt") || word.ends_with("st"));
}

// Whether a placeable and the next are parts of one amount, or of a range.
bool GoesOn(const SegmentPlaceables& of, std::size_t first) {
  const Placeable& a = of.placeables[first];
  const Placeable& b = of.placeables[first + 1];
  if (b.range.begin < a.whole.end) {
    return false;
  }
  const std::string_view gap =
      std::string_view(of.segment.text).substr(a.whole.end, b.range.begin - a.whole.end);
  if (IsNumber(a)) {
    return IsNumber(b) ? JoinsEnds(gap) : IsName(b) && (IsNear(gap) || text::JoinsRange(gap));
  }
  const bool is_sign = a.kind() == PlaceableKind::kCurrency && !a.readings.front().is_word;
  return is_sign && IsNumber(b) && IsNear(gap);
}

}  // namespace

std::vector<SharedAmount> FindSharedAmounts(
    const SegmentPlaceables& query, const SegmentPlaceables& source,
    const SegmentPlaceables& target, std::span<const std::optional<std::size_t>> query_of_source,
    std::span<const ValueGroup> groups) {
  const std::size_t source_begin = query.placeables.size();
  const std::size_t target_begin = source_begin + source.placeables.size();
  JoinedSets sets(target_begin + target.placeables.size());
  for (std::size_t i = 0; i < query_of_source.size(); ++i) {
    if (query_of_source[i]) {
      sets.Join(source_begin + i, *query_of_source[i]);
    }
  }
  for (const ValueGroup& group : groups) {
    const std::size_t first =
        group.source.empty() ? target_begin + group.target.front() : source_begin + group.source[0];
    for (const std::size_t i : group.source) {
      sets.Join(source_begin + i, first);
    }
    for (const std::size_t i : group.target) {
      sets.Join(target_begin + i, first);
    }
  }
  std::vector<std::size_t> joints;  // The first of two parts.
  for (const auto& [begin, of] :
       {std::pair(std::size_t{0}, &query), std::pair(source_begin, &source),
        std::pair(target_begin, &target)}) {
    for (std::size_t i = 0; i + 1 < of->placeables.size(); ++i) {
      if (GoesOn(*of, i)) {
        sets.Join(begin + i, begin + i + 1);
        joints.push_back(begin + i);
      }
    }
  }
  std::map<std::size_t, SharedAmount> by_root;
  std::map<std::size_t, bool> is_plain;  // Numbers alone share nothing.
  for (const std::size_t joint : joints) {
    is_plain[sets.Root(joint)] = true;
  }
  const auto at = [&](std::size_t i) -> const Placeable& {
    return i < source_begin   ? query.placeables[i]
           : i < target_begin ? source.placeables[i - source_begin]
                              : target.placeables[i - target_begin];
  };
  for (std::size_t i = 0; i < target_begin + target.placeables.size(); ++i) {
    const auto found = is_plain.find(sets.Root(i));
    if (found == is_plain.end()) {
      continue;
    }
    found->second = found->second && !IsName(at(i)) && !HasMagnitude(at(i));
    if (i < source_begin) {
      by_root[found->first].query.push_back(i);
    } else if (i >= target_begin) {
      by_root[found->first].target.push_back(i - target_begin);
    }
  }
  std::vector<SharedAmount> amounts;
  for (auto& [root, amount] : by_root) {
    if (!is_plain[root]) {
      amounts.push_back(std::move(amount));
    }
  }
  return amounts;
}

}  // namespace sild::matching
