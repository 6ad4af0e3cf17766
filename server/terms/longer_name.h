#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "server/model/glossary.h"
#include "server/model/text_offset.h"
#include "server/terms/recognizer.h"
#include "server/terms/term_text.h"

namespace sild::terms {

// Tells of a text whether what looks like a name is only a part of a longer one that the glossary
// does not have, as "Jordan" in "Jordan Spieth", "Mexico" in "New Mexico" and "the West" in "the
// West Coast": then it is no use of the term.
//
// It is where another word with a capital follows it or stands before it, after a space or a
// hyphen, that is in no hit of its own. But not: an acronym, or what has several words with
// capitals; what has `'s`; a word that begins a sentence, before it; the last word of a longer term
// of the concept, such as a surname, behind a title; anything in a heading that has capitals
// throughout. "US" before "$" is a part of a longer sign.
class LongerNames {
 public:
  // `hits`, which must outlive it, are all of `text`, by begin. O(length of the text).
  LongerNames(std::string_view text, const std::vector<Hit>& hits);

  // Whether `hit`, which is one of the hits, is such a part. O(number of hits).
  bool HasPart(const Hit& hit) const;

 private:
  bool IsOfName(const TermToken& token, Joint joint) const;
  bool BeginsSentence(std::size_t index) const;

  const TermText read_;
  const bool is_heading_;
  const std::vector<Hit>& hits_;
};

}  // namespace sild::terms
