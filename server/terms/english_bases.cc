#include <array>
#include <utility>

#include "server/terms/language_bases.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

// Words in -s that are no plurals of the word without it.
constexpr std::string_view kNoPlurals =
    "news politics physics economics mathematics ethics athletics gymnastics series species means "
    "headquarters gas bus lens atlas canvas bias chaos christmas alias campus virus always perhaps "
    "besides sometimes overseas whereas las los texas paris brussels wales mars james times";

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kPlurals{
    {{"children", "child"},
     {"people", "person"},
     {"feet", "foot"},
     {"teeth", "tooth"},
     {"geese", "goose"},
     {"mice", "mouse"},
     {"lice", "louse"},
     {"oxen", "ox"},
     {"criteria", "criterion"},
     {"lives", "life"},
     {"wives", "wife"}}};

// What ends in -ed and is no participle.
constexpr std::string_view kNotParticiples = "seed need speed creed breed steed feed bed shed sled";

WordKind KindOf(std::string_view word) {
  if (word.ends_with("ly") && Length(word) > 4 &&
      !IsOneOf(word, "family italy assembly ally july rally anomaly monopoly reply supply")) {
    return WordKind::kOther;
  }
  const bool is_participle =
      word.ends_with("ed") && Length(word) > 4 && !IsOneOf(word, kNotParticiples);
  const bool is_adjective = Length(word) > 5 && EndsInOneOf(word, "ous ful able ible less ish");
  return is_participle || is_adjective ? WordKind::kModifier : WordKind::kNoun;
}

// Returns what a plural may be the plural of.
std::vector<std::string> Singulars(std::string_view word) {
  for (const auto& [plural, singular] : kPlurals) {
    if (word == plural) {
      return {std::string(singular)};
    }
  }
  if (Length(word) > 4 && word.ends_with("men")) {
    return {Replaced(word, "men", "man")};
  }
  if (Length(word) <= 3 || !word.ends_with("s") || EndsInOneOf(word, "ss us is 's") ||
      IsOneOf(word, kNoPlurals)) {
    return {};
  }
  std::vector<std::string> singulars{Replaced(word, "s", "")};
  if (word.ends_with("ies") && Length(word) > 4) {
    singulars.insert(singulars.begin(), Replaced(word, "ies", "y"));
  }
  if (EndsInOneOf(word, "ses xes zes ches shes oes")) {
    singulars.push_back(Replaced(word, "es", ""));
  }
  if (word.ends_with("ves")) {
    singulars.push_back(Replaced(word, "ves", "f"));
  }
  if (word.ends_with("ses")) {
    singulars.push_back(Replaced(word, "es", "is"));
  }
  return singulars;
}

}  // namespace

std::vector<BaseForm> EnglishBases(std::string_view word) {
  std::vector<BaseForm> bases;
  const std::string_view owner = word.ends_with("'s") ? word.substr(0, word.size() - 2) : word;
  if (owner.empty()) {
    return bases;
  }
  std::vector<std::string> singulars = Singulars(owner);
  const bool is_base = owner == word && singulars.empty();
  bases.push_back({std::string(owner), KindOf(owner), is_base ? Trust::kSure : Trust::kGuess});
  for (std::string& singular : singulars) {
    const WordKind kind = KindOf(singular);
    bases.push_back({std::move(singular), kind, Trust::kGuess});
  }
  return bases;
}

}  // namespace sild::terms
