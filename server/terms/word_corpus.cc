#include "server/terms/word_corpus.h"

#include <algorithm>

#include <fmt/format.h>

#include "server/terms/estonian_endings.h"
#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

// Symbols inside a sentence, behind which a capital is a name's.
constexpr std::string_view kInnerSymbols = ",;()/%&+";

bool HasDigit(std::string_view word) {
  const text::CharTable& table = text::CharTable::Get();
  for (std::size_t at = 0; at < word.size();) {
    if (table.ClassOf(text::NextChar(word, at)) == text::CharClass::kDigit) {
      return true;
    }
  }
  return false;
}

bool IsAllCapitals(const TermToken& token) {
  return token.has_capital && token.letters >= 2 && token.leading_capitals == token.letters;
}

}  // namespace

TermText ReadCorpusText(std::string_view text) {
  TermText read = ReadTermText(text);
  std::vector<TermToken> kept;
  kept.reserve(read.tokens.size());
  for (const TermToken& token : read.tokens) {
    const bool is_ending = token.joint == Joint::kHyphen && !kept.empty() &&
                           IsAllCapitals(kept.back()) && IsEstonianAcronymEnding(read.Plain(token));
    if (is_ending) {
      kept.back().range.end = token.range.end;
    } else {
      kept.push_back(token);
    }
  }
  read.tokens = std::move(kept);
  return read;
}

absl::Status WordCorpus::Add(std::string_view text) {
  const TermText read = ReadCorpusText(text);
  if (tokens_.size() + read.tokens.size() > max_tokens_) {
    return absl::ResourceExhaustedError(
        fmt::format("the text has more than {} words; send less", max_tokens_));
  }
  if (spellings_.size() + read.tokens.size() > max_spellings_) {
    return absl::ResourceExhaustedError(
        fmt::format("the text has more than {} different words; send less", max_spellings_));
  }
  bool begins_sentence = true;
  for (const TermToken& token : read.tokens) {
    const SpellingId id = SpellingIdOf(text, read, token);
    tokens_.emplace_back(id, token.joint, begins_sentence);
    ++frequencies_[spellings_[id].word];
    if (!begins_sentence) {
      capitals_[spellings_[id].word] += spellings_[id].has_capital ? 1 : -1;
    }
    begins_sentence =
        token.is_symbol && kInnerSymbols.find(read.Plain(token)) == std::string_view::npos;
  }
  ends_.push_back(tokens_.size());
  return absl::OkStatus();
}

WordId WordCorpus::FindWord(std::string_view folded) const {
  const auto known = word_ids_.find(folded);
  return known == word_ids_.end() ? kNoWord : known->second;
}

SpellingId WordCorpus::SpellingIdOf(std::string_view text, const TermText& read,
                                    const TermToken& token) {
  const std::string_view plain = read.Plain(token);
  const auto next = static_cast<SpellingId>(spellings_.size());
  const auto [known, is_new] = spelling_ids_.try_emplace(std::string(plain), next);
  if (!is_new) {
    return known->second;
  }
  const std::string_view folded = read.Folded(token);
  WordId word = FindWord(folded);
  if (word == kNoWord) {
    word = static_cast<WordId>(words_.size());
    words_.emplace_back(folded);
    frequencies_.push_back(0);
    capitals_.push_back(0);
    word_ids_.emplace(words_.back(), word);
  }
  const std::string_view sent = text.substr(token.range.begin, token.range.end - token.range.begin);
  spelling_texts_.emplace_back(text::CountChars(sent) == token.letters ? sent : plain);
  spellings_.push_back({spelling_texts_.back(), word, token.is_symbol, token.has_capital,
                        IsAllCapitals(token), HasDigit(plain), token.letters});
  return next;
}

}  // namespace sild::terms
