#include <algorithm>
#include <array>

#include "server/terms/language_bases.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

// Endings of nouns and names by which unknown words are told, the nominative's first.
const std::vector<std::string_view>& NounRows() {
  static const std::vector<std::string_view> rows{
      "as o ui ą u e ai ų ams us ais uose",
      "is io iui į iu yje iai ių iams ius iais iuose",
      "ys io iui į iu yje iai ių iams ius iais iuose",
      "us aus ui ų umi uje ūs ų ums us umis uose",
      "ius iaus iui ių iumi iuje iai ių iams ius iais iuose",
      "a os ai ą oje os ų oms as omis ose",
      "ia ios iai ią ioje ios ių ioms ias iomis iose",
      "ė ės ei ę e ėje ės ių ėms es ėmis ėse",
      "- 'as 'o 'ui 'ą 'u 'e 'is 'io 'iui 'į"};
  return rows;
}

// Endings of participles, which play the part of adjectives.
constexpr std::string_view kParticiples =
    "antis ančio ančiam antį ančiu ančiame antys ančių antiems ančius ančiais ančiuose anti ančios "
    "ančiai ančią ančia ančioje ančioms ančias ančiomis ančiose intis inčio intys inčių inti "
    "inčios "
    "inčią tas to tam tą tu tame ti tų tiems tus tais tuose ta tos tai toje toms tas tomis tose "
    "tasis tojo tajam tąjį tuoju tieji tųjų tiesiems tuosius taisiais toji tosios tajai tąją tąja "
    "tojoje tosioms tąsias tosiomis usio usių usios usią usiems usius usiais usieji";

bool HasAny(const std::vector<std::string>& forms, std::string_view ending) {
  return std::any_of(forms.begin(), forms.end(),
                     [ending](const std::string& form) { return form.ends_with(ending); });
}

WordKind KindOf(const Dictionary& dictionary, const DictionaryEntry& entry, std::string_view word) {
  std::vector<std::string> forms;
  for (const std::uint16_t paradigm : entry.paradigms) {
    dictionary.AppendForms(entry.lemma, paradigm, forms);
  }
  if (IsLithuanianVerb(forms)) {
    return EndsInOneOf(word, kParticiples) ? WordKind::kModifier : WordKind::kOther;
  }
  if (forms.empty() && !entry.has_capital) {
    return WordKind::kOther;  // What is not inflected is an adverb or a function word.
  }
  const bool is_adjective = !entry.has_capital && (HasAny(forms, "am") || HasAny(forms, "ajam"));
  return is_adjective ? WordKind::kModifier : WordKind::kNoun;
}

}  // namespace

bool IsLithuanianVerb(const std::vector<std::string>& forms) {
  return std::any_of(forms.begin(), forms.end(), [&forms](const std::string& form) {
    return form.ends_with("me") &&
           std::find(forms.begin(), forms.end(), Replaced(form, "me", "te")) != forms.end();
  });
}

std::vector<BaseForm> LithuanianBases(const Dictionary* dictionary, std::string_view word) {
  std::vector<BaseForm> bases;
  if (dictionary != nullptr) {
    std::vector<DictionaryEntry> entries = dictionary->Find(word);
    const std::vector<DictionaryEntry> others = dictionary->EntriesWithForm(word);
    entries.insert(entries.end(), others.begin(), others.end());
    for (const DictionaryEntry& entry : entries) {
      bases.push_back({std::string(entry.lemma), KindOf(*dictionary, entry, word), Trust::kSure,
                       entry.has_capital});
    }
  }
  if (bases.empty()) {
    AddGuessedBases(word, NounRows(), bases);
  }
  return bases;
}

}  // namespace sild::terms
