#include "server/service/concept_edit.h"

namespace sild::service {
namespace {

// A copy without what storing adds.
Concept Bare(Concept entry) {
  entry.name = {};
  entry.create_time = entry.update_time = {};
  entry.creator.clear();
  entry.updater.clear();
  entry.revision = {};
  for (LanguageSection& section : entry.sections) {
    for (Term& term : section.terms) {
      term.id.clear();
    }
  }
  return entry;
}

}  // namespace

void StampNew(Concept& entry, Timestamp now, const std::string& actor) {
  if (entry.create_time == Timestamp()) {
    entry.create_time = now;
  }
  if (entry.update_time == Timestamp()) {
    entry.update_time = now;
  }
  if (entry.creator.empty()) {
    entry.creator = actor;
  }
  if (entry.updater.empty()) {
    entry.updater = entry.creator;
  }
}

void StampChanged(const Concept& before, Concept& entry, Timestamp now, const std::string& actor) {
  entry.create_time = before.create_time;
  entry.update_time = now;
  if (entry.creator.empty()) {
    entry.creator = before.creator;
  }
  if (entry.updater.empty() || entry.updater == before.updater) {
    entry.updater = actor;
  }
}

void TakeOutputOnly(const Concept& before, Concept& entry) {
  entry.name = before.name;
  entry.create_time = before.create_time;
  entry.update_time = before.update_time;
  entry.revision = before.revision;
}

bool SayTheSame(const Concept& a, const Concept& b) { return Bare(a) == Bare(b); }

}  // namespace sild::service
