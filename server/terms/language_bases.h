#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/terms/base_forms.h"
#include "server/terms/dictionary.h"

namespace sild::terms {

// The way back from forms to base forms. `word` is folded as by `FoldWord` and not empty;
// `dictionary` may be null: then all is guessed. None of them returns the word itself unless the
// dictionary has it as a base form: who asks falls back to that.

std::vector<BaseForm> EnglishBases(std::string_view word);
std::vector<BaseForm> EstonianBases(const Dictionary* dictionary, std::string_view word);
std::vector<BaseForm> LithuanianBases(const Dictionary* dictionary, std::string_view word);
std::vector<BaseForm> RussianBases(const Dictionary* dictionary, std::string_view word);

// Whether the forms that a Lithuanian paradigm makes are those of verbs: `kalbame` and `kalbate`.
bool IsLithuanianVerb(const std::vector<std::string>& forms);

// Whether a lemma of a Russian dictionary is a verb.
bool IsRussianVerb(const Dictionary& dictionary, std::string_view lemma);

// Adds to `bases` as guesses what `word` may be a form of by rows of endings, each with the
// nominative's first; `-` is no ending. The stem has at least three characters.
void AddGuessedBases(std::string_view word, const std::vector<std::string_view>& rows,
                     std::vector<BaseForm>& bases);

}  // namespace sild::terms
