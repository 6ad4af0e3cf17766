#include "server/matching/index_query.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "server/matching/score.h"
#include "server/text/utf8.h"

namespace sild::matching {

using text::Token;
using text::TokenClass;
using text::TokenizedText;

IndexQuery::IndexQuery(const TokenizedText& text, Lexicon& lexicon)
    : lexicon_(lexicon), profile_(ProfileOf(text)), memo_(256) {
  codes_.reserve(text.tokens.size());
  words_.reserve(text.tokens.size());
  slots_.resize(16);
  while (slots_.size() < 4 * text.tokens.size()) {
    slots_.resize(2 * slots_.size());
  }
  for (const Token& token : text.tokens) {
    AddToken(text, token);
  }
  lists_.resize(words_.size());
}

void IndexQuery::AddToken(const TokenizedText& text, const Token& token) {
  Code code;
  code.form = lexicon_.vocabulary.Find(token.token_class, text.Surface(token));
  code.weight = WeightOf(token.token_class);
  code.word = kNone;
  code.key = code.form == kNoForm
                 ? lexicon_.vocabulary.FindFolded(token.token_class, text.Folded(token))
                 : lexicon_.vocabulary.KeyOf(code.form);
  const bool is_known = code.key != Vocabulary::kNoKey;
  if (!is_known) {
    // A number from the upper end, which no stored token has; the same one for equal forms.
    const auto number = kMaxFolded - 1 - static_cast<std::uint32_t>(unknown_.size());
    code.key = unknown_
                   .try_emplace({token.token_class, std::string(text.Folded(token))},
                                MakeKey(token.token_class, number))
                   .first->second;
  }
  if (token.token_class == TokenClass::kWord) {
    code.word = AddWord(NumberOf(code.key), is_known, text, token);
    word_weight_ += kWordWeight;
  }
  codes_.push_back(code);
  weights_.push_back(weights_.back() + code.weight);
}

std::uint32_t IndexQuery::AddWord(std::uint32_t number, bool is_known, const TokenizedText& text,
                                  const Token& token) {
  const std::uint32_t known = IndexOf(number);
  if (known != kNone) {
    ++words_[known].count;
    return known;
  }
  const auto index = static_cast<std::uint32_t>(words_.size());
  std::u32string letters = text::ToUtf32(text.Folded(token));
  const LetterSignature signature = SignatureOf(letters);
  words_.push_back({number, is_known, 1, kWordWeight - FormGain(token.folded_chars), signature,
                    WordPattern(std::move(letters))});
  std::size_t at = SlotOf(number, slots_.size());
  while (slots_[at].index != kNone) {
    at = (at + 1) & (slots_.size() - 1);
  }
  slots_[at] = {number, index};
  return index;
}

const LookAlikeList& IndexQuery::LookAlikesOf(std::size_t word) {
  LookAlikes::List& list = lists_[word];
  if (list == nullptr || list->covered < lexicon_.vocabulary.word_count()) {
    if (words_[word].is_known) {
      list = lexicon_.look_alikes.Get(words_[word].number);
    } else {
      auto made = std::make_shared<LookAlikeList>();
      ExtendLookAlikes(lexicon_.vocabulary, words_[word].pattern, words_[word].signature, kNone,
                       *made);
      list = std::move(made);
    }
  }
  return *list;
}

const LookAlikeList* IndexQuery::KnownLookAlikesOf(std::size_t word) {
  if (lists_[word] == nullptr && words_[word].is_known) {
    lists_[word] = lexicon_.look_alikes.Peek(words_[word].number);
  }
  return lists_[word].get();
}

IndexQuery::Costs IndexQuery::CostsOf(std::uint32_t number) {
  std::size_t at = SlotOf(number, memo_.size());
  for (; memo_[at].number != kNone; at = (at + 1) & (memo_.size() - 1)) {
    if (memo_[at].number == number) {
      return memo_[at].costs;
    }
  }
  const Costs costs = Compute(number);
  memo_[at] = {number, costs};
  if (++memo_count_ * 2 > memo_.size()) {
    GrowMemo();
  }
  return costs;
}

void IndexQuery::GrowMemo() {
  std::vector<Memo> old(memo_.size() * 4);
  old.swap(memo_);
  for (const Memo& memo : old) {
    std::size_t at = SlotOf(memo.number, memo_.size());
    while (memo.number != kNone && memo_[at].number != kNone) {
      at = (at + 1) & (memo_.size() - 1);
    }
    if (memo.number != kNone) {
      memo_[at] = memo;
    }
  }
}

IndexQuery::Costs IndexQuery::Compute(std::uint32_t number) {
  const Vocabulary::Word& stored = lexicon_.vocabulary.word(number);
  const std::string_view letters = lexicon_.vocabulary.WordText(number);
  const auto chars = static_cast<std::int32_t>(stored.chars);
  Costs costs{static_cast<std::uint32_t>(pool_.size()), 0, kWordWeight};
  for (std::uint32_t i = 0; i < words_.size(); ++i) {
    const Word& word = words_[i];
    std::int32_t cost = kWordWeight;
    const auto query_chars = static_cast<std::int32_t>(word.pattern.letters().size());
    const std::int32_t longer = std::max(chars, query_chars);
    const std::int32_t limit = longer * kFormMaxEditPercent / 100;
    if (word.number == number) {
      cost = 0;
    } else if (std::min(chars, query_chars) >= kFormMinChars &&
               std::abs(chars - query_chars) <= limit &&
               MissesAtMost(word.signature, stored.signature, limit)) {
      const std::int32_t edits = word.pattern.Distance(letters, stored.chars, limit);
      cost = edits > limit ? kWordWeight : FormCost(edits, longer);
    }
    if (cost < kWordWeight) {
      pool_.push_back({i, cost});
      costs.least = std::min(costs.least, cost);
    }
  }
  costs.end = static_cast<std::uint32_t>(pool_.size());
  return costs;
}

}  // namespace sild::matching
