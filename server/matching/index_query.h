#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/matching/look_alikes.h"
#include "server/matching/query_batch.h"
#include "server/matching/vocabulary.h"
#include "server/matching/word_pattern.h"
#include "server/text/tokens.h"

namespace sild::matching {

// A query in the numbers of one language's lexicon, and what was found out about its words. Make it
// after the view that is searched was taken: tokens that are in no document of it may be unknown.
// For one thread.
class IndexQuery {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  struct Code {
    FoldedKey key;
    FormId form;  // `kNoForm` if no text has it, so that it equals nothing.
    std::int32_t weight;
    std::uint32_t word;  // Index in `words()`, or `kNone`.
  };

  // A different word of the query.
  struct Word {
    std::uint32_t number;  // In the vocabulary, or beyond all of it.
    bool is_known;
    std::int32_t count;      // How often it stands in the query.
    std::int32_t form_cost;  // What it costs at least to have another form for it.
    LetterSignature signature;
    WordPattern pattern;
  };

  // The lexicon must outlive the object.
  IndexQuery(const text::TokenizedText& text, Lexicon& lexicon);

  const std::vector<Code>& codes() const { return codes_; }
  const std::vector<std::int32_t>& weights() const { return weights_; }  // Before each token.
  const TextProfile& profile() const { return profile_; }
  const std::vector<Word>& words() const { return words_; }
  std::int32_t word_weight() const { return word_weight_; }
  const Lexicon& lexicon() const { return lexicon_; }
  const Vocabulary& vocabulary() const { return lexicon_.vocabulary; }

  // Returns the index in `words()` of a word of the vocabulary, or `kNone`.
  std::uint32_t IndexOf(std::uint32_t number) const {
    for (std::size_t at = SlotOf(number, slots_.size());; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].number == number) {
        return slots_[at].index;
      }
      if (slots_[at].index == kNone) {
        return kNone;
      }
    }
  }

  // Returns the look-alikes of a word of the query, of all words that the vocabulary has.
  const LookAlikeList& LookAlikesOf(std::size_t word);

  // Returns them if that takes no search, otherwise null.
  const LookAlikeList* KnownLookAlikesOf(std::size_t word);

  // The costs of putting a stored word for words of the query, those below `kWordWeight` only.
  struct Cost {
    std::uint32_t word;  // Index in `words()`.
    std::int32_t cost;
  };
  struct Costs {
    std::uint32_t begin = 0;  // In `pool()`.
    std::uint32_t end = 0;
    std::int32_t least = 0;
  };
  // Computed once for each stored word.
  Costs CostsOf(std::uint32_t number);
  const std::vector<Cost>& pool() const { return pool_; }

 private:
  struct Slot {
    std::uint32_t number = kNone;
    std::uint32_t index = kNone;
  };
  struct Memo {
    std::uint32_t number = kNone;
    Costs costs;
  };

  static std::size_t SlotOf(std::uint32_t number, std::size_t size) {
    return (number * 2654435761U >> 7) & (size - 1);  // Knuth's multiplicative hash.
  }

  void AddToken(const text::TokenizedText& text, const text::Token& token);
  std::uint32_t AddWord(std::uint32_t number, bool is_known, const text::TokenizedText& text,
                        const text::Token& token);
  void GrowMemo();
  Costs Compute(std::uint32_t number);

  Lexicon& lexicon_;
  std::vector<Code> codes_;
  std::vector<std::int32_t> weights_{0};
  TextProfile profile_;
  std::int32_t word_weight_ = 0;
  std::vector<Word> words_;
  std::map<std::pair<text::TokenClass, std::string>, FoldedKey> unknown_;  // In no stored text.
  std::vector<Slot> slots_;              // By word number. A power of 2.
  std::vector<LookAlikes::List> lists_;  // By word.
  std::vector<Memo> memo_;               // By stored word. A power of 2.
  std::size_t memo_count_ = 0;
  std::vector<Cost> pool_;
};

}  // namespace sild::matching
