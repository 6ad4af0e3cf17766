#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "server/model/glossary.h"
#include "server/terms/form_expander.h"
#include "server/terms/term_text.h"

namespace sild::terms {

// One token of a pattern: any of its forms, folded, behind that joint.
struct PatternWord {
  Joint joint = Joint::kSpace;
  bool is_ending = false;   // May be missing: what a hyphen joins to a word, as in `NATO-le`.
  std::vector<Form> forms;  // As `TermText::Folded`, each once, by text.
};

// What a term looks like in a text.
struct TermPattern {
  std::vector<PatternWord> words;  // At least one.

  // What is asked of the case of the text.
  bool needs_first_capital = false;       // A word that is written with a capital.
  std::uint32_t needed_capitals = 0;      // An acronym: so many letters of the token are capitals.
  std::vector<std::string> needed_plain;  // Case-sensitive: the tokens with their case.
  bool ends_with_word = true;

  // Its one word may be part of a compound, in these forms.
  std::vector<std::string> heads;      // As the last part.
  std::vector<std::string> modifiers;  // As the first part.
};

// Returns the patterns of a term: one for its text, with the forms that `expander` makes unless the
// term is to be matched exactly, and one for each extra form. None for a rejected term.
//
// A form is one token, or the word itself with one token behind a hyphen; other forms are left out.
//
// Compounds: of a term that asks for them and is one inflected word, but no acronym, each form is a
// head, unless the word has a capital; the word itself and its genitives are modifiers. In Estonian
// a genitive is what `ga` can be added to, so that no part of speech need be known.
//
// Case: an acronym, one token of 2 to 6 capitals, asks for capitals; another single
// word with a capital asks for one; terms of several words ask for nothing; case-sensitive terms
// ask for their very letters.
std::vector<TermPattern> PatternsOf(const Term& term, const FormExpander& expander);

// Returns what two texts have in common if they are the same token by token and joint by joint,
// whatever their case. Used to tell banned forms and equal terms.
std::string PhraseKey(const TermText& text, std::size_t begin, std::size_t end);

}  // namespace sild::terms
