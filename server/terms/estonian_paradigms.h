#pragma once

#include <string>

#include "server/terms/dictionary.h"
#include "server/terms/word_forms.h"

namespace sild::terms {

// Adds the forms of an Estonian word in the nominative, singular or plural, that the rules of stems
// allow and `dictionary`, used as a list of words, bears out: some 200 look-ups. Adds nothing where
// no genitive, singular and plural, is known. `word` is folded and not empty.
void AddEstonianParadigms(const Dictionary& dictionary, const std::string& word, WordForms& forms);

}  // namespace sild::terms
