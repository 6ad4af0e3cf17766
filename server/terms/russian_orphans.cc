#include "server/terms/russian_orphans.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace sild::terms {
namespace {

constexpr std::string_view kConsonants = "б в г д ж з к л м н п р с т ф х ц ч ш щ";
constexpr std::string_view kVowels = "а е и о у ы э ю я";
constexpr std::string_view kHissing = "ж ш ч щ ц";

class Orphans {
 public:
  Orphans(const Dictionary& dictionary, const std::string& word, WordForms& forms)
      : dictionary_(dictionary), word_(word), stem_(WithoutLast(word)), forms_(forms) {}

  void AddOfName() {
    const std::string_view last = LastChar(word_);
    if (IsOneOf(last, kConsonants)) {
      AddKnown(word_, "ем ом");
      for (const std::string& stem : WeakStems()) {
        // `Ельца` alone would prove nothing if the dictionary inflected `Елец`.
        if (CountKnown(stem, "а у е ом ем") >= 3 || (IsOrphan(word_) && IsOrphan(stem + "а"))) {
          forms_.AddAll(stem, "а у е ом");
        }
      }
    } else if (last == "ы") {
      forms_.AddAll(stem_, "- ов ам ами ах");
    } else if (last == "и") {
      AddKnown(stem_, "ей ев ам ами ах ям ями ях");
    } else if (IsOneOf(last, "а я")) {
      AddKnown(stem_, "ой ей");
    }
  }

  void Add() {
    const std::string_view last = LastChar(word_);
    if (IsOneOf(last, kConsonants)) {
      AddOfConsonant();
    } else {
      AddPluralLemma(stem_);
      AddCollective(stem_);
    }
    if (last == "й") {
      AddOfShortI();
    } else if (last == "ь") {
      AddOfSoftSign();
    } else if (IsOneOf(last, "ы и")) {
      AddOfPlural();
    } else if (Length(word_) > 3 && IsOneOf(last, "а о е")) {
      AddPluralGenitive("");
      AddKnown(stem_, IsOneOf(LastChar(stem_), kHissing) ? "ей ам ами ах" : "ам ами ах");
      AddOrphans(stem_, last == "а" ? "" : "ов ев");  // `облаков`, `платьев`
    } else if (Length(word_) > 3 && last == "я") {
      AddOfYa();
    }
  }

 private:
  bool Has(const std::string& form) const { return dictionary_.HasForm(form); }

  // Whether the dictionary has a word and does not inflect it.
  bool IsOrphan(const std::string& word) const {
    const std::vector<DictionaryEntry> entries = dictionary_.Find(word);
    return !entries.empty() &&
           std::all_of(entries.begin(), entries.end(),
                       [](const DictionaryEntry& entry) { return entry.paradigms.empty(); });
  }

  std::size_t CountKnown(const std::string& stem, std::string_view endings) const {
    std::size_t known = 0;
    for (const std::string_view ending : Split(endings)) {
      known += Has(stem + std::string(ending)) ? 1U : 0U;
    }
    return known;
  }

  void AddKnown(const std::string& stem, std::string_view endings) {
    for (const std::string_view ending : Split(endings)) {
      if (std::string form = stem + std::string(ending); Has(form)) {
        forms_.Add(std::move(form));
      }
    }
  }

  void AddOrphans(const std::string& stem, std::string_view endings) {
    for (const std::string_view ending : Split(endings)) {
      if (std::string form = stem + std::string(ending); IsOrphan(form)) {
        forms_.Add(std::move(form));
      }
    }
  }

  // `беженец`, `беженца`; `добровольца`, `европейца`, `ручейка`; `кузнец`, `кузнецов`.
  void AddOfConsonant() {
    AddPluralLemma(word_);
    AddCollective(word_);
    if (IsOneOf(LastChar(word_), kHissing)) {
      AddKnown(word_, "ем ом ей ев ов");
    }
    if (CountKnown(word_, kTest) >= 4) {
      AddKnown(word_, "а у ом е ы и ов ам ами ах");
    }
    for (const std::string& stem : WeakStems()) {
      if (CountKnown(stem, "а у е ы и ом ем ов ев ам") >= 5) {
        AddKnown(stem, "а у ом ем е ы и ов ев ей ам ям ами ями ах ях");
        forms_.AddAll(stem, "а у ам ами ах");
      }
    }
  }

  // What the cases of a word in a consonant may be made of if its last vowel is fleeting.
  std::vector<std::string> WeakStems() const {
    const std::string last(LastChar(word_));
    const std::string before(WithoutLast(stem_));  // Without the last vowel too.
    if (!IsOneOf(LastChar(stem_), "о е") || before.empty()) {
      return {};
    }
    if (IsOneOf(LastChar(before), kVowels)) {
      return {before + "й" + last};
    }
    if (LastChar(before) == "л") {
      return {before + last, before + "ь" + last};
    }
    return {before + last};
  }

