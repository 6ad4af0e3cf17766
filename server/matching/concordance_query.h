#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/statusor.h>

#include "server/matching/word_wildcards.h"
#include "server/text/search_form.h"
#include "server/text/tokens.h"

namespace sild::matching {

// How what is looked for must stand in a text.
enum class ConcordanceMode : std::uint8_t {
  kAllWords = 1,   // All words, in any order.
  kPhrase = 2,     // All tokens, side by side and in order.
  kSubstring = 3,  // The characters, also inside words.
};

struct ConcordanceOptions {
  ConcordanceMode mode = ConcordanceMode::kAllWords;
  bool whole_word = false;  // No inflected forms.
  bool match_case = false;
  bool wildcards = false;  // `*` and `?` in words are such. Not with `kSubstring`.
};

// Returns the forms of a word, itself or not among them: each one word, in any case.
using FormsOfWord = std::function<std::vector<std::string>(std::string_view word)>;

// Pieces with wildcards in one query. Each is compared with all words of a memory.
constexpr std::size_t kMaxPatterns = 8;

// What is looked for, ready to be compared with tokens. Its words and, in a phrase, its punctuation
// are pieces, numbered in order; a piece that comes again counts once, except in a phrase.
class ConcordanceQuery {
 public:
  // What a token is to the query.
  struct Use {
    std::uint32_t piece = 0;
    bool is_exact = true;  // Otherwise an inflected form.

    friend bool operator==(const Use&, const Use&) = default;
  };

  // A piece with wildcards.
  struct Pattern {
    std::uint32_t piece = 0;
    WordWildcards folded;
    WordWildcards cased;
  };

  // Reads a query, which must be UTF-8. `InvalidArgument` if there is nothing in it to look for,
  // or over `kMaxPatterns` words have wildcards; the message does not name the field.
  static absl::StatusOr<ConcordanceQuery> Parse(std::string_view query,
                                                const ConcordanceOptions& options,
                                                const FormsOfWord& forms_of_word);

  const ConcordanceOptions& options() const { return options_; }
  std::size_t piece_count() const { return pieces_.size(); }
  bool has_inflected_forms() const { return has_inflected_forms_; }

  // Sets `uses` to what a token is to the query whatever its case, by piece, the last first.
  void FindUses(text::TokenClass token_class, std::string_view folded,
                std::vector<Use>& uses) const;

  // Whether a token, as it stands in the text in normal form C, has the case that a piece asks for.
  // Only for tokens that have such a use. Always true unless case is to be matched.
  bool HasCase(std::uint32_t piece, std::string_view surface) const;

  // For an index of words: the search forms of words that are a use, `KeyOf` each; and patterns.
  const absl::flat_hash_map<std::string, std::vector<Use>>& uses() const { return uses_; }
  const std::vector<Pattern>& patterns() const { return patterns_; }
  static std::string KeyOf(text::TokenClass token_class, std::string_view folded);

  // Of a substring: the characters in the form of `text::SearchText`, and without spaces.
  const std::string& substring() const { return substring_; }
  const std::string& compact() const { return compact_; }
  // Of a substring: a phrase with wildcards that each text must have that has the substring, unless
  // some of it lies in a tag. It is what the longest stretch of letters and spaces is like; nothing
  // if that is not all and no two words.
  std::optional<ConcordanceQuery> AsPhrase() const;
  // Whether that stretch is the whole substring, so that the texts with the phrase have it.
  bool is_like_phrase() const { return LongestStretch().size() == substring_.size(); }

  text::LetterCase letter_case() const {
    return options_.match_case ? text::LetterCase::kKeep : text::LetterCase::kIgnore;
  }

 private:
  // A token of the query, or several that wildcards join.
  struct Piece {
    text::TokenClass token_class = text::TokenClass::kWord;
    bool is_pattern = false;
    std::string surface;
    std::string key;    // As `KeyOf`; of a pattern the folded search form.
    std::string cased;  // The search form with case.
  };

  static std::vector<Piece> CutPieces(std::string_view query, bool wildcards);
  absl::Status TakeWords(std::string_view query, const FormsOfWord& forms_of_word);
  absl::Status TakeSubstring(std::string_view query);
  std::string_view LongestStretch() const;
  void AddPiece(Piece piece);
  void AddForms(std::uint32_t piece, const FormsOfWord& forms_of_word);
  void AddUse(const std::string& key, Use use);

  ConcordanceOptions options_;
  std::vector<Piece> pieces_;
  absl::flat_hash_map<std::string, std::vector<Use>> uses_;  // By piece, the last first.
  std::vector<Pattern> patterns_;
  bool has_inflected_forms_ = false;
  std::string substring_;
  std::string compact_;
};

}  // namespace sild::matching
