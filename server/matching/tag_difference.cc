#include "server/matching/tag_difference.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "server/text/normalize.h"

namespace sild::matching {
namespace {

using text::Token;
using text::TokenizedText;

// `<a href="x">` without what an attribute's value is; other codes as they are.
std::string WithoutAttributeValues(std::string_view code) {
  if (!code.starts_with('<')) {
    return std::string(code);
  }
  std::string result;
  for (std::size_t at = 0; at < code.size();) {
    result += code[at];
    if (code[at++] != '=' || at == code.size()) {
      continue;
    }
    const char quote = code[at];
    const bool is_quoted = quote == '"' || quote == '\'';
    const std::size_t end =
        is_quoted ? code.find(quote, at + 1) : code.find_first_of(" \t\r\n>", at);
    at = end == std::string_view::npos ? code.size() : end + (is_quoted ? 1 : 0);
  }
  return result;
}

// The tags of one segment, with what they are compared by.
struct Side {
  const Segment& segment;
  const TokenizedText& text;
  std::vector<std::string> codes;

  Side(const Segment& of, const TokenizedText& tokenized) : segment(of), text(tokenized) {
    for (const Tag& tag : segment.tags) {
      codes.push_back(WithoutAttributeValues(tag.data));
    }
  }
};

bool AreCounterparts(const Side& a, std::size_t i, const Side& b, std::size_t j) {
  const Tag& left = a.segment.tags[i];
  const Tag& right = b.segment.tags[j];
  if (left.kind != right.kind) {
    return false;
  }
  const bool have_types = !left.type.empty() && !right.type.empty();
  return have_types ? left.type == right.type : a.codes[i] == b.codes[j];
}

// The folded token that ends last at or before the place, and the one that begins first at or after
// it; inside a token both are that token. Empty at the ends of the text.
struct Place {
  std::string_view before;
  std::string_view after;
};

Place PlaceOf(const Side& side, std::uint32_t position) {
  const auto& tokens = side.text.tokens;
  const auto after = std::find_if(tokens.begin(), tokens.end(), [position](const Token& token) {
    return token.range.end > position;
  });
  Place place;
  if (after != tokens.end()) {
    place.after = side.text.Folded(*after);
    if (after->range.begin < position) {
      return {place.after, place.after};
    }
  }
  if (after != tokens.begin()) {
    place.before = side.text.Folded(*std::prev(after));
  }
  return place;
}

bool AreInOnePlace(const Side& a, std::size_t i, const Side& b, std::size_t j) {
  const std::uint32_t left = a.segment.tags[i].position;
  const std::uint32_t right = b.segment.tags[j].position;
  if (a.text.normal == b.text.normal) {
    return text::NormalizedText(a.segment.text).FromOriginal(left) ==
           text::NormalizedText(b.segment.text).FromOriginal(right);
  }
  const Place first = PlaceOf(a, left);
  const Place second = PlaceOf(b, right);
  return first.before == second.before || first.after == second.after;
}

}  // namespace

std::int32_t TagDifference(const Segment& query, const TokenizedText& query_text,
                           const Segment& stored, const TokenizedText& stored_text) {
  const auto more = std::abs(static_cast<std::int32_t>(query.tags.size()) -
                             static_cast<std::int32_t>(stored.tags.size()));
  if (more * kUnmatchedTagTenths >= kMaxTagTenths) {
    return kMaxTagTenths;
  }
  if (query.tags.empty() && stored.tags.empty()) {
    return 0;
  }
  const Side a(query, query_text);
  const Side b(stored, stored_text);
  std::vector<bool> is_taken(stored.tags.size());
  std::int32_t tenths = 0;
  std::int32_t paired = 0;
  for (std::size_t i = 0; i < query.tags.size() && tenths < kMaxTagTenths; ++i) {
    std::size_t j = 0;
    while (j < stored.tags.size() && (is_taken[j] || !AreCounterparts(a, i, b, j))) {
      ++j;
    }
    if (j == stored.tags.size()) {
      tenths += kUnmatchedTagTenths;
      continue;
    }
    is_taken[j] = true;
    ++paired;
    tenths += AreInOnePlace(a, i, b, j) ? 0 : kMovedTagTenths;
  }
  const auto left_over = static_cast<std::int32_t>(stored.tags.size()) - paired;
  return std::min(tenths + left_over * kUnmatchedTagTenths, kMaxTagTenths);
}

}  // namespace sild::matching