  // `край`, `краев`; `муравей`, `муравья`. Not adjectives.
  void AddOfShortI() {
    if (word_.ends_with("ей")) {
      const std::string soft = std::string(WithoutLast(stem_)) + "ь";
      if (CountKnown(soft, "я ю ем ев ям") >= 3) {
        AddKnown(soft, "я ю ем е и ев ям ями ях");
      }
    }
    if (!EndsInOneOf(word_, "ый ий") && CountKnown(stem_, "ем ев ям ями") >= 3) {
      AddKnown(stem_, "я ю ем е и ев ям ями ях");
    }
  }

  // `уголь`, `угля`; `ложью`.
  void AddOfSoftSign() {
    const std::string before(WithoutLast(stem_));
    if (IsOneOf(LastChar(before), "о е")) {
      const std::string weak = std::string(WithoutLast(before)).append(LastChar(stem_));
      if (CountKnown(weak, "я ю ем е и ей ям") >= 4) {
        AddKnown(weak, "я ю ем е и ей ям ями ях");
      }
    }
    AddKnown(stem_, "ью");
    AddOrphans(stem_, "ей ям ями ях ам ами ах");
  }

  // `сутки`, `суток`; `беженцы`, `беженцев`.
  void AddOfPlural() {
    if (CountKnown(stem_, "ам ами ах ям ями ях") >= 3) {
      AddKnown(stem_, "ов ев ей");
    }
    AddPluralGenitive("");
  }

  // `земля`, `земель`; `судья`, `судей`; `келья`, `келий`.
  void AddOfYa() {
    AddPluralGenitive("ь");
    AddKnown(stem_, "ь ям ями ях");
    if (stem_.ends_with("ь")) {
      AddKnown(Replaced(stem_, "ь", ""), "ей ий");
    } else {
      AddKnown(stem_, "й");
    }
  }

  // The forms of a plural that is a lemma of its own: `края`, `сестры`, `села`.
  void AddPluralLemma(const std::string& stem) {
    for (const std::string_view ending : Split("ы и а я")) {
      for (const DictionaryEntry& entry : dictionary_.Find(stem + std::string(ending))) {
        std::vector<std::string> made;
        for (const std::uint16_t paradigm : entry.paradigms) {
          dictionary_.AppendForms(entry.lemma, paradigm, made);
        }
        const bool is_plural =
            std::any_of(made.begin(), made.end(), [&stem](const std::string& form) {
              return form == stem + "ам" || form == stem + "ям";
            });
        if (is_plural) {
          forms_.Add(std::string(entry.lemma));
          forms_.AddAll(made);
        }
      }
    }
  }

  // `колос`, `колосья`; `дерево`, `деревья`. Not `суд`, `судья`.
  void AddCollective(const std::string& stem) {
    if (!Has(stem + "ью") && CountKnown(stem + "ь", "я ев ям ями ях") >= 4) {
      AddKnown(stem + "ь", "я ев ям ями ях");
    }
  }

  // The plural genitive without an ending or in -ь, perhaps with a vowel before the last consonant
  // (`газет`, `писем`, `земель`), if it is an orphan. Also that of words in -ика, if it is no
  // person.
  void AddPluralGenitive(std::string_view ending) {
    const bool may_be_person = word_.ends_with("ика");
    if (IsOrphan(stem_) || (may_be_person && !dictionary_.HasLemma(stem_))) {
      forms_.Add(stem_);
    } else if (may_be_person) {
      forms_.Remove([this](const std::string& form) { return form == stem_; });
    }
    const std::string last(LastChar(stem_));
    std::string before(WithoutLast(stem_));
    if (before.ends_with("ь")) {
      before = Replaced(before, "ь", "");
    }
    for (const std::string_view vowel : Split("е о")) {
      std::string form = std::string(before).append(vowel).append(last).append(ending);
      if (IsOneOf(LastChar(before), kConsonants) && IsOrphan(form)) {
        forms_.Add(std::move(form));
      }
    }
  }

  static constexpr std::string_view kTest = "а у ом ем ов ев ам";

  const Dictionary& dictionary_;
  const std::string& word_;
  const std::string stem_;  // Without the last character.
  WordForms& forms_;
};

}  // namespace

void AddRussianOrphans(const Dictionary& dictionary, const std::string& word, WordForms& forms) {
  Orphans(dictionary, word, forms).Add();
}

void AddRussianNameOrphans(const Dictionary& dictionary, const std::string& name,
                           WordForms& forms) {
  Orphans(dictionary, name, forms).AddOfName();
}

}  // namespace sild::terms
