#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "server/terms/language_bases.h"
#include "server/terms/language_expanders.h"
#include "server/terms/paradigm_guess.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

// The endings of nouns in the cases in which names are used, by the ending of the nominative.
constexpr std::array<std::string_view, 9> kNames{"ius iaus iui ių iumi iuje iau",
                                                 "as o ui ą u e ai ų ams us ais uose an",
                                                 "is io iui į iu yje y",
                                                 "ys io iui į iu yje y",
                                                 "us aus ui ų umi uje au",
                                                 "ia ios iai ią ioje ių ias",
                                                 "a os ai ą oje ų oms as omis ose",
                                                 "ė ės ei ę e ėje ių",
                                                 "o o"};

// The endings of definite adjectives: masculine, feminine, and the same of stems in -i.
constexpr std::array<std::string_view, 4> kDefinite{
    "asis ojo ajam ąjį uoju ajame ieji ųjų iesiems uosius aisiais uosiuose",
    "oji osios ajai ąją ąja ojoje ųjų osioms ąsias osiomis osiose",
    "ysis iojo iajam įjį iuoju iajame ieji iųjų iesiems iuosius iaisiais iuosiuose",
    "ioji iosios iajai iąją iąja iojoje iųjų iosioms iąsias iosiomis iosiose"};

// The endings of participles (`besivystanti`, `buvęs`), the nominative first.
constexpr std::array<std::string_view, 4> kParticiples{
    "ntis nčio nčiam ntį nčiu nčiame ntys nčių ntiems nčius nčiais nčiuose",
    "nti nčios nčiai nčią nčia nčioje nčių nčioms nčias nčiomis nčiose",
    "ęs usio usiam usį usiu usiame ę usių usiems usius usiais usiuose",
    "usi usios usiai usią usia usioje usių usioms usias usiomis usiose"};

// Plural endings, by the ending of the nominative plural.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPlurals{
    {{"ieji", "ieji ųjų iesiems uosius aisiais uosiuose"},
     {"ai", "ai ų ams us ais uose"},
     {"os", "os ų oms as omis ose"},
     {"ės", "ės ių ėms es ėmis ėse"}}};

// Words whose stems no rule gives, and the forms that the dictionary does not have.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kIrregular{
    {{"moteris", "moters"},
     {"mėnuo",
      "mėnesio mėnesiui mėnesį mėnesiu mėnesyje mėnesiai mėnesių mėnesiams mėnesius mėnesiais "
      "mėnesiuose"},
     {"šuo", "šuns šuniui šunį šuniu šunys šunų šunims šunis šunimis"},
     {"žmogus", "žmonės žmonių žmonėms žmones žmonėmis žmonėse"}}};

// Returns the longest of `endings`, written with spaces between them, that `word` has behind at
// least three characters. Nothing if it has none.
std::optional<std::string_view> LongestEnding(std::string_view word, std::string_view endings,
                                              std::size_t min_stem) {
  std::optional<std::string_view> longest;
  for (const std::string_view ending : Split(endings)) {
    if (word.ends_with(ending) && Length(word) >= Length(ending) + min_stem &&
        (!longest || ending.size() > longest->size())) {
      longest = ending;
    }
  }
  return longest;
}

void AddName(const std::string& name, WordForms& forms) {
  if (name.ends_with("s")) {  // A foreign one, perhaps: `Boris`, `Boriso`.
    forms.AddAll(name, kNames[1]);
  }
  for (const std::string_view endings : kNames) {
    const std::string_view nominative = endings.substr(0, endings.find(' '));
    if (name.ends_with(nominative)) {
      forms.AddAll(Replaced(name, nominative, ""), endings);
      return;
    }
  }
  const bool ends_in_vowel = IsOneOf(LastChar(name), "a e i o u y ą ę ė į ų ū");
  if (!ends_in_vowel && !name.ends_with("s")) {  // A foreign one: `Macron`, `Macrono`, `Macron'ui`.
    for (const std::string_view endings : {kNames[1], kNames[2]}) {
      forms.AddAll(name, endings);
      forms.AddAll(name + "'", endings);
    }
  } else if (ends_in_vowel) {
    forms.AddAll(name + "'", "s as o ui ą u e");
    forms.AddAll(name, "s jaus jui jų jumi");
  }
}

