#pragma once

#include <string_view>

namespace sild::terms {

// Whether `word`, folded, is a function word of `language` (`en`, `et`, `lt`, `ru`): of a closed
// class, or so common a verb, adverb or noun of time and measure that no term begins or ends with
// it. In other languages, for which there is no list, a word of up to three letters is.
bool IsFunctionWord(std::string_view language, std::string_view word);

// Whether `word`, the base form of a noun, is of so wide a meaning that by itself it is hardly a
// term: `place`, `question`. In other languages none is.
bool IsGeneralWord(std::string_view language, std::string_view word);

// Whether `word` may join words of a term though it is a function word: `ministry of defence`,
// `договор о дружбе`.
bool IsLinkWord(std::string_view language, std::string_view word);

}  // namespace sild::terms
