#pragma once

#include "server/formats/reader.h"
#include "server/model/glossary.h"

namespace sild::service {

// Returns `stored` with what `from`, a concept of a file, says put in. What a file does not say
// stays: absence is not deletion.
//
// A term is known by language and text, of several by its id too. One whose text the section does
// not have is known by its id, if the file gives one that the section has, and gets the new text.
// Texts and stated facts are replaced where the file has any; terms, languages, notes, properties,
// forms and relations are added if they are not there.
Concept Merged(const Concept& stored, const formats::ParsedConcept& from);

// Whether `stored` has each term of `from`, by language and text.
bool HasTermsOf(const Concept& stored, const Concept& from);

}  // namespace sild::service
