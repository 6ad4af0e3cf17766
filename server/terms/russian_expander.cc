#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "server/terms/language_bases.h"
#include "server/terms/language_expanders.h"
#include "server/terms/paradigm_guess.h"
#include "server/terms/russian_orphans.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

constexpr std::string_view kConsonants = "б в г д ж з к л м н п р с т ф х ц ч ш щ";

// Words whose plural, or whose whole inflection, no rule gives. All with е for ё.
constexpr std::array<std::pair<std::string_view, std::string_view>, 37> kIrregular{{
    {"яйцо", "яиц"},
    {"человек", "люди людей людям людьми людях"},
    {"ребенок", "дети детей детям детьми детях"},
    {"друг", "друзья друзей друзьям друзьями друзьях"},
    {"сын", "сыновья сыновей сыновьям сыновьями сыновьях"},
    {"брат", "братья братьев братьям братьями братьях"},
    {"муж", "мужья мужей мужьям мужьями мужьях"},
    {"князь", "князья князей князьям князьями князьях"},
    {"зять", "зятья зятьев зятьям зятьями зятьях"},
    {"стул", "стулья стульев стульям стульями стульях"},
    {"лист", "листья листьев листьям листьями листьях"},
    {"дерево", "деревья деревьев деревьям деревьями деревьях"},
    {"крыло", "крылья крыльев крыльям крыльями крыльях"},
    {"звено", "звенья звеньев звеньям звеньями звеньях"},
    {"колено", "колени коленей коленям коленями коленях"},
    {"плечо", "плечи плеч плечам плечами плечах"},
    {"ухо", "уши ушей ушам ушами ушах"},
    {"небо", "небеса небес небесам небесами небесах"},
    {"чудо", "чудеса чудес чудесам чудесами чудесах"},
    {"судно", "суда судов судам судами судах"},
    {"сосед", "соседи соседей соседям соседями соседях"},
    {"черт", "черти чертей чертям чертями чертях"},
    {"хозяин", "хозяева хозяев хозяевам хозяевами хозяевах"},
    {"господин", "господа господ господам господами господах"},
    {"цветок", "цветы цветов цветам цветами цветах"},
    {"год", "лет года годы годов годам годами годах"},
    {"день", "дня дню днем дне дни дней дням днями днях"},
    {"путь", "пути путем путей путям путями путях"},
    {"огонь", "огня огню огнем огне огни огней огням огнями огнях"},
    {"церковь", "церкви церковью церквей церквам церквами церквах церквям церквями церквях"},
    {"любовь", "любви любовью любвей любвям любвями любвях"},
    {"ложь", "лжи ложью"},
    {"рожь", "ржи рожью"},
    {"мать", "матери матерью матерей матерям матерями матерях"},
    {"дочь", "дочери дочерью дочерей дочерям дочерями дочерьми дочерях"},
    {"христос", "христа христу христом христе"},
    {"деньги", "денег деньгам деньгами деньгах"},
}};

constexpr std::string_view kNounsInMya = "время имя племя знамя семя бремя пламя темя стремя вымя";

// Words that are never a form of a noun although rules would make them so (`посол`, `после`).
constexpr std::string_view kFunctionWords =
    "после при этом том тем как так или если уже когда того тому чтобы только";

// Endings of the family names of women.
constexpr std::string_view kWomen = "ова ева ина ына";

// The endings of names, by the ending of the nominative.
constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kNames{{
    {"ский", "ский ского скому ским ском ские ских скими"},
    {"цкий", "цкий цкого цкому цким цком цкие цких цкими"},
    {"ная", "ная ной ную ною"},
    {"ская", "ская ской скую скою"},
    {"цкая", "цкая цкой цкую цкою"},
    {"ный", "ный ного ному ным ном ные ных ными"},
    {"ова", "ова овой ову овы овых"},
    {"ева", "ева евой еву евы евых"},
    {"ина", "ина иной ину ины ине иных"},
    {"ына", "ына ыной ыну ыны ыных"},
    {"ово", "ово ова ову овом ове овым"},
    {"ево", "ево ева еву евом еве евым"},
    {"ино", "ино ина ину ином ине"},
    {"ское", "ское ского скому ским ском"},
    {"цкое", "цкое цкого цкому цким цком"},
    {"ное", "ное ного ному ным ном"},
    {"ия", "ия ии ию ией"},
    {"я", "я и е ю ей"},
    {"а", "а ы и е у ой ей"},
    {"й", "й я ю ем е и"},
    {"ь", "ь я ю ем е и ью"},
}};

void AddName(const std::string& name, WordForms& forms) {
  if (EndsInOneOf(name, "ов ев ин ын")) {
    forms.AddAll(name, "а у ым е ы ых ыми ом");
    return;
  }
  for (const auto& [nominative, endings] : kNames) {
    if (name.size() > nominative.size() && name.ends_with(nominative)) {
      forms.AddAll(Replaced(name, nominative, ""), endings);
      return;
    }
  }
  if (IsOneOf(LastChar(name), kConsonants)) {
    forms.AddAll(name, "а у ом ем е ы и ов");
  }
}

void AddIrregular(const std::string& word, WordForms& forms) {
  constexpr std::size_t kPluralForms = 5;
  for (const auto& [lemma, others] : kIrregular) {
    const bool is_plural =  // `люди`: of the five forms there the first.
        others.starts_with(word + " ") && Split(others).size() == kPluralForms;
    if (word == lemma || is_plural) {
      forms.AddAll("", others);
    }
  }
  if (IsOneOf(word, kNounsInMya)) {
    forms.AddAll(Replaced(word, "я", ""), "ени енем ена ен енам енами енах");
  }
}

