#include "server/text/case_forms.h"

#include <algorithm>
#include <span>

#include "server/text/utf8.h"

namespace sild::text {
namespace {

// Behind the genitive: `miljoni`, `euro`.
constexpr std::string_view kEstonian[] = {
    "",     "s",  "sse", "st",   "le",   "l",    "lt",   "ks",   "ni",   "na",   "ta",
    "ga",   "d",  "t",   "te",   "tes",  "test", "tele", "tel",  "telt", "teks", "teni",
    "tega", "de", "des", "dest", "dele", "del",  "delt", "deks", "deni", "dega", "sid"};

constexpr std::string_view kLithuanian[] = {
    "as",  "o",    "ui",  "ą",   "u",    "e",   "ai",   "ų",    "ams",   "us",   "ais",  "uose",
    "is",  "io",   "iui", "į",   "iu",   "yje", "iai",  "ių",   "iams",  "ius",  "iais", "iuose",
    "a",   "os",   "oje", "oms", "omis", "ose", "ė",    "ės",   "ei",    "ę",    "ėje",  "es",
    "ėms", "ėmis", "ėse", "ios", "iai",  "ią",  "ioje", "ioms", "iomis", "iose", "ias",  "ia"};

// Of nouns only: with those of adjectives too, `лев` would give `левых`. A noun that is declined as
// an adjective, `злотый`, has those.
constexpr std::string_view kRussian[] = {"",    "а",  "у",   "ом", "е",  "ы",  "ов", "ам",
                                         "ами", "ах", "ь",   "я",  "ю",  "ем", "ём", "и",
                                         "ей",  "ям", "ями", "ях", "ой", "ою"};
constexpr std::string_view kRussianAdjectives[] = {"ый", "ого", "ому", "ым",
                                                   "ом", "ые",  "ых",  "ыми"};

constexpr std::size_t kLeastStemChars = 3;

std::string CommonBeginning(const std::vector<std::string>& words) {
  std::string common = words.front();
  for (const std::string& word : words) {
    const auto [end, other] = std::mismatch(common.begin(), common.end(), word.begin(), word.end());
    common.erase(end, common.end());
  }
  while (!common.empty() && FindTextProblem(common)) {
    common.pop_back();
  }
  return common;
}

// `miljonit` gives `miljoni`, `kraadi` `kraadi`.
std::string EstonianGenitive(const std::vector<std::string>& known) {
  std::string genitive = known.back();
  if (genitive != known.front() && genitive.ends_with('t')) {
    genitive.pop_back();
  }
  return genitive;
}

void AddForms(const std::string& stem, std::span<const std::string_view> endings,
              std::vector<std::string>& forms) {
  if (CountChars(stem) < kLeastStemChars) {
    return;
  }
  for (const std::string_view ending : endings) {
    forms.push_back(stem + std::string(ending));
  }
}

}  // namespace

bool IsRussianAdjective(std::string_view singular) {
  return singular.ends_with("ый") || singular.ends_with("ий");
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::vector<std::string> CaseForms(std::string_view language,
                                   const std::vector<std::string>& known) {
  std::vector<std::string> forms = known;
  if (language == "et") {
    const std::string genitive = EstonianGenitive(known);
    AddForms(genitive, kEstonian, forms);
    if (genitive.ends_with('i')) {
      forms.push_back(genitive.substr(0, genitive.size() - 1) + "eid");
    }
  } else if (language == "lt") {
    std::string stem = CommonBeginning(known);
    if (stem.ends_with('i')) {
      stem.pop_back();
    }
    AddForms(stem, kLithuanian, forms);
    // tūkstanči- beside tūkstan-: the genitive of the plural without its ending.
    constexpr std::string_view kPluralGenitive = "ų";
    if (const std::string& last = known.back(); last.ends_with(kPluralGenitive)) {
      AddForms(last.substr(0, last.size() - kPluralGenitive.size()), kLithuanian, forms);
    }
  } else if (language == "ru") {
    if (IsRussianAdjective(known.front())) {
      AddForms(CommonBeginning(known), kRussianAdjectives, forms);
    } else {
      AddForms(CommonBeginning(known), kRussian, forms);
    }
  }
  return forms;
}

std::optional<InflectedName> CutName(const std::vector<std::string>& names) {
  std::vector<std::vector<std::string>> words;
  for (const std::string& name : names) {
    words.push_back(WordsOf(name));
    if (words.back().size() != words.front().size() || words.back().empty()) {
      return std::nullopt;
    }
  }
  if (words.empty()) {
    return std::nullopt;
  }
  const auto inflects = [&words](std::size_t i) {
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& name) { return name[i] != words.front()[i]; });
  };
  const std::size_t count = words.front().size();
  std::size_t head = count - 1;
  while (head > 0 && !inflects(head)) {
    --head;
  }
  head = inflects(head) ? head : count - 1;
  InflectedName cut;
  for (const auto& name : words) {
    cut.forms.push_back(name[head]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    cut.has_other_inflected = cut.has_other_inflected || (i != head && inflects(i));
    cut.before += i < head ? words.front()[i] + " " : "";
    cut.behind += i > head ? " " + words.front()[i] : "";
  }
  return cut;
}

}  // namespace sild::text
