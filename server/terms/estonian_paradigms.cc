#include "server/terms/estonian_paradigms.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "server/terms/estonian_stems.h"

namespace sild::terms {
namespace {

// Makes the forms that the dictionary bears out.
class Paradigms {
 public:
  explicit Paradigms(const Dictionary& dictionary) : dictionary_(dictionary) {}

  // Adds the forms of a nominative after each genitive that the dictionary bears out.
  void AddParadigms(const std::string& word, WordForms& forms) const {
    for (const std::string& genitive : Genitives(word)) {
      forms.Add(word);
      AddForms(word, genitive, forms);
    }
  }

  // Adds the forms of a word that stands in the plural: `Ühendriigid`.
  void AddPlural(const std::string& word, WordForms& forms) const {
    if (!word.ends_with("d") || Length(word) <= 3) {
      return;
    }
    const std::string genitive = Replaced(word, "d", "");
    for (const std::string& nominative : EstonianNominatives(genitive)) {
      if (nominative != word && IsKnown(nominative) &&
          EstonianGenitives(nominative).contains(genitive)) {
        AddForms(nominative, genitive, forms);
      }
    }
    for (const std::string& nominative : EstonianWeakNominatives(genitive)) {
      if (IsKnown(nominative)) {
        const std::vector<std::string> genitives = Genitives(nominative);
        if (std::find(genitives.begin(), genitives.end(), genitive) != genitives.end()) {
          AddPluralForms(nominative, genitive, StrongStems(nominative, genitive), forms);
        }
      }
    }
    if (IsKnown(genitive + "le") || IsKnown(genitive + "s")) {
      forms.Add(word);
      AddKnown(genitive, "de", forms);
    }
  }

 private:
  bool IsKnown(const std::string& form) const { return dictionary_.HasForm(form); }

  std::size_t CountKnown(const std::string& stem, std::string_view endings) const {
    std::size_t known = 0;
    for (const std::string_view ending : Split(endings)) {
      known += IsKnown(stem + std::string(ending == "-" ? "" : ending)) ? 1U : 0U;
    }
    return known;
  }

  void AddKnown(const std::string& stem, std::string_view endings, WordForms& forms) const {
    for (const std::string_view ending : Split(endings)) {
      std::string form = stem + std::string(ending == "-" ? "" : ending);
      if (IsKnown(form)) {
        forms.Add(std::move(form));
      }
    }
  }

  // Returns the genitives of a nominative that the dictionary bears out, singular and plural.
  std::vector<std::string> Genitives(const std::string& word) const {
    std::vector<std::string> genitives;
    for (const std::string& genitive : EstonianGenitives(word)) {
      if (EndsInEstonianVowel(genitive) && CountKnown(genitive, "s le ga st") >= 3 &&
          IsKnown(genitive) && HasPlural(word, genitive)) {
        genitives.push_back(genitive);
      }
    }
    const bool is_own = std::find(genitives.begin(), genitives.end(), word) != genitives.end();
    if (is_own && !EndsInOneOf(word, "e si")) {
      return {word};  // Words in -e may have two: `kaitse`, `kaitsme`.
    }
    // A genitive of a short word that takes -t, or -s and is inflected on, is another word:
    // `võime`, `võimet` is not of `võim`, `juhus`, `juhuse` not of `juht`.
    const auto is_other = [this](const std::string& genitive) {
      return IsKnown(genitive + "t") ||
             (genitive.ends_with("u") && CountKnown(genitive + "se", "- le ga st") >= 3);
    };
    if (EstonianSyllables(word) == 1 && !EndsInEstonianVowel(word) && !word.ends_with("mõis") &&
        !std::all_of(genitives.begin(), genitives.end(), is_other)) {
      std::erase_if(genitives, is_other);
    }
    return genitives;
  }

  bool HasPlural(const std::string& word, const std::string& genitive) const {
    const std::set<std::string> plurals = EstonianPluralGenitives(word, genitive);
    return std::any_of(plurals.begin(), plurals.end(), [this](const std::string& plural) {
      return CountKnown(plural, "- le ga st") >= 3;
    });
  }

