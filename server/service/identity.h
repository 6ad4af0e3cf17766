#pragma once

#include <string>

#include "server/formats/reader.h"
#include "server/model/glossary.h"
#include "server/model/unit.h"

namespace sild::service {

// The id of an imported unit that the file gives none: `storage::ContentHash`, so that the same
// file imported twice names the same units. On disk: do not change.
std::string IdentityOf(const TranslationUnit& unit);

// The same for a concept.
std::string IdentityOf(const Concept& entry);

// How many bytes a unit takes as stored, all its fields counted. Costs what storing it does.
std::size_t BytesOf(const TranslationUnit& unit);
std::size_t BytesOf(const Concept& entry);
std::size_t BytesOf(const formats::ParsedConcept& parsed);

}  // namespace sild::service
