#include "server/terms/candidate_places.h"

#include "server/terms/estonian_stems.h"
#include "server/terms/function_words.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

constexpr std::string_view kLithuanianGenitives = "o os ės ies aus ers ens ių ų";
constexpr std::string_view kEstonianPlurals = "te de";

}  // namespace

CandidatePlaces::CandidatePlaces(const WordCorpus& corpus, const WordGroups& groups,
                                 std::string_view language)
    : corpus_(corpus), groups_(groups), language_(language) {
  roles_.reserve(corpus.spelling_count());
  for (SpellingId id = 0; id < corpus.spelling_count(); ++id) {
    roles_.push_back(FindRole(corpus.spelling(id)));
  }
}

CandidatePlaces::Role CandidatePlaces::FindRole(const WordCorpus::Spelling& spelling) const {
  if (spelling.is_symbol) {
    return Role::kBarrier;
  }
  const std::string& word = corpus_.word(spelling.word);
  if (IsLinkWord(language_, word)) {
    return language_ == "en" && word == "the" ? Role::kArticle : Role::kLink;
  }
  const WordGroups::Group& group = groups_.Of(spelling.word);
  if (IsFunctionWord(language_, word) || IsFunctionWord(language_, group.base)) {
    return spelling.has_capital && spelling.letters > 2 ? Role::kFunction : Role::kBarrier;
  }
  if (spelling.has_digit) {
    return spelling.has_capital ? Role::kNoun : Role::kNumber;
  }
  if (spelling.letters < 2) {
    return Role::kBarrier;
  }
  switch (group.kind) {
    case WordKind::kOther:
      return spelling.has_capital ? Role::kFunction : Role::kBarrier;
    case WordKind::kModifier:
      return Role::kModifier;
    case WordKind::kNoun:
      break;
  }
  return IsAttributeForm(word) ? Role::kAttribute : Role::kNoun;
}

// In English and Russian any noun may stand before or behind another.
bool CandidatePlaces::IsAttributeForm(std::string_view word) const {
  if (language_ == "lt") {
    return EndsInOneOf(word, kLithuanianGenitives);
  }
  if (language_ == "et") {
    return EndsInEstonianVowel(word) || EndsInOneOf(word, kEstonianPlurals);
  }
  return true;
}

bool CandidatePlaces::IsName(CorpusToken token) const {
  return corpus_.SpellingOf(token).has_capital && !token.begins_sentence();
}

bool CandidatePlaces::CanBegin(std::span<const CorpusToken> tokens, std::size_t at) const {
  if (tokens[at].joint() == Joint::kHyphen) {
    return false;
  }
  const Role role = RoleOf(tokens[at]);
  if (role == Role::kFunction) {
    return IsName(tokens[at]) && at + 1 < tokens.size() && IsName(tokens[at + 1]);
  }
  return role >= Role::kModifier;
}

bool CandidatePlaces::CanEnd(std::span<const CorpusToken> tokens, std::size_t begin,
                             std::size_t at) const {
  if (at + 1 < tokens.size() && tokens[at + 1].joint() == Joint::kHyphen) {
    return false;
  }
  const Role role = RoleOf(tokens[at]);
  if (role == Role::kNumber) {
    return at > begin && tokens[at].joint() == Joint::kHyphen;
  }
  const bool is_name = IsName(tokens[at]) && (role == Role::kModifier || role == Role::kFunction);
  if (role < Role::kAttribute && !(is_name && at > begin)) {
    return false;
  }
  const WordCorpus::Spelling& spelling = corpus_.SpellingOf(tokens[at]);
  return at > begin || spelling.letters > 2 || spelling.is_all_capitals;
}

// Whether a candidate may go on behind this token.
bool CandidatePlaces::CanContinue(std::span<const CorpusToken> tokens, std::size_t at) const {
  if (at + 1 >= tokens.size()) {
    return false;
  }
  const Role role = RoleOf(tokens[at]);
  const Role next = RoleOf(tokens[at + 1]);
  if (next == Role::kBarrier || (next == Role::kArticle && role != Role::kLink) ||
      (next == Role::kFunction && !IsName(tokens[at + 1]))) {
    return false;
  }
  const bool is_joined = tokens[at + 1].joint() == Joint::kHyphen;
  const bool is_bare_noun = role == Role::kNoun && !IsName(tokens[at]) && !is_joined;
  return !is_bare_noun && role != Role::kNumber;
}

bool CandidatePlaces::IsGeneral(CorpusToken token) const {
  return IsGeneralWord(language_, groups_.Of(corpus_.SpellingOf(token).word).base);
}

std::size_t CandidatePlaces::HeadAt(std::span<const CorpusToken> candidate) const {
  for (std::size_t i = 0; i < candidate.size(); ++i) {
    const bool is_last = i + 1 == candidate.size() || IsLink(candidate[i + 1]);
    if (is_last || (language_ == "ru" && RoleOf(candidate[i]) >= Role::kAttribute)) {
      return i;
    }
  }
  return candidate.size() - 1;
}

bool CandidatePlaces::IsPlural(std::string_view word) const {
  if (language_ == "ru" && EndsInOneOf(word, "ами ями")) {
    return false;
  }
  return EndsInOneOf(word, language_ == "en"   ? "s"
                           : language_ == "et" ? "d"
                           : language_ == "lt" ? "ai os ės ys ūs"
                           : language_ == "ru" ? "ы и"
                                               : "");
}

std::vector<CandidatePlace> CandidatePlaces::In(std::size_t segment) const {
  const std::span<const CorpusToken> tokens = corpus_.Segment(segment);
  std::vector<CandidatePlace> places;
  for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
    if (!CanBegin(tokens, begin)) {
      continue;
    }
    CandidatePlace place{begin, 0, {}};
    place.key.fill(kNoGroup);
    for (std::size_t at = begin; place.words < kMaxCandidateWords; ++at) {
      place.key[place.words++] = groups_.GroupOf(corpus_.SpellingOf(tokens[at]).word);
      if (CanEnd(tokens, begin, at)) {
        places.push_back(place);
      }
      if (!CanContinue(tokens, at)) {
        break;
      }
    }
  }
  return places;
}

}  // namespace sild::terms