  void AddForms(const std::string& word, const std::string& genitive, WordForms& forms) const {
    forms.AddAll(genitive, "- d");
    forms.AddAll(genitive, kEstonianCases);
    AddKnown(word, EndsInEstonianVowel(word) ? "t d" : "t", forms);
    AddKnown(genitive, "t", forms);
    AddSpecialForms(word, genitive, forms);
    const std::set<std::string> strong = StrongStems(word, genitive);
    for (const std::string& stem : strong) {
      if (LastChar(stem) == LastChar(genitive)) {
        AddKnown(stem, "-", forms);  // `riiki`, `liitu`
      }
    }
    for (const std::string& stem : {word, genitive}) {
      if (EndsInEstonianVowel(stem)) {
        AddKnown(EstonianLengthened(stem), "-", forms);
      }
    }
    AddPluralForms(word, genitive, strong, forms);
  }

  // Adds the partitives and genitives of the plural, and the cases of these.
  void AddPluralForms(const std::string& word, const std::string& genitive,
                      const std::set<std::string>& strong, WordForms& forms) const {
    AddPluralPartitives(word, genitive, strong, forms);
    for (const std::string& plural : EstonianPluralGenitives(word, genitive)) {
      if (CountKnown(plural, "- le ga st") >= 3) {
        forms.Add(plural);
        forms.AddAll(plural, kEstonianCases);
      }
    }
  }

  // Partitives and illatives of single types of words.
  void AddSpecialForms(const std::string& word, const std::string& genitive,
                       WordForms& forms) const {
    if (word.ends_with("ne") && genitive.ends_with("se")) {
      AddKnown(Replaced(word, "ne", ""), "st si", forms);
    }
    if (word.ends_with("ke") && genitive.ends_with("kese")) {
      AddKnown(Replaced(genitive, "se", ""), "st si", forms);  // `päikest`
    }
    if (EndsInOneOf(word, "ks ps")) {
      AddKnown(std::string(WithoutLast(WithoutLast(word))), "st", forms);
    }
    if (word.ends_with("i") && genitive.ends_with("e")) {
      const std::string stem = Replaced(word, "i", "");
      AddKnown(stem, "e d esid", forms);
      if (stem.ends_with("s")) {
        AddKnown(Replaced(stem, "s", ""), "tt tte", forms);
      }
      AddKnown(EstonianLengthened(stem + "e"), "-", forms);
    }
    if (word.ends_with("ik") && genitive == word + "u") {
      AddKnown(word, "ku ke", forms);
    }
    if (EndsInOneOf(word, "hus iis uus")) {
      AddKnown(Replaced(word, "s", "t"), "-", forms);  // `kohut`, `uut`
    }
    if (word.ends_with("lumi")) {
      AddKnown(Replaced(word, "mi", "nd"), "-", forms);
    }
    if (word.ends_with("mees")) {
      AddKnown(Replaced(word, "es", ""), "hi esi", forms);
    }
    if (word.ends_with("du")) {
      AddKnown(Replaced(word, "du", "ju"), "-", forms);  // `koju`
    }
    if (EndsInOneOf(word, "l n r")) {
      AddKnown(word, "de", forms);
    }
  }

  static std::set<std::string> StrongStems(const std::string& word, const std::string& genitive) {
    std::set<std::string> strong{genitive};
    if (std::string hard = EstonianHardened(genitive); !hard.empty()) {
      strong.insert(std::move(hard));  // `sõpra`
    }
    if (std::string doubled = EstonianDoubled(word, genitive); !doubled.empty()) {
      strong.insert(std::move(doubled));
    }
    if (EndsInEstonianVowel(word)) {
      strong.insert(word);
    } else if (genitive != WithoutLast(word)) {
      strong.insert(word + std::string(LastChar(genitive)));
    } else {
      for (const std::string_view vowel : Split("a e i u")) {
        strong.insert(word + std::string(vowel));
      }
    }
    return strong;
  }

