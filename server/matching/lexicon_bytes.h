#pragma once

#include <string>
#include <string_view>

#include "server/matching/look_alikes.h"

namespace sild::matching {

// Returns what took long to find out about the words of a lexicon, their look-alikes, as bytes.
// Words that no document has are left out. `kTierVersion` is the version of this too.
std::string ToBytes(const Lexicon& lexicon);

// Adds what was written so to a lexicon that has no words yet. False, with perhaps some words
// added, if others came in between or the bytes are no lexicon.
bool LexiconFromBytes(std::string_view bytes, Lexicon& lexicon);

}  // namespace sild::matching
