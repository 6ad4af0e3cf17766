#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/matching/vocabulary.h"

namespace sild::matching {

// A pattern of a word: letters, `*` for any characters, also none, and `?` for one.
class WordWildcards {
 public:
  // `pattern` is in the form that `text::SearchForm` gives, wildcards left as they are.
  explicit WordWildcards(std::string_view pattern);

  // Whether the pattern matches the whole of `word`, which is in that form too. O(n) for words
  // without repetitions, at worst O(n · size of the pattern).
  bool Matches(std::string_view word) const;

  // Whether a word of the vocabulary may match a pattern without capitals, by what is known of it.
  bool MayMatch(const Vocabulary::Word& word) const {
    return word.chars >= least_chars_ && (needed_ & ~word.signature) == 0;
  }

  // The same by its text, which is folded. A few nanoseconds.
  bool MayMatch(std::string_view folded) const {
    return place_ == Place::kFirst  ? folded.starts_with(literal_)
           : place_ == Place::kLast ? folded.ends_with(literal_)
                                    : folded.find(literal_) != std::string_view::npos;
  }

  // Whether a word matches if only it may match by its text.
  bool is_told_by_folded() const { return is_told_by_folded_; }

  // Whether there is a letter in it, so that no number matches.
  bool has_letter() const { return has_letter_; }

 private:
  void TakeLiteral();

  std::u32string pattern_;
  std::uint32_t least_chars_ = 0;
  LetterSignature needed_ = 0;  // Of what the folded form of every such word has.
  enum class Place : std::uint8_t { kAnywhere, kFirst, kLast };
  std::string literal_;             // The longest piece that stands in it …
  Place place_ = Place::kAnywhere;  // … there.
  bool is_told_by_folded_ = false;
  bool has_letter_ = false;
};

}  // namespace sild::matching
