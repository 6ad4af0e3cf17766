#pragma once

#include <string>

#include "server/model/unit.h"

// How units change: who and when, and what makes two units the same.
namespace sild::service {

// Fills in what the writer of a new unit or variant left open: times and people. A variant of a
// unit takes over what is said of the unit.
void StampNew(TranslationUnit& unit, Timestamp now, const std::string& actor);
void StampNew(Variant& variant, Timestamp now, const std::string& actor);

// Stamps what differs from `before` as changed now, by `actor`, unless the writer said otherwise.
void StampChanged(const TranslationUnit& before, TranslationUnit& unit, Timestamp now,
                  const std::string& actor);
void StampChanged(const Variant& before, Variant& variant, Timestamp now, const std::string& actor);

// Takes over what callers cannot change: name, times, usage and revision.
void TakeOutputOnly(const TranslationUnit& before, TranslationUnit& unit);

// Puts `variant` in the place of the one in its language, or adds it.
void SetVariant(TranslationUnit& unit, Variant variant);

// Whether two units say the same: all but name, times, people, revision and usage.
bool SayTheSame(const TranslationUnit& a, const TranslationUnit& b);

}  // namespace sild::service