void AddDefiniteAdjective(const std::string& word, WordForms& forms) {
  constexpr std::size_t kMinStem = 3;
  for (const std::string_view endings : kDefinite) {
    const std::optional<std::string_view> ending = LongestEnding(word, endings, kMinStem);
    if (!ending) {
      continue;
    }
    const std::string stem = Replaced(word, *ending, "");
    forms.AddAll(stem, endings);
    if (stem.ends_with("dž")) {
      forms.AddAll(Replaced(stem, "ž", ""), "ysis įjį ieji iesiems");
    } else if (stem == "did") {
      forms.AddAll("didž", kDefinite[2]);
      forms.AddAll("didž", kDefinite[3]);
    }
  }
}

void AddParticiple(const std::string& word, WordForms& forms) {
  constexpr std::size_t kMinStem = 3;
  for (const std::string_view endings : kParticiples) {
    const std::string_view nominative = endings.substr(0, endings.find(' '));
    if (LongestEnding(word, nominative, kMinStem)) {
      forms.AddAll(Replaced(word, nominative, ""), endings);
    }
  }
}

class LithuanianExpander : public FormExpander {
 public:
  explicit LithuanianExpander(std::unique_ptr<const Dictionary> dictionary)
      : dictionary_(std::move(dictionary)) {
    if (dictionary_) {
      guess_.emplace(*dictionary_);
    }
  }

  std::string version() const override {
    return "lt-2 " + (dictionary_ ? dictionary_->version() : "without a dictionary");
  }

  std::vector<Form> Expand(const Term& /*term*/, std::string_view word, std::size_t /*position*/,
                           std::size_t /*words*/) const override {
    const TermWord read = ReadTermWord(word);
    WordForms forms;
    forms.Add(read.text);
    if (read.is_acronym) {
      forms.AddAll(read.text + "'", "as o ui ą u e s");
    } else if (!read.text.empty()) {
      const bool is_listed_name = dictionary_ && AddFromDictionary(read, forms);
      for (const auto& [lemma, others] : kIrregular) {
        if (read.text == lemma) {
          forms.AddAll("", others);
        }
      }
      AddDefiniteAdjective(read.text, forms);
      AddParticiple(read.text, forms);
      if (!is_listed_name && (read.has_capital || !dictionary_)) {
        AddName(read.text, forms);
      }
    }
    return forms.ToForms(word);
  }

  std::vector<BaseForm> BasesOf(std::string_view word) const override {
    return LithuanianBases(dictionary_.get(), word);
  }

  LanguageRules rules() const override { return RulesOf(dictionary_.get()); }

 private:
  // Returns whether the dictionary has the word as a name.
  bool AddFromDictionary(const TermWord& word, WordForms& forms) const {
    auto [entries, is_name] = FindLemma(*dictionary_, word);
    if (!entries.empty()) {
      AddLemma(word.text, entries, forms);
      return is_name;
    }
    // What is a form of verbs or adjectives as well: `balsavimas` of `balsuoti`.
    const bool is_derived = EndsInOneOf(word.text, "imas ymas umas");
    WordForms others;
    if (is_derived || !AddFromForm(word.text, others)) {
      others.AddAll(guess_->Forms(word.text, word.has_capital));
    }
    forms.AddAll(others.forms());
    return false;
  }

