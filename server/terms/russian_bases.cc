#include <algorithm>

#include "server/terms/language_bases.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

// Endings of nouns, names and adjectives by which unknown words are told, the nominative's first.
const std::vector<std::string_view>& Rows() {
  static const std::vector<std::string_view> rows{
      "- а у ом ем е ы и ов ам ами ах",
      "ь я ю ем е и ей ям ями ях",
      "ь и ью ей ям ями ях",
      "й я ю ем е и ев ям ями ях",
      "ий ия ию ием ии иев иям иями иях",
      "а ы и е у ой ам ами ах",
      "я и е ю ей ям ями ях",
      "ия ии ию ией ий иям иями иях",
      "ие ия ию ием ии ий иям иями иях",
      "о а у ом е ам ами ах",
      "ый ого ому ым ом ые ых ыми ая ой ую ое",
      "ий его ему им ем ие их ими ая ой ую ое ого ому ом",
      "ов ова ову овым ове овы овых овыми",
      "ев ева еву евым еве евы евых евыми",
      "ова овой ову",
      "ева евой еву",
      "ин ина ину иным ине ины иных",
      "ина иной ину",
      "ец ца цу цем цом це цы цев цов цам цами цах",
      "ок ка ку ком ке ки ков кам ками ках"};
  return rows;
}

// Endings of adjectives and participles.
constexpr std::string_view kAdjectives = "ый ий ой ая яя ое ее ые ие";

bool IsAdjective(const Dictionary& dictionary, std::string_view lemma) {
  if (!EndsInOneOf(lemma, kAdjectives) || Length(lemma) <= 3) {
    return false;
  }
  const std::string stem(WithoutLast(WithoutLast(lemma)));
  return dictionary.HasForm(stem + "ого") || dictionary.HasForm(stem + "его");
}

// An adverb, as `хорошо` of `хороший`, or a short form.
bool IsAdverb(const Dictionary& dictionary, std::string_view lemma) {
  const std::string stem(WithoutLast(lemma));
  return EndsInOneOf(lemma, "о е") && Length(lemma) > 3 &&
         (dictionary.HasLemma(stem + "ый") || dictionary.HasLemma(stem + "ий") ||
          dictionary.HasLemma(stem + "ой"));
}

WordKind KindOf(const Dictionary& dictionary, std::string_view lemma) {
  if (IsRussianVerb(dictionary, lemma) || IsAdverb(dictionary, lemma)) {
    return WordKind::kOther;
  }
  return IsAdjective(dictionary, lemma) ? WordKind::kModifier : WordKind::kNoun;
}

// Forms that the dictionary has torn off their words (`беженцев`) are there by themselves: what
// they may be forms of is asked of the rules.
void AddTornBases(const Dictionary& dictionary, std::string_view word,
                  std::vector<BaseForm>& bases) {
  std::vector<BaseForm> guesses;
  AddGuessedBases(word, Rows(), guesses);
  for (BaseForm& guess : guesses) {
    if (guess.text != word && dictionary.HasLemma(guess.text)) {
      const WordKind kind = KindOf(dictionary, guess.text);
      bases.push_back({std::move(guess.text), kind, Trust::kToCheck});
    }
  }
}

}  // namespace

bool IsRussianVerb(const Dictionary& dictionary, std::string_view lemma) {
  if (EndsInOneOf(lemma, "ться тись чься")) {
    return true;
  }
  if (lemma.ends_with("чь")) {
    return !IsOneOf(lemma, "ночь полночь дочь речь печь желчь картечь");
  }
  const std::string stem(WithoutLast(WithoutLast(lemma)));
  return EndsInOneOf(lemma, "ть ти") && Length(lemma) > 3 &&
         (dictionary.HasForm(stem + "л") || dictionary.HasForm(stem + "ла"));
}

std::vector<BaseForm> RussianBases(const Dictionary* dictionary, std::string_view word) {
  std::vector<BaseForm> bases;
  if (dictionary != nullptr) {
    std::vector<DictionaryEntry> entries = dictionary->Find(word);
    const bool is_bare = std::all_of(entries.begin(), entries.end(),
                                     [](const auto& entry) { return entry.paradigms.empty(); });
    const std::vector<DictionaryEntry> others = dictionary->EntriesWithForm(word);
    entries.insert(entries.end(), others.begin(), others.end());
    for (const DictionaryEntry& entry : entries) {
      bases.push_back({std::string(entry.lemma), KindOf(*dictionary, entry.lemma), Trust::kSure,
                       entry.has_capital});
    }
    if (is_bare && others.empty()) {
      AddTornBases(*dictionary, word, bases);
    }
  }
  if (bases.empty()) {
    AddGuessedBases(word, Rows(), bases);
  }
  return bases;
}

}  // namespace sild::terms
