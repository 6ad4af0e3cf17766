#pragma once

#include <string>

#include "server/formats/reader.h"
#include "server/model/glossary.h"

namespace sild::service {

// Returns `stored` with what `from`, a concept of a file, says put in. What a file does not say
// stays: absence is not deletion.
//
// A term is known by language and text, of several by its id too. One whose text the section does
// not have is known by its id, if the file gives one that the section has, and gets the new text.
// Texts and stated facts are replaced where the file has any; terms, languages, notes, properties,
// forms and relations are added if they are not there. A file of pairs has one region of a language
// for all, and puts much into one note: what an export of `stored` as pairs would say adds nothing.
Concept Merged(const Concept& stored, const formats::ParsedConcept& from);

// Returns `stored` with what `other`, which means the same, has and it has not. Its own texts and
// facts stay; texts of `other` that differ become notes, and so does that it is not to be
// translated. What either says of the other is dropped. Its updater is that of `stored`.
Concept Joined(const Concept& stored, Concept other);

// What keeps a concept that was merged or joined from being stored. Empty: nothing does.
std::string MergeProblem(const Concept& entry);

// Whether `stored` has each term of `from`, by language and text.
bool HasTermsOf(const Concept& stored, const formats::ParsedConcept& from);

}  // namespace sild::service
