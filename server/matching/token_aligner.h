#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/text/tokens.h"

namespace sild::matching {

// Finds the cheapest way to turn the tokens of a stored text (rows) into those of a query
// (columns). Tokens that both texts begin or end with are kept: that never costs more, since
// putting one token for another costs at least the difference of their weights.
//
// Keeps its buffers from one pair to the next. For one thread.
class TokenAligner {
 public:
  // What happens to tokens. The numbers are also the order of choice among equally cheap ones.
  enum class Step : std::uint8_t { kDiagonal = 0, kDelete = 1, kInsert = 2 };

  // `is_cancelled` is asked every now and then in long computations, and may be empty.
  explicit TokenAligner(std::function<bool()> is_cancelled = {});

  // Returns the distance of the texts in hundredths of a word, or `limit + 1` if it is above
  // `limit`, which costs less time the lower it is. O(n · m) time at most, O(n + m) space and a
  // byte for each pair of different long words. After a cancellation: `limit + 1`.
  std::int32_t Distance(const text::TokenizedText& stored, const text::TokenizedText& query,
                        std::int32_t limit);

  // Returns the steps of the cheapest way whose distance is `distance`, in the order of the texts.
  // Two bits for each cell that can be on it. Empty after a cancellation.
  std::vector<Step> Steps(const text::TokenizedText& stored, const text::TokenizedText& query,
                          std::int32_t distance);

  // Returns what it costs to put `query` for `stored`, in hundredths of a word.
  static std::int32_t ReplaceCost(const text::TokenizedText& stored_text, const text::Token& stored,
                                  const text::TokenizedText& query_text, const text::Token& query);

  bool was_cancelled() const { return was_cancelled_; }

 private:
  // A token of the pair at hand. Ids are equal just if the forms are.
  struct Code {
    text::TokenClass token_class;
    std::int32_t weight;
    std::uint32_t surface;
    std::uint32_t folded;
    std::uint32_t long_word;  // Index among the words that can have look-alikes, or `kNone`.
  };

  // A word that can have look-alikes.
  struct LongWord {
    std::u32string letters;
    std::uint64_t signature;  // A bit for each letter that occurs.
  };

  // One side of the pair, without the common ends.
  struct Side {
    std::vector<Code> codes;
    std::vector<std::int32_t> weights;  // Of the first i tokens, for i in `[0, n]`.
    std::vector<LongWord> long_words;
    std::unordered_map<std::string_view, std::uint32_t> long_word_ids;
  };

  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  static constexpr std::uint8_t kUnknown = 0xFF;

  void Load(const text::TokenizedText& stored, const text::TokenizedText& query);
  void LoadSide(const text::TokenizedText& text, std::size_t begin, std::size_t end, Side& side);
  std::uint32_t IdOf(std::string_view form);
  template <bool kRecords>
  std::int32_t Fill(std::int32_t limit);
  template <bool kRecords>
  std::int32_t FillRow(std::size_t row, std::size_t begin, std::size_t end);
  std::int32_t CostOf(const Code& stored, const Code& query);
  std::int32_t LookAlikeCost(std::uint32_t stored, std::uint32_t query);
  void Record(std::size_t row, std::size_t column, Step step);
  Step Recorded(std::size_t row, std::size_t column) const;
  bool IsCancelled(std::size_t cells);

  std::function<bool()> is_cancelled_;
  bool was_cancelled_ = false;
  std::size_t cells_since_check_ = 0;

  Side stored_;
  Side query_;
  std::size_t prefix_ = 0;  // Tokens that both texts begin and end with.
  std::size_t suffix_ = 0;
  std::unordered_map<std::string_view, std::uint32_t> ids_;
  std::vector<std::uint8_t> look_alike_costs_;  // By stored and query long word.

  std::vector<std::int32_t> last_row_;
  std::vector<std::int32_t> row_;
  std::vector<std::uint8_t> steps_;     // Four cells a byte.
  std::vector<std::size_t> row_begin_;  // Where in `steps_` column 0 of a row would be, in cells.
};

}  // namespace sild::matching