  // Adds what has the same stem as `word` among the forms of the words of which it is a form
  // itself: the cases of a plural (`rinkimai`), of a participle, of a degree of comparison. Returns
  // whether there are such words.
  bool AddFromForm(const std::string& word, WordForms& forms) const {
    const std::vector<DictionaryEntry> entries = dictionary_->EntriesWithForm(word);
    WordForms found;
    WordForms other;  // Of verbs and degrees; not those of `ryti` for `Rytų`, which is of `rytas`.
    bool has_nominal = false;
    for (const DictionaryEntry& entry : entries) {
      found.Add(std::string(entry.lemma));
      for (const std::uint16_t paradigm : entry.paradigms) {
        std::vector<std::string> made;
        dictionary_->AppendForms(entry.lemma, paradigm, made);
        const bool has_word = std::find(made.begin(), made.end(), word) != made.end();
        const bool is_nominal = !IsLithuanianVerb(made) && !IsOfDegrees(made);
        has_nominal = has_nominal || (has_word && is_nominal);
        (is_nominal ? found : other)
            .AddAll(has_word || is_nominal ? made : std::vector<std::string>());
      }
    }
    if (!has_nominal) {
      found.AddAll(other.forms());
    }
    const std::string stem = StemOf(word);
    found.Remove([&stem](const std::string& form) {
      return !form.starts_with(stem) || IsDerived(form.substr(stem.size()));
    });
    KeepPlural(word, found);
    forms.AddAll(found.forms());
    return !entries.empty();
  }

  // Returns what is before the ending of a noun or adjective and does not change: of `sričių`,
  // which is of `sritis`, `sri`.
  static std::string StemOf(const std::string& word) {
    std::string stem = word;
    const auto cut = [&word, &stem](std::string_view endings) {
      const std::optional<std::string_view> ending = LongestEnding(word, endings, 3);
      if (ending && word.size() - ending->size() < stem.size()) {
        stem = Replaced(word, *ending, "");
      }
    };
    std::for_each(kNames.begin(), kNames.end(), cut);
    std::for_each(kDefinite.begin(), kDefinite.end(), cut);
    return EndsInOneOf(stem, "t č d ž") ? std::string(WithoutLast(stem)) : stem;
  }

  // Whether an ending makes another word: `nauj|okas`, `artim|iausias`.
  static bool IsDerived(std::string_view ending) {
    return EndsInOneOf(ending, "okas oko okui oką oku okai okų") || ending.starts_with("iausi") ||
           ending.starts_with("esn");
  }

  // Adds the forms of a lemma as a noun or adjective, if it is one: neither as a verb, which
  // `kalba` is as well, nor degrees of comparison.
  void AddLemma(const std::string& lemma, const std::vector<DictionaryEntry>& entries,
                WordForms& forms) const {
    WordForms all;
    WordForms nominal;
    for (const DictionaryEntry& entry : entries) {
      for (const std::uint16_t paradigm : entry.paradigms) {
        std::vector<std::string> made;
        dictionary_->AppendForms(lemma, paradigm, made);
        all.AddAll(made);
        if (!IsLithuanianVerb(made) && !IsOfDegrees(made)) {
          nominal.AddAll(made);
        }
      }
    }
    forms.AddAll(nominal.forms().empty() ? all.forms() : nominal.forms());
  }

  static bool IsOfDegrees(const std::vector<std::string>& forms) {
    return std::any_of(forms.begin(), forms.end(),
                       [](const std::string& form) { return form.ends_with("iausias"); });
  }

  // Of a word that stands in the plural (`rinkimai`), keeps what is plural.
  static void KeepPlural(std::string_view word, WordForms& forms) {
    for (const auto& plural : kPlurals) {
      if (word.ends_with(plural.first)) {
        forms.Remove([&plural](const std::string& form) {
          return !LongestEnding(form, plural.second, 1).has_value();
        });
        return;
      }
    }
  }

  std::unique_ptr<const Dictionary> dictionary_;
  std::optional<ParadigmGuess> guess_;
};

}  // namespace

std::unique_ptr<FormExpander> MakeLithuanianExpander(std::unique_ptr<const Dictionary> dictionary) {
  return std::make_unique<LithuanianExpander>(std::move(dictionary));
}

}  // namespace sild::terms
