#include "server/matching/concordance_words.h"

#include <algorithm>

#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

using text::LetterCase;
using text::TokenClass;

// The characters that have the search form of another one.
struct Alternative {
  char32_t form;
  char32_t other;
};
constexpr Alternative kAlternatives[] = {{U'е', U'ё'}, {U'\'', U'\x02BC'}};

// With more places for them than this, looking at all words is quicker.
constexpr std::size_t kMaxAlternatives = 6;

// Of a set of more words most texts have one, so that it is quicker to look at the texts.
constexpr std::size_t kMaxListedWords = 20'000;

// `WordSet::documents` of a piece that other tokens than words may be.
constexpr std::uint64_t kAllDocuments = ~std::uint64_t{0};

// Between questions whether to go on.
constexpr std::uint32_t kWordsPerCheck = 1U << 15;

// Whether a word can go on with `c`, as it stands in a `text::SearchText`.
bool HoldsWordTogether(const text::CharTable& table, char32_t c) {
  return (table.ClassOf(c) != text::CharClass::kPunctuation &&
          table.ClassOf(c) != text::CharClass::kSpace) ||
         c == U'\'' || c == U'&' || c == U'_' || c == U'~';
}

// Returns patterns of words that a text must have that has the substring, unless it has tags: for
// runs of letters and the marks in them, and for each letter of a script without spaces.
std::vector<std::string> PatternsOf(std::string_view substring) {
  const text::CharTable& table = text::CharTable::Get();
  std::vector<std::string> patterns;
  bool is_in_run = false;
  bool may_go_on = true;  // With the character before.
  for (std::size_t at = 0; at < substring.size();) {
    const std::size_t begin = at;
    const char32_t c = text::NextChar(substring, at);
    const text::CharClass is = table.ClassOf(c);
    const bool is_letter = is == text::CharClass::kLetter;
    const bool goes_on = is_in_run && (is_letter || is == text::CharClass::kMark);
    const bool is_syllable = is == text::CharClass::kSyllable;
    // What extends a mark of punctuation is in no word.
    const bool begins = (is_letter || is_syllable) && !table.ExtendsCluster(c);
    if (is_in_run && !goes_on && HoldsWordTogether(table, c)) {
      patterns.back() += '*';
    }
    if (!goes_on && begins) {
      patterns.emplace_back(may_go_on ? "*" : "");
    }
    is_in_run = goes_on || (begins && is_letter);
    if (is_in_run || (begins && is_syllable)) {
      patterns.back().append(substring.substr(begin, at - begin)).append(is_syllable ? "*" : "");
    }
    may_go_on = HoldsWordTogether(table, c);
  }
  if (is_in_run) {
    patterns.back() += '*';
  }
  return patterns;
}

}  // namespace

ConcordanceWords::ConcordanceWords(const ConcordanceQuery& query, const Vocabulary& vocabulary,
                                   const std::function<bool()>& is_cancelled)
    : query_(query),
      phrase_(query.AsPhrase()),
      vocabulary_(vocabulary),
      is_cancelled_(is_cancelled),
      has_number_patterns_(std::any_of(
          pieces().patterns().begin(), pieces().patterns().end(),
          [](const ConcordanceQuery::Pattern& pattern) { return !pattern.folded.has_letter(); })) {
  if (pieces().piece_count() == 0) {
    TakeSubstring();
  } else {
    TakeLiterals();
    TakePatterns();
  }
  Sort();
}

void ConcordanceWords::TakeLiterals() {
  word_sets_.resize(pieces().piece_count());
  std::vector<bool> needs_word(pieces().piece_count(), true);
  for (const auto& [key, uses] : pieces().uses()) {
    const auto token_class = static_cast<TokenClass>(key[0] - '0');
    const std::string_view form = std::string_view(key).substr(1);
    if (token_class == TokenClass::kWord) {
      for (const Use& use : uses) {
        ForEachWordLike(form, [&](std::uint32_t word) { AddWord(word, use); });
      }
      continue;
    }
    needs_.number = needs_.number || token_class == TokenClass::kNumber;
    needs_.tag = needs_.tag || token_class == TokenClass::kTag;
    needs_.punctuation = needs_.punctuation || token_class == TokenClass::kPunctuation;
    for (const Use& use : uses) {
      needs_word[use.piece] = false;
    }
    const FoldedKey known = vocabulary_.FindFolded(token_class, form);
    if (known != Vocabulary::kNoKey &&
        !(has_number_patterns_ && token_class == TokenClass::kNumber)) {
      uses_[known].assign(uses.begin(), uses.end());
      Mark(known);
    }
  }
  for (const ConcordanceQuery::Pattern& pattern : pieces().patterns()) {
    needs_word[pattern.piece] = pattern.folded.has_letter();
  }
  // Numbers, tags and punctuation have no lists of documents.
  for (std::size_t piece = word_sets_.size(); piece-- > 0;) {
    if (!needs_word[piece]) {
      word_sets_[piece].documents = kAllDocuments;
    }
  }
}

