#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "server/model/glossary.h"
#include "server/terms/compounds.h"
#include "server/terms/form_table.h"
#include "server/terms/language_rules.h"
#include "server/terms/term_patterns.h"
#include "server/terms/text_scan.h"

namespace sild::terms {

// Where a term comes from. The pointers must outlive the table.
struct TermSource {
  std::size_t glossary = 0;
  const Concept* entry = nullptr;
  const LanguageSection* section = nullptr;
  const Term* term = nullptr;
};

// A place in a text that looks like a term, by tokens.
struct Found {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // Of the concept, by glossary and name. Of the same name, the same.
  std::uint32_t concept_rank = 0;
  std::uint32_t term = 0;  // In the order in which terms were added.
  HitClass hit_class = HitClass::kStrict;
  bool mixes_scripts = false;
  bool is_repeated = false;  // Not set by `Find`: an earlier glossary holds the same term.
};

// The patterns of terms, ready to be found: forms lead to words, words to the patterns that are
// looked for where they stand. First `Add`, then `Finish`, then `Find` from any number of threads.
class TermTable {
 public:
  explicit TermTable(LanguageRules rules) : rules_(std::move(rules)) {}

  void Add(const TermSource& source, const std::vector<TermPattern>& patterns);
  void Finish();

  const FormTable& forms() const { return forms_; }
  std::size_t size_bytes() const;  // Without the concepts.

  const TermSource& SourceOf(const Found& found) const { return terms_[found.term].source; }
  // Equal for terms that are the same token by token.
  std::uint32_t KeyOf(const Found& found) const { return terms_[found.term].key; }

  // Finds terms in `text`, which has these tokens, until `max_found` or more are found, and asks
  // now and then whether to go on. A place may be found more than once. In no order.
  std::vector<Found> Find(std::string_view text, const std::vector<ScannedToken>& tokens,
                          std::size_t max_found, const std::function<bool()>& is_cancelled) const;

 private:
  class Finder;

  using WordId = std::uint32_t;  // A set of forms that words of patterns have in common.

  using WordForms = std::vector<std::pair<FormId, HitClass>>;

  // Tokens, and before each but the first its joint.
  using Phrase = std::vector<std::pair<Joint, FormId>>;

  struct LoadedTerm {
    TermSource source;
    std::uint32_t key = 0;
    std::vector<Phrase> banned;
  };

  struct LoadedWord {
    WordId word = 0;
    Joint joint = Joint::kSpace;
    bool is_ending = false;
  };

  struct LoadedPattern {
    std::uint32_t concept_rank = 0;
    std::uint32_t term = 0;
    std::uint32_t first_word = 0;  // In `pattern_words_`.
    std::uint32_t end_word = 0;
    // The word where it is looked for, and the tokens before it that may not be missing and that
    // may.
    std::uint32_t anchor = 0;
    std::uint32_t tokens_before = 0;
    std::uint32_t endings_before = 0;
    std::uint32_t needed_capitals = 0;
    std::uint32_t plain = 0;  // In `needed_plain_`, counted from 1; 0 if any case will do.
    bool needs_first_capital = false;
    bool ends_with_word = true;
    bool has_banned = false;
    // It is two words, both of which must stand there, joined so: neighbors tell all then.
    bool is_pair = false;
    Joint pair_joint = Joint::kAny;
  };

  // The word beside the one where a pattern is looked for, asked first since most patterns fail
  // there.
  struct Neighbor {
    std::int32_t offset = 0;  // In tokens, 1 or -1; 0, its own word, if none must stand there.
    WordId word = 0;

    friend auto operator<=>(const Neighbor&, const Neighbor&) = default;
  };

  // A form of a word: the word's number, and below it three bits for the class.
  using Use = std::uint32_t;
  static constexpr Use kClassBits = 3;
  static constexpr Use kMore = Use{1} << 31;  // By form: an index. In `more_uses_`: not the last.
  static constexpr Use kIdle = Use{1} << 30;  // No pattern is looked for there; as in `kNoNumber`.

  void AddPattern(const TermPattern& pattern, std::uint32_t term);
  WordId WordOf(const PatternWord& word);
  Phrase PhraseOf(const std::string& text);
  void Anchor(const std::vector<std::uint32_t>& weights, LoadedPattern& pattern) const;
  Neighbor NeighborOf(const LoadedPattern& pattern) const;
  void LinkForms();
  void LinkPatterns();
  void RankConcepts();
  std::vector<std::uint32_t> WordWeights();

  // Calls `take(word, hit class)` for each word that has a form of this number.
  template <typename Take>
  void ForEachWord(std::uint32_t number, const Take& take) const;

  LanguageRules rules_;
  FormTable forms_;  // The number of a form is its use; if several words have it, `kMore` and
                     // where their uses begin.
  std::vector<Use> more_uses_;
  std::vector<std::uint32_t> first_pattern_;  // By word where it is looked for, and the end.
  std::vector<LoadedWord> pattern_words_;
  std::vector<LoadedPattern> patterns_;  // By word where they are looked for.
  std::vector<Neighbor> neighbors_;      // By pattern; of those of one word ascending.
  CompoundParts compounds_;              // By number in `compound_patterns_`.
  std::vector<LoadedPattern> compound_patterns_;
  std::vector<std::vector<std::string>> needed_plain_;
  std::vector<LoadedTerm> terms_;

  // While terms are added.
  std::vector<WordForms> forms_of_words_;             // By word.
  absl::flat_hash_map<std::uint64_t, WordId> words_;  // By hash of their forms.
  absl::flat_hash_map<std::string, std::uint32_t> keys_;
};

}  // namespace sild::terms