// Adds the words of which `form` is a form that no rule leads back from.
void AddIrregularBases(std::string_view form, std::vector<BaseForm>& bases) {
  for (const auto& [lemma, others] : kIrregular) {
    if (IsOneOf(form, others)) {
      bases.push_back({std::string(lemma), WordKind::kNoun, Trust::kSure});
    }
  }
}

class RussianExpander : public FormExpander {
 public:
  explicit RussianExpander(std::unique_ptr<const Dictionary> dictionary)
      : dictionary_(std::move(dictionary)) {
    if (dictionary_) {
      guess_.emplace(*dictionary_);
    }
  }

  std::string version() const override {
    return "ru-5 " + (dictionary_ ? dictionary_->version() : "without a dictionary");
  }

  std::vector<Form> Expand(const Term& /*term*/, std::string_view word, std::size_t /*position*/,
                           std::size_t /*words*/) const override {
    const TermWord read = ReadTermWord(word);
    WordForms forms;
    forms.Add(read.text);
    if (!read.is_acronym && !read.text.empty()) {
      const bool is_listed_name = dictionary_ && AddFromDictionary(read, forms);
      AddIrregular(read.text, forms);
      if (!is_listed_name && (read.has_capital || !dictionary_)) {
        AddName(read.text, forms);
      }
    }
    return forms.ToForms(word);
  }

  std::vector<BaseForm> BasesOf(std::string_view word) const override {
    std::vector<BaseForm> bases = RussianBases(dictionary_.get(), word);
    AddIrregularBases(word, bases);
    return bases;
  }

  LanguageRules rules() const override { return RulesOf(dictionary_.get()); }

 private:
  // Returns whether the dictionary has the word as a name.
  bool AddFromDictionary(const TermWord& word, WordForms& forms) const {
    if (word.has_capital && word.text.ends_with("русь")) {
      // Русь and Беларусь are women; the dictionary's man of that name is a tractor.
      forms.AddAll(std::string(WithoutLast(word.text)), "ь и ью");
      return true;
    }
    auto [entries, is_name] = FindLemma(*dictionary_, word);
    const bool is_lemma = !entries.empty();
    if (!is_lemma && word.has_capital && EndsInOneOf(word.text, kWomen)) {
      return false;  // Not a form of the men's name.
    }
    if (!is_lemma) {
      entries = dictionary_->EntriesWithForm(word.text);
      KeepNouns(word, entries);
    }
    WordForms found;
    AddEntries(entries, found);
    if (entries.empty()) {
      found.AddAll(guess_->Forms(word.text, word.has_capital));
    } else if (is_name) {
      AddRussianNameOrphans(*dictionary_, word.text, found);
    } else {
      AddRussianOrphans(*dictionary_, word.text, found);
    }
    if (!is_lemma) {
      KeepPlural(word.text, entries, found);
    }
    found.Remove([](const std::string& form) { return IsOneOf(form, kFunctionWords); });
    forms.AddAll(found.forms());
    return is_name && found.forms().size() > 1;  // The dictionary may not inflect it.
  }

  // Takes out verbs, unless there is nothing else and the word is no name (`Дели`).
  void KeepNouns(const TermWord& word, std::vector<DictionaryEntry>& entries) const {
    const auto is_verb = [this](const DictionaryEntry& entry) {
      return IsRussianVerb(*dictionary_, entry.lemma);
    };
    if (word.has_capital || !std::all_of(entries.begin(), entries.end(), is_verb)) {
      std::erase_if(entries, is_verb);
    }
  }

  void AddEntries(const std::vector<DictionaryEntry>& entries, WordForms& forms) const {
    for (const DictionaryEntry& entry : entries) {
      forms.Add(std::string(entry.lemma));
      std::vector<std::string> made;
      for (const std::uint16_t paradigm : entry.paradigms) {
        dictionary_->AppendForms(entry.lemma, paradigm, made);
      }
      forms.AddAll(made);
    }
  }

  // Of a word that stands in the plural (`выборы`, `права`), keeps what is plural: not `выбор`.
  static void KeepPlural(const std::string& word, const std::vector<DictionaryEntry>& lemmas,
                         WordForms& forms) {
    const bool is_neuter = !lemmas.empty() && EndsInOneOf(lemmas[0].lemma, "о е");
    if (!IsOneOf(LastChar(word), is_neuter ? "а я" : "ы и") || Length(word) <= 3) {
      return;
    }
    const std::string stem(WithoutLast(word));
    const bool has_long_genitive = forms.Has(stem + "ов");
    const auto is_lemma = [&lemmas](const std::string& form) {
      return std::any_of(lemmas.begin(), lemmas.end(),
                         [&form](const DictionaryEntry& entry) { return entry.lemma == form; });
    };
    const auto is_genitive = [&](const std::string& form) {  // Without an ending.
      if (form == stem) {
        return !has_long_genitive;
      }
      return !is_lemma(form) && !EndsInOneOf(form, "ом ем") &&
             (IsOneOf(LastChar(form), kConsonants) || EndsInOneOf(form, "ь ий"));
    };
    forms.Remove([&](const std::string& form) {
      return !is_genitive(form) &&
             !EndsInOneOf(form, is_neuter ? "а я ей ам ям ами ями ах ях"
                                          : "ы и ов ев ей ам ям ами ями ах ях");
    });
  }

  std::unique_ptr<const Dictionary> dictionary_;
  std::optional<ParadigmGuess> guess_;
};

}  // namespace

std::unique_ptr<FormExpander> MakeRussianExpander(std::unique_ptr<const Dictionary> dictionary) {
  return std::make_unique<RussianExpander>(std::move(dictionary));
}

}  // namespace sild::terms
