#include "server/terms/estonian_stems.h"

#include <array>
#include <utility>

#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

using Exchange = std::pair<std::string_view, std::string_view>;

constexpr std::string_view kVowels = "a e i o u õ ä ö ü";
constexpr std::string_view kStemVowels = "a e i u";

// What the end of a strong stem, its vowel set aside, becomes in the weak grade.
constexpr std::array<Exchange, 31> kWeak{
    {{"kk", "k"}, {"pp", "p"},  {"tt", "t"},  {"ss", "s"},  {"ff", "f"},  {"šš", "š"},  {"k", "g"},
     {"p", "b"},  {"t", "d"},   {"nd", "nn"}, {"ld", "ll"}, {"rd", "rr"}, {"mb", "mm"}, {"lg", "l"},
     {"rg", "r"}, {"lb", "lv"}, {"rb", "rv"}, {"b", "v"},   {"g", ""},    {"d", ""},    {"b", ""},
     {"ht", "h"}, {"sk", "s"},  {"hk", "h"},  {"lg", "lj"}, {"rg", "rj"}, {"lj", "l"},  {"rj", "r"},
     {"ng", "n"}, {"rs", "rr"}, {"us", "u"}}};

// The way back, for plurals.
constexpr std::array<Exchange, 21> kStrong{
    {{"g", "k"},   {"b", "p"},  {"d", "t"},  {"nn", "nd"}, {"ll", "ld"}, {"rr", "rd"}, {"mm", "mb"},
     {"k", "kk"},  {"p", "pp"}, {"t", "tt"}, {"s", "ss"},  {"h", "ht"},  {"v", "b"},   {"lv", "lb"},
     {"rv", "rb"}, {"", "g"},   {"", "d"},   {"j", "d"},   {"r", "rg"},  {"l", "lg"},  {"j", "g"}}};

// Endings of nominatives and genitives that go together whatever is before them.
constexpr std::array<Exchange, 34> kGenitives{
    {{"line", "lise"}, {"lane", "lase"}, {"mine", "mise"}, {"ne", "se"},    {"lus", "luse"},
     {"tus", "tuse"},  {"dus", "duse"},  {"sus", "suse"},  {"kus", "kuse"}, {"vus", "vuse"},
     {"nus", "nuse"},  {"rus", "ruse"},  {"mus", "muse"},  {"ius", "iuse"}, {"jus", "juse"},
     {"gus", "guse"},  {"bus", "buse"},  {"us", "use"},    {"us", "u"},     {"hus", "htu"},
     {"llis", "lli"},  {"unis", "uni"},  {"mees", "mehe"}, {"is", "ise"},   {"es", "ese"},
     {"es", "e"},      {"as", "a"},      {"as", "asa"},    {"as", "ase"},   {"os", "ose"},
     {"s", "nda"},     {"aeg", "aja"},   {"oeg", "oja"},   {"aed", "aia"}}};

// Endings of nominatives in -e and their strong genitives: `lepe`, `leppe`.
constexpr std::array<Exchange, 33> kStrengthened{
    {{"iie", "iide"}, {"ke", "kke"},  {"pe", "ppe"}, {"te", "tte"},  {"ge", "ke"},   {"be", "pe"},
     {"de", "te"},    {"re", "rde"},  {"le", "lde"}, {"ne", "nde"},  {"me", "mme"},  {"he", "htme"},
     {"ve", "be"},    {"se", "sse"},  {"ne", "nne"}, {"re", "rre"},  {"le", "lle"},  {"lme", "lme"},
     {"dee", "tte"},  {"e", "me"},    {"ke", "kse"}, {"e", "eme"},   {"ke", "kese"}, {"ge", "kme"},
     {"be", "pme"},   {"de", "tme"},  {"he", "hte"}, {"nne", "nde"}, {"lle", "lde"}, {"rre", "rde"},
     {"mme", "mbe"},  {"mme", "mne"}, {"ue", "ude"}}};

// Endings with a vowel that is lost before another one: `minister`, `ministri`, and what becomes of
// a long consonant before it: `artikkel`, `artikli`.
constexpr std::array<Exchange, 4> kShortened{{{"kk", "k"}, {"pp", "p"}, {"tt", "t"}, {"ss", "s"}}};

std::set<std::string> Weakened(std::string_view stem) {
  std::set<std::string> weak{std::string(stem)};
  for (const auto& [strong_end, weak_end] : kWeak) {
    if (stem.ends_with(strong_end)) {
      weak.insert(Replaced(stem, strong_end, weak_end));
    }
  }
  if (EndsInOneOf(stem, "d g") && EndsInEstonianVowel(WithoutLast(stem))) {
    weak.insert(std::string(WithoutLast(stem)) + "j");  // `sõda`, `sõja`
  }
  return weak;
}

std::string_view LoweredVowel(std::string_view vowel) {
  return vowel == "i" ? "e" : vowel == "u" ? "o" : vowel == "ü" ? "ö" : vowel;
}

