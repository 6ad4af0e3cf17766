#pragma once

#include <string>
#include <string_view>

#include "server/terms/word_forms.h"

namespace sild::terms {

// The forms of Estonian words that can be told from the word alone. All words are folded and not
// empty.

// Adds the forms of an acronym: `ELi`. (Behind a hyphen, as in `NATO-le`, an ending is a token of
// its own, and the acronym is found as it is.)
void AddEstonianAcronym(const std::string& word, WordForms& forms);

// Whether `ending`, in small letters, is put to acronyms: `le` of `NATO-le`.
bool IsEstonianAcronymEnding(std::string_view ending);

// Adds the forms of a word whose ending says it all: `eestlane`, `valitsus`, `Venemaa`. Returns
// whether it is one.
bool AddEstonianSure(const std::string& word, bool has_capital, WordForms& forms);

// Adds the forms of a word of which nothing is known.
void AddEstonianUnknown(const std::string& word, bool has_capital, WordForms& forms);

// Adds the forms of a foreign name, with the apostrophe that follows a last letter that is not
// spoken as it is written: `Kavanaugh'i`, `Google'iga`.
void AddEstonianName(const std::string& word, WordForms& forms);

}  // namespace sild::terms
