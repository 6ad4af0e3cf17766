#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "server/terms/estonian_stems.h"
#include "server/terms/language_expanders.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

// Endings of acronyms, written with or without a hyphen: `ELi`, `NATO-le`. (Behind a hyphen an
// ending is a token of its own, and the acronym is found as it is.)
constexpr std::string_view kAcronymEndings =
    "s st sse l le lt ks ni na ta ga t d i is ist isse il ile ilt iks iga it id ina ita ini de ide";

// Words that are inflected by their ending alone: singular genitive, partitive, plural genitive and
// partitive.
struct SurePattern {
  std::string_view nominative;
  std::string_view genitive;
  std::string_view partitive;
  std::string_view plural_genitive;
  std::string_view plural_partitive;
};
constexpr std::array<SurePattern, 4> kSure{{{"line", "lise", "list", "liste", "lisi"},
                                            {"lane", "lase", "last", "laste", "lasi"},
                                            {"mine", "mise", "mist", "miste", "misi"},
                                            {"mised", "mise", "misi", "miste", "misi"}}};

constexpr std::string_view kSureUs = "lus tus dus sus kkus vus nus mus rus ngus gus õigus";

void AddCases(const std::string& stem, WordForms& forms) { forms.AddAll(stem, kEstonianCases); }

// Adds the forms of a word whose ending says it all. Returns whether it is one.
bool AddSure(const std::string& word, bool has_capital, WordForms& forms) {
  for (const SurePattern& sure : kSure) {
    if (word.ends_with(sure.nominative) && Length(word) > sure.nominative.size() + 2) {
      const std::string stem = Replaced(word, sure.nominative, "");
      const std::string plural = stem + std::string(sure.plural_genitive);
      const std::string genitive = stem + std::string(sure.genitive);
      if (sure.nominative != "mised") {
        forms.Add(genitive);
        forms.Add(genitive + "d");
        forms.Add(stem + std::string(sure.partitive));
        AddCases(genitive, forms);
      }
      forms.Add(plural);
      forms.Add(stem + std::string(sure.plural_partitive));
      AddCases(plural, forms);
      return true;
    }
  }
  if (!has_capital && Length(word) >= 5 && EndsInOneOf(word, kSureUs)) {
    forms.AddAll(word, "e t ed i eid se");
    AddCases(word + "e", forms);
    const std::string plural = Replaced(word, "s", "ste");
    forms.Add(plural);
    AddCases(plural, forms);
    return true;
  }
  const bool is_plural = word.ends_with("maad");
  if (word.size() > 5 && (is_plural || word.ends_with("maa"))) {
    const std::string stem = is_plural ? Replaced(word, "d", "") : word;
    forms.AddAll(stem, "d de");
    forms.Add(Replaced(stem, "a", "id"));
    AddCases(stem + "de", forms);
    if (!is_plural) {
      AddCases(stem, forms);
    }
    return true;
  }
  return false;
}

// Adds the forms of a word of which nothing is known.
void AddUnknown(const std::string& word, bool has_capital, WordForms& forms) {
  if (EndsInEstonianVowel(word)) {
    AddCases(word, forms);
    forms.AddAll(word, "t d de sid");
    return;
  }
  std::vector<std::string> genitives{word + "i"};
  if (has_capital && word.ends_with("s")) {
    genitives.push_back(word + "e");
  } else if (!has_capital && word.ends_with("k")) {
    genitives = {word + "u", Replaced(word, "k", "gi")};
  }
  if (!has_capital && word.ends_with("ik")) {
    forms.AddAll(word, "ku ke e");
    AddCases(word + "e", forms);
  }
  if (!has_capital && word.ends_with("nt")) {
    genitives.push_back(Replaced(word, "t", "di"));
  }
  for (const std::string& genitive : genitives) {
    const std::string stem(WithoutLast(genitive));
    forms.AddAll(genitive, "- d t de te");
    forms.AddAll(stem, "e eid");
    AddCases(genitive, forms);
    AddCases(genitive + "de", forms);
    AddCases(genitive + "te", forms);
  }
}

// Adds the forms of a foreign name, with the apostrophe that follows a last letter that is not
// spoken as it is written: `Kavanaugh'i`, `Google'iga`.
void AddName(const std::string& word, WordForms& forms) {
  AddCases(word + "'", forms);
  AddCases(word + "'i", forms);
  forms.AddAll(word, "'d 't 'i 'it 'id");
  if (word == "riia") {
    forms.Add("riiga");
  }
  if (EndsInEstonianVowel(word)) {
    AddCases(word, forms);
    forms.AddAll(word, "t d");
    return;
  }
  AddCases(word + "i", forms);
  forms.AddAll(word, "i it id");
  if (EndsInOneOf(word, "s š z ž")) {
    AddCases(word + "e", forms);
    forms.AddAll(word, "e et t");
  }
}

class EstonianExpander : public FormExpander {
 public:
  explicit EstonianExpander(std::unique_ptr<const Dictionary> dictionary)
      : dictionary_(std::move(dictionary)) {}

  std::string version() const override {
    return "et-1 " + (dictionary_ ? dictionary_->version() : "without a dictionary");
  }

  std::vector<Form> Expand(const Term& /*term*/, std::string_view word, std::size_t /*position*/,
                           std::size_t /*words*/) const override {
    const TermWord read = ReadTermWord(word);
    WordForms forms;
    forms.Add(read.text);
    if (read.is_acronym) {
      forms.AddAll(read.text, kAcronymEndings);
    } else if (!read.text.empty() && !AddSure(read.text, read.has_capital, forms)) {
      AddByRule(read, forms);
    }
    return forms.ToForms(word);
  }

 private:
  bool IsKnown(const std::string& form) const { return dictionary_ && dictionary_->HasForm(form); }

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