// Adds `weak`, a stem whose consonant may have dropped out of `strong` between two vowels. A short
// vowel is lowered then: `jõgi`, `jõe`; `tuba`, `toa`; `lugu`, `loo`; not `laud`, `laua`.
void AddWeak(const std::string& weak, std::string_view strong, std::set<std::string>& words) {
  const std::string_view last = LastChar(weak);
  const std::string before(WithoutLast(weak));
  const std::string_view first = LastChar(before);
  const std::string stem(WithoutLast(before));
  const bool is_short = Length(weak) >= 3 && EndsInEstonianVowel(before) &&
                        !EndsInEstonianVowel(stem) && Length(weak) <= Length(strong);
  if (!is_short) {
    words.insert(weak);
    return;
  }
  words.insert(stem + std::string(LoweredVowel(first)) +
               std::string(last == "ü" ? last : LoweredVowel(last)));
}

void AddVowelStems(std::string_view nominative, std::set<std::string>& genitives) {
  const std::string stem(WithoutLast(nominative));
  const std::string vowel(LastChar(nominative));
  genitives.insert(std::string(nominative));
  for (const std::string& weak : Weakened(stem)) {
    if (weak != stem && (vowel != "e" || stem.ends_with("d"))) {
      AddWeak(weak + vowel, nominative, genitives);
    }
    if (vowel == "i") {
      genitives.insert(weak + "e");
    }
  }
  if (vowel == "i") {
    genitives.insert(stem + "ja");
    if (stem.ends_with("s")) {
      genitives.insert(Replaced(stem, "s", "e"));
    }
  }
  if (vowel == "e") {
    for (const auto& [ending, genitive] : kStrengthened) {
      if (nominative.ends_with(ending)) {
        genitives.insert(Replaced(nominative, ending, genitive));
      }
    }
  }
}

// `minister`, `ministri`; `artikkel`, `artikli`.
void AddSyncope(std::string_view nominative, std::set<std::string>& genitives) {
  const std::string last(LastChar(nominative));
  const std::string before(WithoutLast(nominative));
  const std::string stem(WithoutLast(before));
  if (!IsOneOf(last, "l r n m") || !IsOneOf(LastChar(before), "e a i") || stem.empty() ||
      EndsInEstonianVowel(stem)) {
    return;
  }
  std::vector<std::string> stems{stem};
  for (const auto& [long_end, short_end] : kShortened) {
    if (stem.ends_with(long_end)) {
      stems.push_back(Replaced(stem, long_end, short_end));
    }
  }
  for (const std::string& one : stems) {
    for (const std::string_view vowel : Split("i a e")) {
      genitives.insert((one + last).append(vowel));
    }
  }
}

// Returns a weak stem and what it may be in the strong grade.
std::set<std::string> Strengthened(std::string_view weak) {
  std::set<std::string> strong{std::string(weak)};
  for (const auto& [weak_end, strong_end] : kStrong) {
    if (weak.ends_with(weak_end)) {
      strong.insert(Replaced(weak, weak_end, strong_end));
    }
  }
  return strong;
}

// `lammas`, `lamba`; `ratas`, `ratta`.
void AddStrengthened(std::string_view nominative, std::set<std::string>& genitives) {
  const std::string stem(WithoutLast(nominative));
  if (!EndsInOneOf(nominative, "as es is us")) {
    return;
  }
  for (const std::string& strong : Strengthened(WithoutLast(stem))) {
    if (strong != WithoutLast(stem)) {
      genitives.insert(strong + std::string(LastChar(stem)));
    }
  }
}

void AddConsonantStems(std::string_view nominative, std::set<std::string>& genitives) {
  for (const std::string& weak : Weakened(nominative)) {
    if (nominative.ends_with("d") && !weak.empty() && EndsInEstonianVowel(weak)) {
      genitives.insert(weak);  // `jõud`, `jõu`
    }
    for (const std::string_view vowel : Split(kStemVowels)) {
      AddWeak(weak + std::string(vowel), nominative, genitives);
    }
  }
  if (nominative.ends_with("ood")) {
    genitives.insert(Replaced(nominative, "ood", "oe"));  // `pood`, `poe`
  }
  if (nominative.ends_with("iis")) {
    genitives.insert(Replaced(nominative, "s", "e"));  // `viis`, `viie`
  }
  AddSyncope(nominative, genitives);
  AddStrengthened(nominative, genitives);
}

}  // namespace

bool EndsInEstonianVowel(std::string_view word) { return IsOneOf(LastChar(word), kVowels); }

std::size_t EstonianSyllables(std::string_view word) {
  std::size_t syllables = 0;
  std::size_t vowels = 0;  // Of the run at hand.
  for (; !word.empty(); word = WithoutLast(word)) {
    vowels = EndsInEstonianVowel(word) ? vowels + 1 : 0;
    syllables += vowels == 1 || vowels == 3 ? 1U : 0U;  // `vii|es`
  }
  return syllables;
}