void ConcordanceWords::TakePatterns() {
  for (const ConcordanceQuery::Pattern& pattern : pieces().patterns()) {
    ForEachWordLike(pattern.folded, [&](std::uint32_t word) {
      AddWord(word, {pattern.piece, true});
    });
  }
}

void ConcordanceWords::TakeSubstring() {
  std::vector<std::string> patterns = PatternsOf(query_.substring());
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  for (const std::string& pattern : patterns) {
    WordSet& set = word_sets_.emplace_back();
    ForEachWordLike(WordWildcards(text::SearchForm(pattern, LetterCase::kIgnore)),
                    [&](std::uint32_t word) { set.exact.push_back(word); });
    set.all = set.exact;
  }
}

void ConcordanceWords::Sort() {
  std::erase_if(word_sets_, [](const WordSet& set) {
    return set.documents == kAllDocuments || set.all.size() > kMaxListedWords;
  });
  for (WordSet& set : word_sets_) {
    for (const std::uint32_t word : set.all) {
      set.documents += vocabulary_.word(word).documents.load(std::memory_order_relaxed);
    }
  }
  std::sort(word_sets_.begin(), word_sets_.end(),
            [](const WordSet& a, const WordSet& b) { return a.documents < b.documents; });
  for (auto& [key, uses] : uses_) {
    std::sort(uses.begin(), uses.end(),
              [](const Use& a, const Use& b) { return a.piece > b.piece; });
  }
}

void ConcordanceWords::AddWord(std::uint32_t word, Use use) {
  const FoldedKey key = MakeKey(TokenClass::kWord, word);
  uses_[key].push_back(use);
  Mark(key);
  WordSet& set = word_sets_[use.piece];
  if (set.documents == kAllDocuments) {
    return;  // The set is not kept, and `*` alone has every word.
  }
  set.all.push_back(word);
  if (use.is_exact) {
    set.exact.push_back(word);
  }
}

void ConcordanceWords::Mark(FoldedKey key) {
  filter_[FilterBit(key) / 64] |= std::uint64_t{1} << FilterBit(key) % 64;
}

std::span<const ConcordanceWords::Use> ConcordanceWords::FindUses(FoldedKey key, FormId form) {
  auto found = uses_.find(key);
  if (found == uses_.end()) {
    if (!has_number_patterns_ || ClassOf(key) != TokenClass::kNumber) {
      return {};
    }
    std::vector<Use> uses;
    pieces().FindUses(TokenClass::kNumber, vocabulary_.FoldedOf(key), uses);
    found = uses_.try_emplace(key, uses.begin(), uses.end()).first;
  }
  if (!pieces().options().match_case) {
    return found->second;
  }
  const auto [cased, is_new] = cased_uses_.try_emplace(form);
  if (is_new) {
    for (const Use& use : found->second) {
      if (pieces().HasCase(use.piece, vocabulary_.TextOf(form))) {
        cased->second.push_back(use);
      }
    }
  }
  return cased->second;
}

template <typename Visit>
void ConcordanceWords::ForEachWordLike(std::string_view form, Visit visit) const {
  // The form of a stress mark alone is empty, what it is folded to is not.
  std::u32string letters = text::ToUtf32(form);
  std::vector<std::pair<std::size_t, char32_t>> places;  // And what else may stand there.
  for (std::size_t i = 0; i < letters.size(); ++i) {
    for (const Alternative& alternative : kAlternatives) {
      if (letters[i] == alternative.form) {
        places.emplace_back(i, alternative.other);
      }
    }
  }
  if (places.size() > kMaxAlternatives || form.empty()) {
    ForEachWordLike(WordWildcards(form), visit);
    return;
  }
  for (std::uint32_t chosen = 0; chosen < 1U << places.size(); ++chosen) {
    std::u32string word = letters;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if ((chosen >> i & 1) != 0) {
        word[places[i].first] = places[i].second;
      }
    }
    std::string folded;
    for (const char32_t c : word) {
      text::AppendChar(c, folded);
    }
    const FoldedKey key = vocabulary_.FindFolded(TokenClass::kWord, folded);
    if (key != Vocabulary::kNoKey) {
      visit(NumberOf(key));
    }
  }
}

template <typename Visit>
void ConcordanceWords::ForEachWordLike(const WordWildcards& pattern, Visit visit) const {
  const std::uint32_t count = vocabulary_.word_count();
  for (std::uint32_t first = 0; first < count && !(is_cancelled_ && is_cancelled_());) {
    const auto words = vocabulary_.WordsFrom(first, std::min(count, first + kWordsPerCheck));
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      if (pattern.MayMatch(words[i]) &&
          pattern.Matches(text::SearchForm(vocabulary_.WordText(first + i), LetterCase::kKeep))) {
        visit(first + i);
      }
    }
    first += static_cast<std::uint32_t>(words.size());
  }
}

}  // namespace sild::matching
