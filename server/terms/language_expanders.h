#pragma once

#include <memory>
#include <vector>

#include "server/terms/dictionary.h"
#include "server/terms/form_expander.h"
#include "server/terms/word_forms.h"

namespace sild::terms {

// The expanders of the languages whose inflection is known. Besides the word as it is given, they
// make forms that are folded as by `FoldWord`, of class `kStrict`, at most `WordForms::kMaxForms` a
// word, and not all of them words: what nobody writes is never found. A word takes less than 2 ms,
// 0.1 ms as a rule. Immutable.
//
// Case is not asked of the forms of acronyms and names; that is for `PatternsOf`.

// Whether a token is a form of a word of `dictionary`, which may be null: then nobody knows.
LanguageRules RulesOf(const Dictionary* dictionary);

// The entries of a dictionary whose lemma is a word of a term: of a name that it has as one, only
// those of names.
struct LemmaEntries {
  std::vector<DictionaryEntry> entries;
  bool is_name = false;
};
LemmaEntries FindLemma(const Dictionary& dictionary, const TermWord& word);

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
