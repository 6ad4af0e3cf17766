#include "server/terms/estonian_endings.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "server/terms/estonian_stems.h"

namespace sild::terms {
namespace {

// Endings of acronyms, written with or without a hyphen or apostrophe: `ELi`, `NATO-le`, `NATO'l`.
// (Behind a hyphen an ending is a token of its own, and the acronym is found as it is.)
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

// Words whose stems no rule gives: nominative, genitive, and the other forms without a case ending.
struct Irregular {
  std::string_view nominative;
  std::string_view genitive;
  std::string_view others;
};
constexpr std::array<Irregular, 4> kIrregular{
    {{"üks", "ühe", "üht ühte"},
     {"kaks", "kahe", "kaht kahte"},
     {"mitu", "mitme", "mitut mitmed mitmete mitmeid"},
     {"süda", "südame", "südant südamed südamete südameid"}}};

constexpr std::string_view kSureUs = "lus tus dus sus kkus vus nus mus rus ngus gus õigus";

void AddCases(const std::string& stem, WordForms& forms) { forms.AddAll(stem, kEstonianCases); }

// Returns whether the word is one of the irregular ones.
bool AddIrregular(const std::string& word, WordForms& forms) {
  for (const Irregular& irregular : kIrregular) {
    if (word == irregular.nominative) {
      forms.Add(std::string(irregular.genitive));
      AddCases(std::string(irregular.genitive), forms);
      forms.AddAll("", irregular.others);
      return true;
    }
  }
  return false;
}

}  // namespace

void AddEstonianAcronym(const std::string& word, WordForms& forms) {
  forms.AddAll(word, kAcronymEndings);
  forms.AddAll(word + "-", kAcronymEndings);
  forms.AddAll(word + "'", kAcronymEndings);
}

bool IsEstonianAcronymEnding(std::string_view ending) { return IsOneOf(ending, kAcronymEndings); }

bool AddEstonianSure(const std::string& word, bool has_capital, WordForms& forms) {
  if (AddIrregular(word, forms)) {
    return true;
  }
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

void AddEstonianUnknown(const std::string& word, bool has_capital, WordForms& forms) {
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

void AddEstonianName(const std::string& word, WordForms& forms) {
  AddCases(word + "'", forms);
  AddCases(word + "'i", forms);
  forms.AddAll(word, "'d 't 'i 'it 'id");
  // Names whose short illative is not made from their genitive.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kShortIllatives{
      {{"leedu", "leetu"}, {"läti", "lätti"}, {"riia", "riiga"}}};
  for (const auto& [name, illative] : kShortIllatives) {
    if (word == name) {
      forms.Add(std::string(illative));
    }
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

}  // namespace sild::terms
