#include <array>
#include <utility>

#include "server/terms/language_bases.h"
#include "server/terms/language_expanders.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

// Plurals that no rule gives.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kPlurals{
    {{"child", "children"},
     {"person", "people"},
     {"foot", "feet"},
     {"tooth", "teeth"},
     {"goose", "geese"},
     {"mouse", "mice"},
     {"louse", "lice"},
     {"ox", "oxen"},
     {"die", "dice"},
     {"quiz", "quizzes"},
     {"penny", "pence"},
     {"medium", "media"},
     {"datum", "data"},
     {"criterion", "criteria"}}};

// Words in -f that keep it are no worse for a plural in -ves.
constexpr std::string_view kPluralsInVes =
    "leaf loaf half calf elf self shelf thief wolf sheaf scarf hoof dwarf wharf";

bool EndsInConsonantAnd(std::string_view word, std::string_view last) {
  return word.size() > 1 && word.ends_with(last) &&
         !IsOneOf(LastChar(WithoutLast(word)), "a e i o u");
}

void AddPlurals(const std::string& word, WordForms& forms) {
  for (const auto& [singular, plural] : kPlurals) {
    if (word == singular) {
      forms.Add(std::string(plural));
    }
  }
  if (EndsInOneOf(word, "s x z ch sh") || EndsInConsonantAnd(word, "o")) {
    forms.Add(word + "es");
  }
  if (EndsInConsonantAnd(word, "y")) {
    forms.Add(Replaced(word, "y", "ies"));
  } else if (!EndsInOneOf(word, "s x ch sh")) {
    forms.Add(word + "s");
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kEndings{
      {{"sis", "ses"},
       {"xis", "xes"},
       {"fe", "ves"},
       {"man", "men"},
       {"person", "people"},
       {"ndum", "nda"},
       {"menon", "mena"}}};
  for (const auto& [singular, plural] : kEndings) {
    if (word.ends_with(singular)) {
      forms.Add(Replaced(word, singular, plural));
    }
  }
  if (EndsInOneOf(word, kPluralsInVes)) {
    forms.Add(Replaced(word, "f", "ves"));
  }
}

class EnglishExpander : public FormExpander {
 public:
  std::string version() const override { return "en-2"; }

  // Any word of a term may be its head (`chiefs of staff`, `courts-martial`), so all are inflected.
  std::vector<Form> Expand(const Term& /*term*/, std::string_view word, std::size_t /*position*/,
                           std::size_t /*words*/) const override {
    const TermWord read = ReadTermWord(word);
    WordForms forms;
    forms.Add(read.text);
    if (read.is_acronym) {
      forms.Add(read.text + "s");
    } else if (!read.text.empty()) {
      AddPlurals(read.text, forms);
    }
    const std::vector<std::string> owners = forms.forms();
    for (const std::string& owner : owners) {
      forms.Add(owner + "'s");  // A lone apostrophe is no part of a word.
    }
    return forms.ToForms(word);
  }

  LanguageRules rules() const override { return {.is_word = {}, .has_dotted_acronyms = true}; }

  std::vector<BaseForm> BasesOf(std::string_view word) const override { return EnglishBases(word); }
};

}  // namespace

std::unique_ptr<FormExpander> MakeEnglishExpander() { return std::make_unique<EnglishExpander>(); }

}  // namespace sild::terms