  void AddByRule(const TermWord& word, WordForms& forms) const {
    const bool is_inflected = AddKnownHead(word, forms);
    if (!is_inflected || (word.has_capital && !IsKnown(word.text))) {
      AddUnknown(word.text, word.has_capital, forms);
    }
    if (word.has_capital) {
      AddName(word.text, forms);
    }
  }

  // Adds the forms of a known word, or of a compound whose last part is the longest known one.
  bool AddKnownHead(const TermWord& word, WordForms& forms) const {
    constexpr std::size_t kMinPart = 3;
    constexpr std::size_t kMinNamePart = 4;
    constexpr int kMaxTries = 3;
    const bool is_unknown_name = word.has_capital && !IsKnown(word.text);
    int tries = 0;
    std::string first;
    for (std::string_view rest = word.text; Length(rest) >= kMinPart && tries < kMaxTries;) {
      const std::string head(rest);
      const std::size_t first_length = Length(first);
      const bool is_head =
          (first.empty() || first_length >= kMinPart) && IsKnown(head) &&
          (!is_unknown_name ||
           (Length(head) >= kMinNamePart &&
            (IsKnown(first) || Length(head) >= kMinNamePart + 1 || first_length >= 5)));
      if (is_head) {
        ++tries;
        WordForms head_forms;
        AddParadigms(head, head_forms);
        AddPlural(head, head_forms);
        for (const std::string& form : head_forms.forms()) {
          forms.Add(first + form);
        }
        if (!head_forms.forms().empty()) {
          return true;
        }
      }
      const std::size_t next = rest.size() - WithoutFirst(rest).size();
      first.append(rest.substr(0, next));
      rest.remove_prefix(next);
    }
    return false;
  }

  static std::string_view WithoutFirst(std::string_view word) {
    std::size_t begin = 1;
    while (begin < word.size() && (static_cast<unsigned char>(word[begin]) & 0xC0) == 0x80) {
      ++begin;
    }
    return word.substr(std::min(begin, word.size()));
  }

  // Adds the forms of a nominative after each genitive that the dictionary bears out.
  void AddParadigms(const std::string& word, WordForms& forms) const {
    for (const std::string& genitive : Genitives(word)) {
      forms.Add(word);
      AddForms(word, genitive, forms);
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
    if (IsKnown(genitive + "le") || IsKnown(genitive + "s")) {
      forms.Add(word);
      AddKnown(genitive, "de", forms);
    }
  }

  void AddForms(const std::string& word, const std::string& genitive, WordForms& forms) const {
    forms.AddAll(genitive, "- d");
    AddCases(genitive, forms);
    AddKnown(word, EndsInEstonianVowel(word) ? "t d" : "t", forms);
    AddKnown(genitive, "t", forms);
    AddSpecialForms(word, genitive, forms);
    const std::set<std::string> strong = StrongStems(word, genitive);
    for (const std::string& stem : strong) {
      if (LastChar(stem) == LastChar(genitive)) {
        AddKnown(stem, "-", forms);  // `riiki`, `liitu`
      }
    }
    AddPluralPartitives(word, genitive, strong, forms);
    for (const std::string& stem : {word, genitive}) {
      if (EndsInEstonianVowel(stem)) {
        AddKnown(EstonianLengthened(stem), "-", forms);
      }
    }
    for (const std::string& plural : EstonianPluralGenitives(word, genitive)) {
      if (CountKnown(plural, "- le ga st") >= 3) {
        forms.Add(plural);
        AddCases(plural, forms);
      }
    }
  }

  // Partitives and illatives of single types of words.
  void AddSpecialForms(const std::string& word, const std::string& genitive,
                       WordForms& forms) const {
    if (word.ends_with("ne") && genitive.ends_with("se")) {
      AddKnown(Replaced(word, "ne", ""), "st si", forms);
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
    if (word.ends_with("hus")) {
      AddKnown(Replaced(word, "s", "t"), "-", forms);  // `kohut`
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
    // Where the partitive is strong (`hinda`), the plural has nothing weak (`hinnu`, `hinne`).
    const bool is_strong = std::any_of(strong.begin(), strong.end(), [&](const std::string& stem) {
      return stem != genitive && LastChar(stem) == LastChar(genitive) && IsKnown(stem);
    });
    std::set<std::string> bare;
    for (const std::string& stem : strong) {
      if (stem != genitive || !is_strong) {
        bare.emplace(WithoutLast(stem));
      }
    }
    if (genitive.ends_with("a")) {
      KeepFittingVowel(word, bare, candidates);
    }
    const bool has_other = std::any_of(candidates.begin(), candidates.end(),
                                       [](const auto& form) { return !form.ends_with("sid"); });
    const bool is_short = EstonianSyllables(word) == 1 && !EndsInEstonianVowel(word);
    const bool has_id = word.ends_with("s") && IsKnown(genitive + "id");
    for (const std::string& form : candidates) {
      const bool is_sid = form.ends_with("sid") && !EndsInEstonianVowel(word);
      if ((is_sid && (has_other || !form.starts_with(genitive))) ||
          (has_id && !form.ends_with("id"))) {
        continue;
      }
      const bool is_bad_id = is_short && !is_sid && form != genitive + "id";
      if (form.ends_with("id") ? !is_bad_id && Length(form) >= Length(genitive)
                               : IsVowelPartitive(form, word, genitive, bare)) {
        forms.Add(form);
      }
    }
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

  std::unique_ptr<const Dictionary> dictionary_;
};

}  // namespace

std::unique_ptr<FormExpander> MakeEstonianExpander(std::unique_ptr<const Dictionary> dictionary) {
  return std::make_unique<EstonianExpander>(std::move(dictionary));
}

}  // namespace sild::terms
