#pragma once

#include <string_view>
#include <vector>

#include "server/model/glossary.h"
#include "server/model/text_offset.h"
#include "server/terms/recognizer.h"

namespace sild::terms {

// Whether what looks like a name is only a part of a longer one that the glossary does not have, as
// "Jordan" in "Jordan Spieth", "Mexico" in "New Mexico" and "the West" in "the West Coast": then it
// is no use of the term. `hits` are all of `text`, by begin, and `hit` is one of them.
//
// It is where another word with a capital follows it or stands before it, after a space or a
// hyphen, that is in no hit of its own. But not: an acronym, or what has several words with
// capitals; what has `'s`; a word that begins a sentence, before it; the last word of a longer term
// of the concept, such as a surname, behind a title; anything in a heading that has capitals
// throughout. "US" before
// "$" is a part of a longer sign. O(length of the text).
bool IsPartOfLongerName(std::string_view text, const std::vector<Hit>& hits, const Hit& hit);

}  // namespace sild::terms
