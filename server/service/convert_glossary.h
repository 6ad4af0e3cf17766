#pragma once

#include <absl/status/statusor.h>

#include "server/model/glossary.h"
#include "server/storage/reader.h"
#include "sild/v1/glossary.pb.h"

// Concepts, terms and glossaries between wire and domain, as `convert_unit.h` does units.
namespace sild::service {

void ToProto(const Term& term, v1::Term* out);
void ToProto(const LanguageSection& section, v1::LanguageSection* out);

absl::StatusOr<Term> FromProto(const v1::Term& term);

// Terms without id get one that is free in the concept.
absl::StatusOr<Concept> FromProto(const v1::Concept& entry);
void ToProto(const Concept& entry, v1::Concept* out);

absl::StatusOr<Glossary> FromProto(const v1::Glossary& glossary);
void ToProto(const Glossary& glossary, v1::Glossary* out);
void ToProto(const Glossary& glossary, const storage::Counts& counts, v1::Glossary* out);

// Gives each term without id, or with one that came before, the first of `t1`, `t2`, … that is
// free.
void AssignTermIds(Concept& entry);

}  // namespace sild::service
