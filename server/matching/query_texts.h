#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/matching/lookup.h"
#include "server/matching/span_table.h"
#include "server/text/tokens.h"
#include "server/text/utf8.h"

namespace sild::matching {

// Returns `query` cut to `range` of its text.
inline Query Cut(const Query& query, ByteRange range) {
  Query part;
  part.segment.text = query.segment.text.substr(range.begin, range.end - range.begin);
  std::map<std::int32_t, int> counts;  // Of tags, by pair.
  const auto is_inside = [range](const Tag& tag) {
    return tag.position > range.begin && tag.position < range.end;
  };
  for (const Tag& tag : query.segment.tags) {
    counts[tag.pair] += is_inside(tag) ? 1 : 0;
  }
  for (const Tag& tag : query.segment.tags) {
    if (is_inside(tag) && (tag.pair == 0 || counts[tag.pair] > 1)) {
      part.segment.tags.push_back(tag);
      part.segment.tags.back().position -= range.begin;
    }
  }
  return part;
}

// The texts of queries, to find stored texts in. A stored text stands where its tokens do but for
// the punctuation at its ends, by their folded forms, unless a hyphen joins it to another word or
// it is one word that says nothing on its own.
class QueryTexts {
 public:
  // The fewest code points of a word that says something wherever it stands: a compound, mostly.
  static constexpr std::uint32_t kLongWord = 10;

  explicit QueryTexts(const std::vector<Query>& queries) {
    texts_.reserve(queries.size());  // So that the views in `places_` stay right.
    for (const Query& query : queries) {
      const text::TokenizedText& text = texts_.emplace_back(text::Tokenize(query.segment.text));
      std::size_t words = 0;
      std::size_t capitals = 0;
      for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        words += text.tokens[i].token_class == text::TokenClass::kWord ? 1 : 0;
        capitals += HasCapital(text, text.tokens[i]) ? 1 : 0;
        places_[text.Folded(text.tokens[i])].push_back({texts_.size() - 1, i});
      }
      shows_names_.push_back(2 * capitals <= words);
    }
  }

  const text::TokenizedText& operator[](std::size_t query) const { return texts_[query]; }

  // Whether what stands at `core` of a query may be translated without what is around it: several
  // tokens, or one that is long, or that has a capital inside a sentence, as names and acronyms
  // do, unless most words of the query have one. Others mean this or that, and the memory of a user
  // interface has hundreds of them.
  bool SaysSomething(std::size_t query, TokenSpan core) const {
    const text::TokenizedText& text = texts_[query];
    const text::Token& token = text.tokens[core.begin];
    if (core.end - core.begin > 1 || token.folded_chars >= kLongWord) {
      return true;
    }
    return HasCapital(text, token) && token.folded_chars > 1 && shows_names_[query] &&
           !BeginsSentence(text, core.begin);
  }

  // Calls `visit` with each query, and the span of it, that `stored` covers.
  template <typename Visit>
  void ForEachPlace(const text::TokenizedText& stored, Visit visit) const {
    const TokenSpan core =
        CoreOf(stored.tokens, [](const text::Token& token) { return token.token_class; });
    if (core.empty()) {
      return;
    }
    const auto found = places_.find(stored.Folded(stored.tokens[core.begin]));
    if (found == places_.end()) {
      return;
    }
    for (const Place& place : found->second) {
      const TokenSpan span{place.token, place.token + core.end - core.begin};
      if (Stands(stored, core, texts_[place.query], span) && SaysSomething(place.query, span)) {
        visit(place.query, Extended(stored, core, texts_[place.query], span));
      }
    }
  }

 private:
  struct Place {
    std::size_t query;
    std::size_t token;
  };

  static bool HasCapital(const text::TokenizedText& text, const text::Token& token) {
    std::size_t of_surface = 0;
    std::size_t of_folded = 0;
    return token.token_class == text::TokenClass::kWord &&
           text::NextChar(text.Surface(token), of_surface) !=
               text::NextChar(text.Folded(token), of_folded);
  }

  static bool EndsSentence(std::string_view token) {
    return token.find_first_of(".!?:") == 0 || token.starts_with("…");
  }

  // Whether between a token and the word before it a sentence ends, or the text begins.
  static bool BeginsSentence(const text::TokenizedText& text, std::size_t at) {
    for (; at > 0 && text.tokens[at - 1].token_class == text::TokenClass::kPunctuation; --at) {
      if (EndsSentence(text.Surface(text.tokens[at - 1]))) {
        return true;
      }
    }
    return at == 0;
  }

  // Whether a mark joins what stands directly on both sides of it to one word.
  static bool IsHyphen(std::string_view mark) {
    return mark == "-" || mark == "\u2010" || mark == "\u2011";
  }

  static bool AreEqual(const text::TokenizedText& a, const text::Token& x,
                       const text::TokenizedText& b, const text::Token& y) {
    return x.token_class == y.token_class && a.Folded(x) == b.Folded(y);
  }

  // Whether a hyphen joins tokens `i` and `i + 2` of a text.
  static bool IsHyphenated(const text::TokenizedText& text, std::size_t i) {
    const std::vector<text::Token>& tokens = text.tokens;
    const auto is_punctuation = [&tokens](std::size_t at) {
      return tokens[at].token_class == text::TokenClass::kPunctuation;
    };
    return i + 2 < tokens.size() && IsHyphen(text.Surface(tokens[i + 1])) && !is_punctuation(i) &&
           !is_punctuation(i + 2) && tokens[i].range.end == tokens[i + 1].range.begin &&
           tokens[i + 1].range.end == tokens[i + 2].range.begin;
  }

  static bool Stands(const text::TokenizedText& stored, TokenSpan core,
                     const text::TokenizedText& query, TokenSpan span) {
    if (span.end > query.tokens.size() ||
        (span.begin >= 2 && IsHyphenated(query, span.begin - 2)) ||
        IsHyphenated(query, span.end - 1)) {
      return false;
    }
    for (std::size_t i = span.begin; i < span.end; ++i) {
      if (!AreEqual(stored, stored.tokens[core.begin + i - span.begin], query, query.tokens[i])) {
        return false;
      }
    }
    return true;
  }

  // Takes in the punctuation around `span` that stands around the core of `stored` too.
  static TokenSpan Extended(const text::TokenizedText& stored, TokenSpan core,
                            const text::TokenizedText& query, TokenSpan span) {
    while (core.begin > 0 && span.begin > 0 &&
           AreEqual(stored, stored.tokens[core.begin - 1], query, query.tokens[span.begin - 1])) {
      --core.begin;
      --span.begin;
    }
    while (core.end < stored.tokens.size() && span.end < query.tokens.size() &&
           AreEqual(stored, stored.tokens[core.end], query, query.tokens[span.end])) {
      ++core.end;
      ++span.end;
    }
    return span;
  }

  std::vector<text::TokenizedText> texts_;
  std::vector<bool> shows_names_;  // By query: a capital means something.
  std::unordered_map<std::string_view, std::vector<Place>> places_;  // By folded token.
};

}  // namespace sild::matching
