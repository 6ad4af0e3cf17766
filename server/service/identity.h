#pragma once

#include <string>

#include "server/model/glossary.h"
#include "server/model/unit.h"

namespace sild::service {

// The id of an imported unit that the file gives none: a 128-bit hash of its languages, texts,
// tags, context and `tuid`, so that the same file imported twice names the same units. On disk: do
// not change what goes into it.
std::string IdentityOf(const TranslationUnit& unit);

// The same for a concept: of its languages, terms and subject field.
std::string IdentityOf(const Concept& entry);

// About how many bytes a unit takes in an event.
std::size_t BytesOf(const TranslationUnit& unit);
std::size_t BytesOf(const Concept& entry);

}  // namespace sild::service
