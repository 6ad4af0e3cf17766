#include "client/cli/placement_output.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <absl/strings/ascii.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/lookup_output.h"
#include "client/cli/tagged_text.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

using Lines = std::vector<std::string>;

// Whether anything was put into the proposal. Of a match across a third language the proposal is
// from another unit, so its own text is not known here.
bool IsChanged(const v1::Match& match) {
  const auto target = std::ranges::find(match.unit().variants(), match.target_language_code(),
                                        &v1::Variant::language_code);
  const auto is_same_tag = [](const v1::Tag& a, const v1::Tag& b) {
    return a.SerializeAsString() == b.SerializeAsString();
  };
  return match.has_bridge() || target == match.unit().variants().end() ||
         target->segment().text() != match.proposal().text() ||
         !std::ranges::equal(target->segment().tags(), match.proposal().tags(), is_same_tag);
}

// A number, currency or unit in one of the texts, or several that are one amount. Code points.
struct Amount {
  std::int32_t begin = 0;
  std::int32_t end = 0;
  bool has_number = false;
  std::int32_t first_left = -1;  // Where the first part begins that a person must put in; −1: none.
};

// The amounts of the query, or of the proposal, in order.
std::vector<Amount> AmountsOf(const v1::Match& match, const std::string& text, bool is_in_query) {
  std::vector<Amount> parts;
  for (const v1::Placement& placement : match.placements()) {
    const bool is_there =
        is_in_query ? placement.has_query_range() : placement.has_proposal_range();
    if (!is_there || placement.kind() != v1::Placement::KIND_NUMBER) {
      continue;
    }
    const v1::TextRange& range = is_in_query ? placement.query_range() : placement.proposal_range();
    const std::string_view part = SliceCodePoints(text, range.begin(), range.end());
    const bool is_left = placement.state() == v1::Placement::STATE_LEFT;
    parts.push_back({range.begin(), range.end(),
                     part.find_first_of("0123456789") != std::string_view::npos,
                     is_left ? range.begin() : -1});
  }
  std::ranges::sort(parts, {}, &Amount::begin);
  std::vector<Amount> amounts;
  for (const Amount& part : parts) {
    const std::string_view gap =
        amounts.empty() ? "-" : SliceCodePoints(text, amounts.back().end, part.begin);
    const bool is_near = gap.empty() || gap == " " || gap == "\u00A0";
    if (!is_near || (amounts.back().has_number && part.has_number)) {
      amounts.push_back(part);
      continue;
    }
    Amount& whole = amounts.back();
    whole.end = part.end;
    whole.has_number = whole.has_number || part.has_number;
    whole.first_left = whole.first_left < 0 ? part.first_left : whole.first_left;
  }
  return amounts;
}

// The code of the tag at a place, if it is the only one there.
std::string TagAt(const v1::Segment& segment, std::int32_t position) {
  const auto is_there = [position](const v1::Tag& tag) { return tag.position() == position; };
  const auto found = std::ranges::find_if(segment.tags(), is_there);
  const bool is_one = std::ranges::count_if(segment.tags(), is_there) == 1;
  return is_one ? TagText(*found) : WordFor(v1::Placement::KIND_TAG);
}

// One of the two texts that a match is shown with.
struct Side {
  const v1::Segment& segment;
  std::vector<Amount> amounts;
};

// Whether a text ends in an abbreviation of letters and dots but for its last dot, `6 a.m`.
bool LacksLastDot(std::string_view text) {
  const auto is_letter = [&text](std::size_t from_end) {
    return absl::ascii_isalpha(static_cast<unsigned char>(text[text.size() - from_end]));
  };
  return text.size() > 3 && is_letter(1) && text[text.size() - 2] == '.' && is_letter(3) &&
         !is_letter(4);
}

// What a placement is of, as people see it; nothing if it was told with another.
std::optional<std::string> PlacedText(const v1::Placement& placement, const Side& side) {
  v1::TextRange range =
      placement.has_query_range() ? placement.query_range() : placement.proposal_range();
  const v1::Segment& segment = side.segment;
  if (placement.kind() == v1::Placement::KIND_TAG) {
    return TagAt(segment, range.begin());
  }
  if (placement.kind() == v1::Placement::KIND_NUMBER &&
      placement.state() == v1::Placement::STATE_LEFT) {
    for (const Amount& amount : side.amounts) {
      if (amount.begin <= range.begin() && range.begin() < amount.end) {
        if (amount.first_left != range.begin()) {
          return std::nullopt;
        }
        range.set_begin(amount.begin);
        range.set_end(amount.end);
        break;
      }
    }
  }
  const std::string_view text = SliceCodePoints(segment.text(), range.begin(), range.end());
  const bool has_dot = SliceCodePoints(segment.text(), range.end(), range.end() + 1) == ".";
  return Visible(text) + (has_dot && LacksLastDot(text) ? "." : "");
}

}  // namespace

Lines PlacementLines(const v1::Match& match, const v1::Segment& query) {
  const Side in_query = {query, AmountsOf(match, query.text(), true)};
  const Side in_proposal = {match.proposal(), AmountsOf(match, match.proposal().text(), false)};
  Lines put_in;
  Lines take_out;
  Lines check;
  for (const v1::Placement& placement : match.placements()) {
    const std::optional<std::string> what =
        PlacedText(placement, placement.has_query_range() ? in_query : in_proposal);
    if (what && placement.state() == v1::Placement::STATE_LEFT) {
      (placement.has_query_range() ? put_in : take_out).push_back(*what);
    } else if (what && placement.state() == v1::Placement::STATE_CHECK_AGREEMENT) {
      check.push_back(*what);
    }
  }
  Lines lines;
  if (match.repaired_score() > match.score() && IsChanged(match)) {
    lines.push_back(fmt::format("{} as put here", PercentText(match.repaired_score())));
  }
  if (!put_in.empty()) {
    lines.push_back(fmt::format("put in: {}", fmt::join(put_in, ", ")));
  }
  if (!take_out.empty()) {
    lines.push_back(fmt::format("take out: {} (not in the text)", fmt::join(take_out, ", ")));
  }
  if (!check.empty()) {
    lines.push_back(fmt::format("check the words beside: {}", fmt::join(check, ", ")));
  }
  return lines;
}

}  // namespace sild::cli
