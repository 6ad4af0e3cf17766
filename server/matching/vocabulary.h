#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "server/matching/string_table.h"
#include "server/text/tokens.h"

namespace sild::matching {

// The number of a token as it stands in a text, class included. Equal just if surfaces are.
using FormId = std::uint32_t;

// What tokens are the same by but for case and the like: the class in the upper two bits, and a
// number for the folded form. Words are numbered from 0 on.
using FoldedKey = std::uint32_t;

constexpr FormId kNoForm = ~FormId{0};
constexpr std::uint32_t kFoldedBits = 30;
constexpr std::uint32_t kMaxFolded = (1U << kFoldedBits) - 1;

constexpr FoldedKey MakeKey(text::TokenClass token_class, std::uint32_t folded) {
  return static_cast<std::uint32_t>(token_class) << kFoldedBits | folded;
}
constexpr text::TokenClass ClassOf(FoldedKey key) {
  return static_cast<text::TokenClass>(key >> kFoldedBits);
}
constexpr std::uint32_t NumberOf(FoldedKey key) { return key & kMaxFolded; }

// Bounds how many letters two words do not share: see `MissesAtMost`.
using LetterSignature = std::uint64_t;

// Returns the signature of a word: of the letters in each of 32 classes, whether there is one, and
// whether there are two.
LetterSignature SignatureOf(std::u32string_view letters);

// Whether words of these signatures can be `limit` edits apart: each edit takes at most one letter
// away and adds at most one.
inline bool MissesAtMost(LetterSignature a, LetterSignature b, int limit) {
  return std::max(std::popcount(a & ~b), std::popcount(b & ~a)) <= limit;
}

// All tokens of the texts of one language, of all memories. Grows only. Any thread may use it:
// readers never wait; those who add new tokens take turns.
class Vocabulary {
 public:
  // What is known of a word.
  struct Word {
    LetterSignature signature = 0;
    std::uint32_t chars = 0;                   // Code points.
    std::atomic<std::uint32_t> documents = 0;  // That have it, for planning only: roughly.
  };

  // Returns the number of a token of `text`, which is added if it is new.
  FormId Intern(const text::TokenizedText& text, const text::Token& token) {
    return Intern(token.token_class, text.Surface(token), text.Folded(token));
  }
  FormId Intern(text::TokenClass token_class, std::string_view surface, std::string_view folded);

  // Returns the key of a folded form, which is added if it is new.
  FoldedKey InternFolded(text::TokenClass token_class, std::string_view folded);

  // Returns the number of a token as it stands there, or `kNoForm`.
  FormId Find(text::TokenClass token_class, std::string_view surface) const;

  // Returns the key of a folded form, or `kNoKey`.
  static constexpr FoldedKey kNoKey = ~FoldedKey{0};
  FoldedKey FindFolded(text::TokenClass token_class, std::string_view folded) const;

  FoldedKey KeyOf(FormId form) const { return keys_[form]; }
  std::string_view TextOf(FormId form) const { return forms_[form]; }
  std::string_view FoldedOf(FoldedKey key) const;

  std::uint32_t form_count() const { return forms_.size(); }
  std::uint32_t word_count() const { return words_.size(); }
  const Word& word(std::uint32_t number) const { return word_facts_[number]; }

  // Returns as many words from `begin` on as lie side by side, of those before `end`.
  std::span<const Word> WordsFrom(std::uint32_t begin, std::uint32_t end) const {
    return {&word_facts_[begin], std::min<std::size_t>(end - begin, word_facts_.Contiguous(begin))};
  }
  std::string_view WordText(std::uint32_t number) const { return words_[number]; }

  // Calls `visit` with the number of each word that has a form of `text::SearchForm`.
  template <typename Visit>
  void ForEachWordWithSearchForm(std::string_view form, Visit visit) const;

  // Numbers, tags and punctuation: how many there are, and the key of each.
  std::uint32_t other_count() const { return others_.size(); }
  FoldedKey OtherKey(std::uint32_t number) const {
    return MakeKey(static_cast<text::TokenClass>(others_.MarkOf(number)), number);
  }

  // Counts documents that have a word, and documents in all. For planning only: roughly.
  void AddDocuments(std::uint32_t word, std::uint32_t count) {
    word_facts_[word].documents.fetch_add(count, std::memory_order_relaxed);
  }
  void AddDocuments(std::uint32_t count) {
    document_count_.fetch_add(count, std::memory_order_relaxed);
  }
  std::uint64_t document_count() const { return document_count_.load(std::memory_order_relaxed); }

  // The memory that it takes, roughly.
  std::size_t bytes() const;

 private:
  FormId Add(text::TokenClass token_class, std::string_view surface, std::string_view folded);
  FoldedKey AddFolded(text::TokenClass token_class, std::string_view folded);
  void AddSearchForm(std::uint32_t word, std::string_view folded);

  // The place of the text of a folded form.
  TextArena::Place PlaceOf(FoldedKey key) const;

  // A word in the list of those that have a search form, and the next of them by its number in
  // `searched_words_`, plus 1; 0 if there is none.
  struct SearchedWord {
    std::uint32_t word = 0;
    std::uint32_t next = 0;
  };

  std::mutex adding_mutex_;  // Held by who adds.
  TextArena texts_;
  StringTable forms_{texts_};  // By class and surface.
  GrowingArray<FoldedKey> keys_;
  StringTable words_{texts_};   // Folded words.
  StringTable others_{texts_};  // Folded numbers, tags and punctuation, by class.
  GrowingArray<Word> word_facts_;
  StringTable search_forms_{texts_};  // Of words of which it is not the folded form.
  GrowingArray<std::atomic<std::uint32_t>> first_searched_;  // By search form: as `next`.
  GrowingArray<SearchedWord> searched_words_;
  std::uint32_t searched_word_count_ = 0;  // Of the adding thread.
  std::atomic<std::uint64_t> document_count_ = 0;
};

template <typename Visit>
void Vocabulary::ForEachWordWithSearchForm(std::string_view form, Visit visit) const {
  // A folded form that is no search form is not told by `form`, which is one.
  if (const std::uint32_t word = words_.Find(form, 0); word != StringTable::kNone) {
    visit(word);
  }
  const std::uint32_t searched = search_forms_.Find(form, 0);
  std::uint32_t next = searched == StringTable::kNone
                           ? 0
                           : first_searched_[searched].load(std::memory_order_acquire);
  for (; next != 0; next = searched_words_[next - 1].next) {
    visit(searched_words_[next - 1].word);
  }
}

}  // namespace sild::matching
