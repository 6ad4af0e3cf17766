#pragma once

#include <memory>

#include "server/terms/dictionary.h"
#include "server/terms/form_expander.h"

namespace sild::terms {

// The expanders of the languages whose inflection is known. All forms they make are of class
// `kStrict`, folded as by `FoldWord`, at most `WordForms::kMaxForms` a word; a form that the
// letters of a name may have in addition (`Makronui`, `Macron'ui`) is among them. Immutable.

// Plurals and possessives, by rule.
std::unique_ptr<FormExpander> MakeEnglishExpander();

// Cases of nouns and adjectives by the rules of Estonian, kept where the dictionary, a list of
// words, attests them; compounds after their last part; names and unknown words by rule alone.
// `dictionary` may be null: then every word is an unknown one.
std::unique_ptr<FormExpander> MakeEstonianExpander(std::unique_ptr<const Dictionary> dictionary);

// The paradigms of the dictionary; for words not in it those of words like them; names and definite
// adjectives by rule. `dictionary` may be null: then by rule alone.
std::unique_ptr<FormExpander> MakeLithuanianExpander(std::unique_ptr<const Dictionary> dictionary);

// The paradigms of the dictionary, made whole where it tears them apart; for words not in it those
// of words like them; names by rule. `dictionary` may be null: then by rule alone.
std::unique_ptr<FormExpander> MakeRussianExpander(std::unique_ptr<const Dictionary> dictionary);

}  // namespace sild::terms
