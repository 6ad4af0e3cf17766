#pragma once

#include <cstdint>
#include <string_view>

#include "server/text/tokens.h"

namespace sild::matching {

// Version of the rules below and of `text::Tokenize`. Reports carry it; any change of a score
// raises it.
constexpr std::int32_t kScoreVersion = 1;

// What edits cost, in hundredths of a word. Tuned so that, of real translations, the one that
// needs the least work comes first, and that 85 % means the same whatever was changed.
constexpr std::int32_t kWordWeight = 100;         // Of a word, number or tag.
constexpr std::int32_t kPunctuationWeight = 50;   // "..." or ":" alone changes a translation.
constexpr std::int32_t kVariantPercent = 30;      // Of the weight: other case, quote, dash.
constexpr std::int32_t kOtherNumberCost = 30;     // One number for another.
constexpr std::int32_t kOtherTagCost = 50;        // One tag or placeholder for another.
constexpr std::int32_t kFormBaseCost = 40;        // A look-alike word costs this and …
constexpr std::int32_t kFormShareCost = 60;       // … this times its share of edited letters.
constexpr std::int32_t kFormMinChars = 3;         // Shorter words are no look-alikes.
constexpr std::int32_t kFormMaxEditPercent = 40;  // Of the longer word's letters.

constexpr std::int32_t kFullTenths = 1000;
constexpr std::int32_t kMaxFuzzyTenths = 999;  // 100 % is for equal texts alone.

// How near a candidate is to a query, before penalties.
struct Similarity {
  std::int32_t tenths = 0;    // Tenths of a percent, in `[0, 1000]`.
  std::int32_t distance = 0;  // Hundredths of a word.
  std::int32_t weight = 0;    // Of the heavier text, in hundredths of a word.

  friend bool operator==(const Similarity&, const Similarity&) = default;
};

constexpr std::int32_t WeightOf(text::TokenClass token_class) {
  return token_class == text::TokenClass::kPunctuation ? kPunctuationWeight : kWordWeight;
}

// Returns the weight of a text: the cost of all its tokens.
std::int32_t WeightOf(const text::TokenizedText& text);

// Returns what it costs to put one look-alike word for another, given the edits between them and
// the letters of the longer one; `kWordWeight` if that is too far.
constexpr std::int32_t FormCost(std::int32_t edits, std::int32_t longer_chars) {
  if (edits * 100 > kFormMaxEditPercent * longer_chars) {
    return kWordWeight;
  }
  const std::int32_t share = (kFormShareCost * edits + longer_chars / 2) / longer_chars;
  return kFormBaseCost + share < kWordWeight ? kFormBaseCost + share : kWordWeight;
}

// Returns the similarity of different texts at that distance: rounded down, at most 99.9 %.
Similarity SimilarityOf(std::int32_t distance, std::int32_t weight);

// Returns the largest distance at which different texts still have a similarity of `tenths`, or −1
// if none does.
std::int32_t DistanceLimit(std::int32_t weight, std::int32_t tenths);

// Compares two texts. 100 % just if they are equal in normal form C. For tests and single pairs;
// a look-up keeps what it knows of the texts.
Similarity Compare(std::string_view query, std::string_view candidate);

}  // namespace sild::matching
