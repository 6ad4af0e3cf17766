#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/terms/recognizer.h"

namespace sild::test {

inline Term MakeTerm(const std::string& text) {
  Term term;
  term.id = text;
  term.text = text;
  return term;
}

// A concept named `id` with one section.
inline terms::GlossaryConcept MakeConcept(std::size_t glossary, const std::string& id,
                                          const std::string& language, std::vector<Term> terms) {
  terms::GlossaryConcept source;
  source.glossary = glossary;
  source.entry.name = {"g" + std::to_string(glossary), id};
  LanguageSection section;
  section.language = LanguageTag::FromCanonical(language);
  section.terms = std::move(terms);
  source.entry.sections.push_back(std::move(section));
  return source;
}

// Adds the same endings to every word; what follows `=` is a form by itself.
class EndingsExpander : public terms::FormExpander {
 public:
  explicit EndingsExpander(std::vector<std::string> endings) : endings_(std::move(endings)) {}

  std::string version() const override { return "endings"; }
  std::vector<terms::Form> Expand(const Term& /*term*/, std::string_view word,
                                  std::size_t /*position*/, std::size_t /*words*/) const override {
    std::vector<terms::Form> forms = {{std::string(word), terms::HitClass::kStrict}};
    for (const std::string& ending : endings_) {
      forms.push_back({ending.starts_with('=') ? ending.substr(1) : std::string(word) + ending,
                       terms::HitClass::kStrict});
    }
    return forms;
  }

 private:
  std::vector<std::string> endings_;
};

}  // namespace sild::test
