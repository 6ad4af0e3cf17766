#include "server/terms/candidate_base.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/terms/word_forms.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

// Endings of nouns that tell their number.
struct NumberEndings {
  std::string_view language;
  std::string_view plural;
  std::string_view singular;
};
constexpr std::array<NumberEndings, 2> kNumberEndings{
    {{"ru", "ам ям ами ями ах ях", "у ю ом ем ой ью е"},
     {"lt", "ams ems oms ėms ims ums ais omis ėmis imis umis uose ose ėse yse ų",
      "oje ėje ą ę ei uje yje ui"}}};

// Lithuanian adjectives that are definite, by their ending: those of a man's and of a woman's.
constexpr std::string_view kDefiniteOfMen = "ojo ajam ąjį uoju ajame";
constexpr std::string_view kDefiniteOfWomen = "osios ajai ąją ąja ojoje";

// The ending of `word` that is among `endings`. Empty: none is.
std::string_view EndingAmong(std::string_view word, std::string_view endings) {
  for (const std::string_view ending : Split(endings)) {
    if (word.ends_with(ending)) {
      return ending;
    }
  }
  return {};
}

// Returns `target` written as `spelling` is as far as their letters are the same. Empty: nothing
// tells where they part, since letters in lower case may be longer or shorter.
std::string Respelled(const WordCorpus::Spelling& spelling, std::string_view folded,
                      const std::string& target) {
  std::size_t same = 0;
  while (same < std::min(folded.size(), target.size()) && folded[same] == target[same]) {
    ++same;
  }
  while (same > 0 && same < target.size() && !text::IsCharStart(target[same])) {
    --same;
  }
  if (same == 0 || spelling.text.size() != folded.size()) {
    return "";
  }
  return std::string(spelling.text.substr(0, same)) + target.substr(same);
}

// Whether `form` is the genitive plural of a Russian noun, without an ending or in -ий or -ей:
// `мер` of `мера`, `санкций`, `областей`.
bool IsRussianPluralGenitive(std::string_view form, std::string_view base) {
  return (EndsInOneOf(base, "а я о е") && form == WithoutLast(base)) ||
         (EndsInOneOf(base, "ия ие") && form.ends_with("ий")) ||
         (base.ends_with("ь") && form.ends_with("ей"));
}

// The nominative of a Russian adjective, which stands as `form` in the text, beside a noun. Empty:
// nothing tells.
std::string RussianAgreed(const std::string& adjective, std::string_view form,
                          std::string_view noun) {
  const std::string_view ending = EndingAmong(adjective, "ый ий ой");
  if (ending.empty() || EndsInOneOf(noun, "ь ы и")) {
    return "";
  }
  const std::string stem = Replaced(adjective, ending, "");
  const bool is_soft = ending == "ий" && !EndsInOneOf(stem, "г к х ж ч ш щ");
  const bool is_neuter = EndsInOneOf(noun, "о е мя");
  if (is_neuter) {
    const bool is_hissing = ending != "ой" && EndsInOneOf(stem, "ж ч ш щ");
    return stem + (is_soft || is_hissing ? "ее" : "ое");
  }
  if (EndsInOneOf(noun, "а я")) {  // Of a man (`судья`), too: the adjective tells.
    return EndsInOneOf(form, "ая яя ой ей ую юю ою ею") ? stem + (is_soft ? "яя" : "ая") : "";
  }
  return adjective;
}

// The same of a Lithuanian one, whose form in the text tells whether it is definite.
std::string LithuanianAgreed(const std::string& adjective, const std::string& form,
                             std::string_view noun) {
  if (noun.ends_with("is")) {
    return "";  // Of a man or of a woman: `brolis`, `šalis`.
  }
  const bool is_of_woman = EndsInOneOf(noun, "a ė");
  const std::string_view definite =
      EndingAmong(form, is_of_woman ? kDefiniteOfWomen : kDefiniteOfMen);
  if (!definite.empty()) {
    const std::string stem = Replaced(form, definite, "");
    const bool is_hard = !stem.ends_with("i") || stem.ends_with("iausi");
    return is_hard ? stem + (is_of_woman ? "oji" : "asis") : "";
  }
  if (!is_of_woman) {
    return adjective;
  }
  return adjective.ends_with("is")   ? Replaced(adjective, "is", "ė")
         : adjective.ends_with("as") ? Replaced(adjective, "as", "a")
         : adjective.ends_with("us") ? Replaced(adjective, "us", "i")
                                     : "";
}

}  // namespace

