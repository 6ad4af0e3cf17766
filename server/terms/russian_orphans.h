#pragma once

#include <string>

#include "server/terms/dictionary.h"
#include "server/terms/word_forms.h"

namespace sild::terms {

// Makes the paradigm of a Russian word whole. The dictionary tears some apart, and has what is left
// over as words of their own: `послы`, `беженцев`, `ручейка`, `писем`, `края`. Adds those of them
// that the rules of inflection allow for `word`, a noun in the nominative, folded and not empty;
// takes out the genitive plural that is rather a person (`политик`).
void AddRussianOrphans(const Dictionary& dictionary, const std::string& word, WordForms& forms);

// The same for a name, which may have no plural: `Египет`, `Египта`; `Елец`, `Ельцу`; `Дельфы`,
// `Дельфах`. Adds what the rules of inflection make if enough of it is known.
void AddRussianNameOrphans(const Dictionary& dictionary, const std::string& name, WordForms& forms);

}  // namespace sild::terms
