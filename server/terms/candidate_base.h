#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/terms/candidate_places.h"
#include "server/terms/word_corpus.h"
#include "server/terms/word_groups.h"

namespace sild::terms {

// A form of a candidate: one way to write it, and how often it occurs in any.
struct OccurringForm {
  std::vector<CorpusToken> tokens;
  std::uint32_t frequency = 0;
};

// How near a form is to what a glossary has, nearest first.
enum class Nominative : std::uint8_t { kBase, kPlural, kNone };

// Tells which form of a candidate is its base, and makes it where it does not occur: of words that
// the dictionary has, by the rules of agreement.
class CandidateBase {
 public:
  // All must outlive this. `forms`, at least one, are all those of one candidate.
  CandidateBase(const WordCorpus& corpus, const WordGroups& groups, const CandidatePlaces& places,
                const std::vector<OccurringForm>& forms);

  // What a form is. What may be a genitive as well (`Америки`) is a plural only if other forms are
  // more often plural than not, and never of a name.
  Nominative NominativeOf(const OccurringForm& form) const;

  // Returns the base form that `form`, which is none, leads to, written like it as far as they are
  // the same: `Верховный суд` for `Верховного суда`. Empty if it is not sure: of acronyms; of names
  // that the dictionary does not have as names, since `NATO` is no form of `natas`, nor `Hiina` of
  // `hii`; where a name beside the head may be inflected as well.
  std::string MadeFrom(const OccurringForm& form) const;

 private:
  using Spelling = WordCorpus::Spelling;

  const WordGroups::Group& GroupOf(CorpusToken token) const {
    return groups_.Of(corpus_.SpellingOf(token).word);
  }
  const std::string& WordOf(CorpusToken token) const {
    return corpus_.word(corpus_.SpellingOf(token).word);
  }
  bool IsNameIn(CorpusToken token) const { return corpus_.IsName(corpus_.SpellingOf(token).word); }
  bool MayBeGenitive(const std::string& base) const;
  std::string HeadFrom(CorpusToken head, bool is_alone) const;
  bool StaysAsItIs(const OccurringForm& form, std::size_t at) const;
  std::string AgreedFrom(CorpusToken modifier, std::string_view head_base) const;
  std::string BesideHead(const OccurringForm& form, std::size_t at, std::size_t head) const;

  const WordCorpus& corpus_;
  const WordGroups& groups_;
  const CandidatePlaces& places_;
  const std::vector<OccurringForm>& forms_;
  bool is_mostly_plural_ = false;
};

}  // namespace sild::terms
