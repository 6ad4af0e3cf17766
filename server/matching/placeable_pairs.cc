#include "server/matching/placeable_pairs.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "server/matching/score.h"
#include "server/matching/token_aligner.h"
#include "server/text/normalize.h"
#include "server/text/tokens.h"

namespace sild::matching {
namespace {

using text::Token;
using text::TokenClass;
using text::TokenizedText;

// A placeable or tag by its index.
struct Item {
  bool is_tag = false;
  std::size_t index = 0;
};

// A text with a token for each placeable, and for each tag if wanted; those of one kind are equal.
class MaskedText {
 public:
  MaskedText(const SegmentPlaceables& of, bool with_tags) {
    const std::string_view text = of.segment.text;
    const std::vector<Tag>& tags = of.segment.tags;
    std::size_t at = 0;
    std::size_t tag = 0;
    const auto add_tags = [&](std::size_t end) {
      for (; with_tags && tag < tags.size() && tags[tag].position <= end; ++tag) {
        if (tags[tag].position > at) {
          AddText(text.substr(at, tags[tag].position - at));
          at = tags[tag].position;
        }
        AddMark("t" + std::to_string(static_cast<int>(tags[tag].kind)), {true, tag});
      }
    };
    for (std::size_t i = 0; i < of.placeables.size(); ++i) {
      const ByteRange range = of.placeables[i].range;
      add_tags(range.begin);
      AddText(text.substr(at, range.begin - at));
      AddMark("p" + std::to_string(static_cast<int>(of.placeables[i].kind())), {false, i});
      at = range.end;
    }
    add_tags(text.size());
    AddText(text.substr(at));
  }

  const TokenizedText& text() const { return text_; }
  const std::optional<Item>& ItemAt(std::size_t token) const { return items_[token]; }

 private:
  void AddText(std::string_view piece) {
    const TokenizedText cut = text::Tokenize(piece);
    for (Token token : cut.tokens) {
      Move(token.surface, text_.normal.size());
      Move(token.folded, text_.folded.size());
      text_.tokens.push_back(token);
      items_.emplace_back();
    }
    text_.normal += cut.normal;
    text_.folded += cut.folded;
  }

  void AddMark(const std::string& mark, Item item) {
    const auto size = static_cast<std::uint32_t>(mark.size());
    Token token{TokenClass::kTag, {}, {0, size}, {0, size}, size};
    Move(token.surface, text_.normal.size());
    Move(token.folded, text_.folded.size());
    text_.tokens.push_back(token);
    text_.normal += mark;
    text_.folded += mark;
    items_.emplace_back(item);
  }

  static void Move(ByteRange& range, std::size_t by) {
    range.begin += static_cast<std::uint32_t>(by);
    range.end += static_cast<std::uint32_t>(by);
  }

  TokenizedText text_;
  std::vector<std::optional<Item>> items_;  // By token.
};

// The distance, found with limits that grow, since computing it costs less the lower they are.
std::int32_t DistanceOf(const TokenizedText& stored, const TokenizedText& query,
                        TokenAligner& aligner) {
  const std::int32_t most = WeightOf(stored) + WeightOf(query);
  for (std::int32_t limit = std::max(kWordWeight, most / 16);; limit *= 2) {
    const std::int32_t distance = aligner.Distance(stored, query, limit);
    if (distance <= limit || limit >= most) {
      return distance;
    }
  }
}

// Pairs what the cheapest way puts one for another.
void Align(const MaskedText& stored, const MaskedText& query, std::int32_t distance,
           TokenAligner& aligner, bool is_for_tags, PlaceablePairs& pairs) {
  std::size_t i = 0;
  std::size_t j = 0;
  for (const TokenAligner::Step step : aligner.Steps(stored.text(), query.text(), distance)) {
    if (step == TokenAligner::Step::kDelete) {
      ++i;
      continue;
    }
    if (step == TokenAligner::Step::kInsert) {
      ++j;
      continue;
    }
    const std::optional<Item>& a = stored.ItemAt(i);
    const std::optional<Item>& b = query.ItemAt(j);
    const bool is_one_kind = a && b && a->is_tag == is_for_tags && b->is_tag == is_for_tags &&
                             stored.text().Surface(stored.text().tokens[i]) ==
                                 query.text().Surface(query.text().tokens[j]);
    if (is_one_kind) {
      (is_for_tags ? pairs.stored_tags : pairs.stored)[b->index] = a->index;
    }
    ++i;
    ++j;
  }
}

// Whether the texts are equal but for placeables.
bool AreSame(const SegmentPlaceables& a, const SegmentPlaceables& b) {
  if (a.placeables.size() != b.placeables.size()) {
    return false;
  }
  std::size_t at = 0;
  std::size_t other_at = 0;
  const std::string_view text = a.segment.text;
  const std::string_view other = b.segment.text;
  for (std::size_t i = 0; i <= a.placeables.size(); ++i) {
    const bool is_last = i == a.placeables.size();
    const std::size_t end = is_last ? text.size() : a.placeables[i].range.begin;
    const std::size_t other_end = is_last ? other.size() : b.placeables[i].range.begin;
    if (text::Nfc(text.substr(at, end - at)) !=
            text::Nfc(other.substr(other_at, other_end - other_at)) ||
        (!is_last && a.placeables[i].kind() != b.placeables[i].kind())) {
      return false;
    }
    at = is_last ? end : a.placeables[i].range.end;
    other_at = is_last ? other_end : b.placeables[i].range.end;
  }
  return true;
}

}  // namespace

PlaceablePairs PairPlaceables(const SegmentPlaceables& query, const SegmentPlaceables& stored) {
  PlaceablePairs pairs;
  pairs.stored.resize(query.placeables.size());
  pairs.stored_tags.resize(query.segment.tags.size());
  pairs.is_same_text = AreSame(query, stored);
  TokenAligner aligner;
  if (pairs.is_same_text) {
    for (std::size_t i = 0; i < pairs.stored.size(); ++i) {
      pairs.stored[i] = i;
    }
    pairs.similarity_tenths = kFullTenths;
  } else {
    const MaskedText a(stored, false);
    const MaskedText b(query, false);
    const std::int32_t distance = DistanceOf(a.text(), b.text(), aligner);
    pairs.similarity_tenths =
        SimilarityOf(distance, std::max(WeightOf(a.text()), WeightOf(b.text()))).tenths;
    Align(a, b, distance, aligner, false, pairs);
  }
  if (!query.segment.tags.empty() && !stored.segment.tags.empty()) {
    const MaskedText a(stored, true);
    const MaskedText b(query, true);
    Align(a, b, DistanceOf(a.text(), b.text(), aligner), aligner, true, pairs);
  }
  return pairs;
}

}  // namespace sild::matching
