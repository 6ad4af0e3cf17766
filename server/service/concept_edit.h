#pragma once

#include <string>

#include "server/model/glossary.h"

// How concepts change, as `unit_edit.h` says it of units.
namespace sild::service {

// Fills in what the writer of a new concept left open: times and people.
void StampNew(Concept& entry, Timestamp now, const std::string& actor);

// Stamps a changed concept.
void StampChanged(const Concept& before, Concept& entry, Timestamp now, const std::string& actor);

// Takes over what callers cannot change: name, times and revision.
void TakeOutputOnly(const Concept& before, Concept& entry);

// Whether two concepts say the same: all but name, times, people, revision and the ids of terms.
bool SayTheSame(const Concept& a, const Concept& b);

}  // namespace sild::service
