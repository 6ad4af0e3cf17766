#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/terms/word_corpus.h"
#include "server/terms/word_groups.h"

namespace sild::terms {

// A term has at most so many words here, link words among them.
constexpr std::size_t kMaxCandidateWords = 4;

// What tells candidates apart: their groups, and `kNoGroup` behind the last.
using CandidateKey = std::array<GroupId, kMaxCandidateWords>;
constexpr GroupId kNoGroup = std::numeric_limits<GroupId>::max();

// Where a phrase stands that has the shape of a term.
struct CandidatePlace {
  std::size_t begin = 0;  // Token of the segment.
  std::size_t words = 0;
  CandidateKey key{};
};

// Finds the phrases in a corpus that have the shape of a term: one to four words without a symbol
// between them, a noun at the end, nouns and adjectives before it, no function word but such as
// `of`, none of a compound with hyphens without the rest. Estonian and Lithuanian nouns stand in
// the genitive before another unless they are names.
class CandidatePlaces {
 public:
  // All must outlive this; `language` is `en`, `et`, `lt`, `ru`, or another.
  CandidatePlaces(const WordCorpus& corpus, const WordGroups& groups, std::string_view language);

  // Whether the token is a word of wide meaning (`IsGeneralWord`).
  bool IsGeneral(CorpusToken token) const;

  // Returns the places in a segment by begin, shorter ones first.
  std::vector<CandidatePlace> In(std::size_t segment) const;

  std::string_view language() const { return language_; }

  // Which token of a candidate is inflected whatever the others do: in Russian the first noun,
  // else the last before a link word.
  std::size_t HeadAt(std::span<const CorpusToken> candidate) const;

  // Whether a form, folded, may be a nominative plural by its ending.
  bool IsPlural(std::string_view word) const;

  // Whether the token is an adjective or participle.
  bool IsModifier(CorpusToken token) const { return RoleOf(token) == Role::kModifier; }

  // Whether the token only joins words.
  bool IsLink(CorpusToken token) const {
    return RoleOf(token) == Role::kLink || RoleOf(token) == Role::kArticle;
  }

 private:
  // What a spelling may be in a candidate.
  enum class Role : std::uint8_t {
    kBarrier,
    kArticle,  // Only behind a link word: `rule of the law`.
    kLink,
    kFunction,  // As `kBarrier`, but for names: `New York`.
    kNumber,
    kModifier,
    kAttribute,  // A noun in the form in which it stands before another.
    kNoun,
  };

  Role FindRole(const WordCorpus::Spelling& spelling) const;
  bool IsAttributeForm(std::string_view word) const;
  Role RoleOf(CorpusToken token) const { return roles_[token.spelling()]; }

  bool CanBegin(std::span<const CorpusToken> tokens, std::size_t at) const;
  bool CanEnd(std::span<const CorpusToken> tokens, std::size_t begin, std::size_t at) const;
  bool CanContinue(std::span<const CorpusToken> tokens, std::size_t at) const;
  bool IsName(CorpusToken token) const;

  const WordCorpus& corpus_;
  const WordGroups& groups_;
  std::string language_;
  std::vector<Role> roles_;  // By spelling.
};

}  // namespace sild::terms
