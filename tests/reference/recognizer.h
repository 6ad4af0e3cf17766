#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/terms/recognizer.h"
#include "server/terms/term_patterns.h"

namespace sild::reference {

// `terms::Recognizer` without anything clever: the whole text is read by `ReadTermText`, and every
// pattern of every term is tried at every token.
class Recognizer {
 public:
  Recognizer(const text::LanguageKey& language, std::vector<terms::GlossaryConcept> concepts,
             const terms::FormExpander& expander, terms::LanguageRules rules = {});

  // As `terms::Recognizer::Recognize`, without limits of hits and time.
  std::vector<terms::Hit> Recognize(std::string_view text, bool include_nested) const;

 private:
  struct Source {
    terms::Hit hit;  // Without what depends on the text.
    std::vector<terms::TermPattern> patterns;
  };

  void Load(const terms::GlossaryConcept& source, const LanguageSection& section, const Term& term,
            const terms::FormExpander& expander);

  std::vector<terms::GlossaryConcept> concepts_;
  terms::LanguageRules rules_;
  std::vector<Source> sources_;
  std::set<std::string> named_;  // Tokens of all forms and banned forms.
};

}  // namespace sild::reference