std::set<std::string> EstonianGenitives(std::string_view nominative) {
  if (nominative.ends_with("mees")) {
    return {Replaced(nominative, "es", "he")};
  }
  if (nominative.ends_with("ik") &&
      !EndsInEstonianVowel(nominative.substr(0, nominative.size() - 2)) && nominative.size() > 3) {
    return {std::string(nominative) + "u"};
  }
  std::set<std::string> genitives;
  for (const auto& [ending, genitive] : kGenitives) {
    if (nominative.ends_with(ending)) {
      genitives.insert(Replaced(nominative, ending, genitive));
    }
  }
  EndsInEstonianVowel(nominative) ? AddVowelStems(nominative, genitives)
                                  : AddConsonantStems(nominative, genitives);
  return genitives;
}

std::set<std::string> EstonianPluralGenitives(std::string_view nominative,
                                              std::string_view genitive) {
  const std::string word(nominative);
  const std::string vowel(LastChar(genitive));
  std::set<std::string> stems;
  std::set<std::string> plurals;
  const bool is_long = EstonianSyllables(nominative) > 1;
  if (EndsInEstonianVowel(nominative)) {
    stems = {word, std::string(genitive)};
    if (nominative.ends_with("i") && vowel == "e") {
      stems.insert(Replaced(nominative, "i", "e"));
    }
  } else {
    stems.insert(word + vowel);
    const bool is_any = genitive == WithoutLast(nominative) || genitive.ends_with("oe");
    for (const std::string_view any : Split(is_any ? kStemVowels : "")) {
      stems.insert(word + std::string(any));
    }
  }
  if (is_long) {
    stems.insert({word, std::string(genitive)});
    plurals.insert({word + "te", std::string(genitive) + "te"});
  } else if (nominative.ends_with("mõis")) {
    plurals.insert(word + "ate");
  } else if (vowel == "e") {
    plurals.insert(word + "te");
  }
  if (const std::string doubled = EstonianDoubled(nominative, genitive); !doubled.empty()) {
    stems.insert(doubled);
  }
  for (const std::string& stem : stems) {
    plurals.insert(stem + "de");
  }
  constexpr std::array<Exchange, 6> kPlurals{
      {{"s", "te"}, {"ne", "ste"}, {"ke", "keste"}, {"si", "te"}, {"ks", "ste"}, {"ps", "ste"}}};
  for (const auto& [ending, plural] : kPlurals) {
    if (nominative.ends_with(ending)) {
      plurals.insert(Replaced(nominative, ending, plural));
    }
  }
  if (nominative.ends_with("ik")) {
    plurals.insert(word + "e");
  }
  if (const std::string hard = EstonianHardened(genitive); !hard.empty()) {
    plurals.insert(hard + "de");
  }
  return plurals;
}

std::string EstonianDoubled(std::string_view nominative, std::string_view genitive) {
  if (!EndsInOneOf(nominative, "p t") || !EndsInEstonianVowel(WithoutLast(nominative)) ||
      genitive != std::string(nominative) + "i") {
    return {};
  }
  return std::string(nominative).append(LastChar(nominative)) + "i";
}

std::string EstonianHardened(std::string_view genitive) {
  constexpr std::array<Exchange, 3> kHard{{{"b", "p"}, {"d", "t"}, {"g", "k"}}};
  const std::string_view sonorant = LastChar(WithoutLast(genitive));
  const std::string_view before = WithoutLast(WithoutLast(genitive));
  for (const auto& [soft, hard] : kHard) {
    if (IsOneOf(sonorant, "r l n m") && before.ends_with(soft)) {
      return Replaced(before, soft, hard).append(sonorant).append(LastChar(genitive));
    }
  }
  return {};
}

std::set<std::string> EstonianNominatives(std::string_view genitive) {
  std::set<std::string> nominatives{std::string(genitive)};
  if (genitive.ends_with("se")) {
    nominatives.insert(Replaced(genitive, "se", "ne"));
  }
  for (const std::string& stem : Strengthened(WithoutLast(genitive))) {
    nominatives.insert(stem);
    for (const std::string_view vowel : Split(kStemVowels)) {
      nominatives.insert(stem + std::string(vowel));
    }
  }
  return nominatives;
}

std::set<std::string> EstonianWeakNominatives(std::string_view genitive) {
  std::set<std::string> nominatives;
  for (const auto& [ending, strong_end] : kStrengthened) {
    if (genitive.ends_with(strong_end)) {
      nominatives.insert(Replaced(genitive, strong_end, ending));
    }
  }
  if (genitive.ends_with("mehe")) {
    nominatives.insert(Replaced(genitive, "he", "es"));
  }
  for (const std::string& weak : Weakened(WithoutLast(genitive))) {
    nominatives.insert((weak + std::string(LastChar(genitive))) + "s");
  }
  return nominatives;
}

std::string EstonianLengthened(std::string_view word) {
  const std::string vowel(LastChar(word));
  const std::string_view stem = WithoutLast(word);
  const std::string consonant(LastChar(stem));
  if (Length(word) < 3 || EndsInEstonianVowel(stem)) {
    return {};
  }
  const std::string long_one = consonant == "b"   ? "pp"
                               : consonant == "d" ? "tt"
                               : consonant == "g" ? "kk"
                                                  : consonant + consonant;
  return Replaced(stem, consonant, long_one) + vowel;
}

}  // namespace sild::terms