  void AddPluralPartitives(const std::string& word, const std::string& genitive,
                           const std::set<std::string>& strong, WordForms& forms) const {
    std::set<std::string> candidates = PluralPartitives(word, genitive, strong);
    const std::set<std::string> bare = VowelStems(genitive, strong);
    if (genitive.ends_with("a")) {
      KeepFittingVowel(word, bare, candidates);
    }
    const bool has_consonant = !EndsInEstonianVowel(word);
    const bool is_short = EstonianSyllables(word) == 1 && has_consonant;
    const bool has_other = std::any_of(candidates.begin(), candidates.end(),
                                       [](const auto& form) { return !form.ends_with("sid"); });
    const bool takes_id = word.ends_with("s") && IsKnown(genitive + "id");
    for (const std::string& form : candidates) {
      const bool is_sid = form.ends_with("sid") && has_consonant;
      bool is_right = false;
      if (is_sid) {
        is_right = !has_other && form.starts_with(genitive);
      } else if (form.ends_with("id")) {
        is_right = is_short ? form == genitive + "id" : Length(form) >= Length(genitive);
      } else {
        is_right = !takes_id && IsVowelPartitive(form, word, genitive, bare);
      }
      if (is_right) {
        forms.Add(form);
      }
    }
  }

  // Returns what is known and may be a plural partitive.
  std::set<std::string> PluralPartitives(const std::string& word, const std::string& genitive,
                                         const std::set<std::string>& strong) const {
    std::set<std::string> candidates;
    const auto add = [&](std::string_view stem, std::string_view endings) {
      for (const std::string_view ending : Split(endings)) {
        candidates.insert(std::string(stem).append(ending));
      }
    };
    std::set<std::string> stems = strong;
    stems.insert(word);
    for (const std::string& stem : stems) {
      add(EndsInEstonianVowel(stem) ? WithoutLast(stem) : std::string_view(stem),
          "e i u id sid eid aid uid ed");
      add(stem, "id sid");
    }
    add(WithoutLast(genitive),
        LastChar(genitive) == "u" ? "e i u id aid uid" : "e i u id aid uid eid");
    add(genitive, "id sid");
    std::erase_if(candidates, [this](const std::string& form) { return !IsKnown(form); });
    return candidates;
  }

  // Returns the stems, without their vowel, to which the vowel of the plural is put. Where the
  // partitive is strong (`hinda`), the plural has nothing weak (`hinnu`, `hinne`).
  std::set<std::string> VowelStems(const std::string& genitive,
                                   const std::set<std::string>& strong) const {
    const bool is_strong = std::any_of(strong.begin(), strong.end(), [&](const std::string& stem) {
      return stem != genitive && LastChar(stem) == LastChar(genitive) && IsKnown(stem);
    });
    std::set<std::string> bare;
    for (const std::string& stem : strong) {
      if (stem != genitive || !is_strong) {
        bare.emplace(WithoutLast(stem));
      }
    }
    return bare;
  }

  // Of the plural partitives of a stem in -a whose first vowel is a or i, only that in -u is right
  // if there is one: `sildu`, not `sildi`.
  static void KeepFittingVowel(std::string_view word, const std::set<std::string>& bare,
                               std::set<std::string>& candidates) {
    const std::size_t vowel = word.find_first_of("aeiou");
    if (vowel == std::string_view::npos || (word[vowel] != 'a' && word[vowel] != 'i')) {
      return;
    }
    for (const std::string& stem : bare) {
      if (candidates.contains(stem + "u")) {
        candidates.erase(stem + "i");
        candidates.erase(stem + "e");
      }
    }
  }

  // Whether `form` may be a plural partitive in a vowel, as `riike`, `sõdu`: not what is the stem
  // of another word, as `võime`.
  bool IsVowelPartitive(const std::string& form, const std::string& word,
                        const std::string& genitive, const std::set<std::string>& bare) const {
    const std::string pair = std::string(LastChar(genitive)).append(LastChar(form));
    if (word.ends_with("u") || form == genitive || !IsOneOf(pair, "ie ue au ai ei ae") ||
        !bare.contains(std::string(WithoutLast(form)))) {
      return false;
    }
    const bool is_sure = pair == "ie" && form == word + "e" && EstonianSyllables(word) == 1;
    return is_sure || !form.ends_with("e") || !IsKnown(form + "t");
  }

  const Dictionary& dictionary_;
};

}  // namespace

void AddEstonianParadigms(const Dictionary& dictionary, const std::string& word, WordForms& forms) {
  const Paradigms paradigms(dictionary);
  paradigms.AddParadigms(word, forms);
  paradigms.AddPlural(word, forms);
}

}  // namespace sild::terms
