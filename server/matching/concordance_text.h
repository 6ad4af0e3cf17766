#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "server/matching/concordance_query.h"
#include "server/model/text_offset.h"

namespace sild::matching {

// How good a text is as a hit; less is better.
struct TextRank {
  std::uint32_t inexact = 0;  // Pieces of the query that stand there only in another form.
  std::uint32_t spread = 0;   // See `WordSpread`.
  std::uint32_t weight = 0;   // Of the text, as `WeightOf`.
  std::uint32_t bytes = 0;    // Of its tokens as they stand there in normal form C.

  friend auto operator<=>(const TextRank&, const TextRank&) = default;
};

// A token of a text that is a piece of the query.
struct Occurrence {
  std::uint32_t token = 0;
  ConcordanceQuery::Use use;
};

// Finds the pieces of a query among the tokens of texts. Keeps its buffers. For one thread.
class PieceFinder {
 public:
  // Inexact and spread of a rank.
  struct Fit {
    std::uint32_t inexact = 0;
    std::uint32_t spread = 0;
  };

  // `query`, which is none of a substring, must outlive the object.
  explicit PieceFinder(const ConcordanceQuery& query);

  // Returns how the pieces stand in a text with these occurrences, which are by token, and of one
  // token the last piece first. Nothing if the text is no hit. O(occurrences · pieces).
  //
  // All words: each piece occurs. The spread is the least over all stretches of the text that have
  // all pieces of twice the tokens that are more than pieces, and 1 if they are not in order.
  // A phrase: each piece stands behind the one before. The fewest inexact pieces count.
  std::optional<Fit> FitOf(std::span<const Occurrence> occurrences);

  // After `FitOf` of a phrase: the tokens where one begins, in order.
  const std::vector<std::uint32_t>& phrases() const { return phrases_; }

 private:
  std::optional<Fit> FitOfWords(std::span<const Occurrence> occurrences);
  std::optional<Fit> FitOfPhrase(std::span<const Occurrence> occurrences);

  // What is known of a piece at the token at hand.
  struct Piece {
    bool is_found = false;
    bool is_exact = false;      // Somewhere in the text.
    std::uint32_t last = 0;     // Its last token.
    bool has_begin = false;     // All pieces up to this one were found in order …
    std::uint32_t begin = 0;    // … from this token on, the last that will do; of a phrase …
    std::uint32_t end = 0;      // … up to this token …
    std::uint32_t inexact = 0;  // … with so many in another form.
  };

  const ConcordanceQuery& query_;
  std::vector<Piece> pieces_;
  std::vector<std::uint32_t> phrases_;
};

// A text that is a hit.
struct FoundText {
  TextRank rank;
  std::vector<ByteRange> ranges;  // In the text as sent, from left to right, without overlap.
};

// Compares texts with a query. Keeps its buffers. For one thread.
class TextComparer {
 public:
  // `query` must outlive the object.
  explicit TextComparer(const ConcordanceQuery& query) : query_(query), finder_(query) {}

  // Returns what is found in `text`, which must be UTF-8. Nothing if it is no hit.
  std::optional<FoundText> Compare(std::string_view text);

 private:
  std::optional<FoundText> CompareWords(const text::TokenizedText& text);
  std::optional<FoundText> CompareSubstring(std::string_view text) const;
  void FindOccurrences(const text::TokenizedText& text);

  const ConcordanceQuery& query_;
  PieceFinder finder_;
  std::vector<ConcordanceQuery::Use> uses_;
  std::vector<Occurrence> occurrences_;
};

}  // namespace sild::matching