CandidateBase::CandidateBase(const WordCorpus& corpus, const WordGroups& groups,
                             const CandidatePlaces& places, const std::vector<OccurringForm>& forms)
    : corpus_(corpus), groups_(groups), places_(places), forms_(forms) {
  const auto* const endings =
      std::find_if(kNumberEndings.begin(), kNumberEndings.end(),
                   [&](const auto& known) { return known.language == places.language(); });
  if (endings == kNumberEndings.end()) {
    return;
  }
  std::uint64_t plural = 0;
  std::uint64_t singular = 0;
  for (const OccurringForm& form : forms) {
    const CorpusToken head = form.tokens[places.HeadAt(form.tokens)];
    const std::string& word = WordOf(head);
    const bool is_plural =
        EndsInOneOf(word, endings->plural) ||
        (endings->language == "ru" && IsRussianPluralGenitive(word, GroupOf(head).base));
    plural += is_plural ? form.frequency : 0;
    singular += !is_plural && EndsInOneOf(word, endings->singular) ? form.frequency : 0;
  }
  is_mostly_plural_ = plural > singular;
}

// Whether the nominative plural of a noun is its genitive, too.
bool CandidateBase::MayBeGenitive(const std::string& base) const {
  return places_.language() == "ru"   ? EndsInOneOf(base, "а я о е ь")
         : places_.language() == "lt" ? EndsInOneOf(base, "a ė")
                                      : false;
}

Nominative CandidateBase::NominativeOf(const OccurringForm& form) const {
  const CorpusToken head = form.tokens[places_.HeadAt(form.tokens)];
  const WordGroups::Group& group = GroupOf(head);
  if (group.base == WordOf(head)) {
    return Nominative::kBase;
  }
  const bool is_genitive =
      group.is_listed && MayBeGenitive(group.base) && (!is_mostly_plural_ || group.is_name);
  return places_.IsPlural(WordOf(head)) && !is_genitive ? Nominative::kPlural : Nominative::kNone;
}

std::string CandidateBase::MadeFrom(const OccurringForm& form) const {
  const std::size_t head = places_.HeadAt(form.tokens);
  const bool is_alone = form.tokens.size() == 1;
  if (!is_alone && is_mostly_plural_ && IsNameIn(form.tokens[0])) {
    return "";  // `Соединённые Штаты` are no one state.
  }
  std::string text;
  for (std::size_t i = 0; i < form.tokens.size(); ++i) {
    const Joint joint = form.tokens[i].joint();
    if (i > 0 && joint != Joint::kNothing) {
      text += joint == Joint::kHyphen ? '-' : ' ';
    }
    const std::string word =
        i == head ? HeadFrom(form.tokens[i], is_alone) : BesideHead(form, i, head);
    if (word.empty()) {
      return "";
    }
    text += word;
  }
  return text;
}

std::string CandidateBase::HeadFrom(CorpusToken head, bool is_alone) const {
  const Spelling& spelling = corpus_.SpellingOf(head);
  const WordGroups::Group& group = GroupOf(head);
  const bool is_name = IsNameIn(head) && is_alone;
  if (spelling.is_all_capitals || (is_name && !group.is_name) || !group.is_listed ||
      group.kind != WordKind::kNoun) {
    return "";
  }
  return Respelled(spelling, WordOf(head), group.base);
}

// Whether the word beside the head is the same in all of several forms, or cannot be another.
bool CandidateBase::StaysAsItIs(const OccurringForm& form, std::size_t at) const {
  const Spelling& spelling = corpus_.SpellingOf(form.tokens[at]);
  const bool is_same = std::all_of(forms_.begin(), forms_.end(), [&](const OccurringForm& other) {
    return at < other.tokens.size() && corpus_.SpellingOf(other.tokens[at]).word == spelling.word;
  });
  return spelling.is_all_capitals || (is_same && forms_.size() > 1);
}

// A word beside the head as it stands beside the base form. Empty: nothing tells.
std::string CandidateBase::BesideHead(const OccurringForm& form, std::size_t at,
                                      std::size_t head) const {
  const CorpusToken token = form.tokens[at];
  const std::string text(corpus_.SpellingOf(token).text);
  const std::string_view language = places_.language();
  const bool is_before = at < head;
  if (is_before && places_.IsModifier(token) && (language == "ru" || language == "lt")) {
    return AgreedFrom(token, GroupOf(form.tokens[head]).base);
  }
  return !IsNameIn(token) || StaysAsItIs(form, at) ? text : "";
}

std::string CandidateBase::AgreedFrom(CorpusToken modifier, std::string_view head_base) const {
  if (places_.language() == "lt" && WordOf(modifier).ends_with("ų")) {
    return "";  // A noun in the genitive, perhaps: `svarų sterlingų`.
  }
  const std::string& adjective = GroupOf(modifier).base;
  const std::string agreed = places_.language() == "ru"
                                 ? RussianAgreed(adjective, WordOf(modifier), head_base)
                                 : LithuanianAgreed(adjective, WordOf(modifier), head_base);
  return agreed.empty() ? "" : Respelled(corpus_.SpellingOf(modifier), WordOf(modifier), agreed);
}

}  // namespace sild::terms
