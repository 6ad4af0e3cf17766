#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "server/terms/estonian_stems.h"
#include "server/terms/language_bases.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

// What may be taken off a form to find a genitive, singular or plural, or a nominative.
constexpr std::string_view kEndings = "sse s st se le l lt ks ni na ta ga t d id sid";

// Endings that tell of the base form by themselves.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kSureEndings{
    {{"lise", "line"},
     {"list", "line"},
     {"liste", "line"},
     {"lisi", "line"},
     {"mise", "mine"},
     {"mist", "mine"},
     {"miste", "mine"},
     {"misi", "mine"},
     {"lase", "lane"},
     {"last", "lane"},
     {"laste", "lane"},
     {"lasi", "lane"},
     {"use", "us"},
     {"uste", "us"}}};

// Participles that are not inflected.
constexpr std::string_view kParticiples = "tud dud nud";

// Endings of names and foreign words.
const std::vector<std::string_view>& NameRows() {
  static const std::vector<std::string_view> rows{
      "- 'i 'is 'ist 'isse 'ile 'il 'ilt 'iks 'iga 'it 'id 's 'st 'le 'l 'lt 'ga 't 'd",
      "- i is ist isse ile il ilt iks iga it id ide", "- s st sse le l lt ks ni na ta ga t d",
      "- e es est esse ele el elt eks ega et ed"};
  return rows;
}

class Finder {
 public:
  Finder(const Dictionary& dictionary, std::string_view word)
      : dictionary_(dictionary), word_(word) {}

  std::vector<BaseForm> Run() {
    const bool is_known = dictionary_.HasForm(word_);
    if (EndsInOneOf(word_, kParticiples) && is_known) {
      return {{word_, WordKind::kModifier, Trust::kSure}};
    }
    if (is_known) {
      AddBases("", word_);
    } else {
      AddCompound();
    }
    if (bases_.empty() && is_known) {
      return {{word_, WordKind::kOther, Trust::kSure}};  // A verb or an adverb.
    }
    if (bases_.empty()) {
      AddGuessedBases(word_, NameRows(), bases_);
    }
    return std::move(bases_);
  }

 private:
  // Takes the last part of a compound, the longest that is a word.
  void AddCompound() {
    constexpr std::size_t kMinPart = 3;
    constexpr std::size_t kMinHead = 4;
    for (std::size_t at = 1; at < word_.size(); ++at) {
      const std::string head = word_.substr(at);
      const std::string first = word_.substr(0, at);
      if ((static_cast<unsigned char>(word_[at]) & 0xC0) != 0x80 && Length(first) >= kMinPart &&
          Length(head) >= kMinHead && dictionary_.HasForm(head)) {
        AddBases(first, head);
        if (!bases_.empty()) {
          return;
        }
      }
    }
  }

  // Adds what `form` may be a form of, each behind `first`.
  void AddBases(const std::string& first, const std::string& form) {
    std::set<std::string> candidates;
    for (const auto& [ending, base] : kSureEndings) {
      for (const std::string_view end : Split("- s st sse le l lt ks ni na ta ga d t")) {
        const std::string whole = std::string(ending).append(end == "-" ? "" : end);
        if (form.ends_with(whole) && Length(form) > Length(whole) + 2) {
          candidates.insert(Replaced(form, whole, base));
        }
      }
    }
    AddOfStem(form, candidates);
    for (const std::string_view ending : Split(kEndings)) {
      if (form.ends_with(ending) && Length(form) >= Length(ending) + 2) {
        AddOfStem(Replaced(form, ending, ""), candidates);
      }
    }
    candidates.erase(form);
    for (const std::string& candidate : candidates) {
      if (dictionary_.HasForm(candidate)) {
        bases_.push_back({first + candidate, WordKind::kNoun, Trust::kToCheck});
      }
    }
    if (IsNominative(form)) {
      bases_.push_back({first + form, WordKind::kNoun, Trust::kSure});
    }
  }

  // Adds what a stem may be the genitive, or with the ending of the plural, of.
  void AddOfStem(const std::string& stem, std::set<std::string>& candidates) const {
    const auto add = [&](const std::string& genitive) {
      if (Length(genitive) >= 2) {
        candidates.merge(EstonianNominatives(genitive));
      }
    };
    if (EndsInEstonianVowel(stem)) {
      add(stem);
    } else {
      candidates.insert(stem);  // `riik` of the partitive `riik|i`, `maa` of `maa|d`
    }
    if (EndsInOneOf(stem, "de te") && Length(stem) > 4) {
      const std::string plural(WithoutLast(WithoutLast(stem)));
      EndsInEstonianVowel(plural) ? add(plural) : void(candidates.insert(plural));
      candidates.insert(plural + "s");
      if (EndsInEstonianVowel(plural)) {
        candidates.emplace(WithoutLast(plural));
      }
    }
    if (EndsInEstonianVowel(stem)) {
      candidates.emplace(WithoutLast(stem));
    }
  }

  // Whether the dictionary has the cases of a noun whose nominative this is.
  bool IsNominative(const std::string& word) const {
    const auto has_cases = [this](const std::string& genitive) {
      int known = 0;
      for (const std::string_view ending : Split("s le ga st")) {
        known += dictionary_.HasForm(genitive + std::string(ending)) ? 1 : 0;
      }
      return known >= 3 && dictionary_.HasForm(genitive);
    };
    if (Length(word) < 2) {
      return false;
    }
    const std::set<std::string> genitives = EstonianGenitives(word);
    return (EndsInEstonianVowel(word) && has_cases(word)) ||
           std::any_of(genitives.begin(), genitives.end(), has_cases);
  }

  const Dictionary& dictionary_;
  const std::string word_;
  std::vector<BaseForm> bases_;
};

}  // namespace

std::vector<BaseForm> EstonianBases(const Dictionary* dictionary, std::string_view word) {
  if (dictionary != nullptr) {
    return Finder(*dictionary, word).Run();
  }
  std::vector<BaseForm> bases;
  AddGuessedBases(word, NameRows(), bases);
  return bases;
}

}  // namespace sild::terms
