#pragma once

#include <string>

#include "server/model/glossary.h"

namespace sild::formats {

// Writes one file of concepts, piece by piece. For one thread.
class ConceptWriter {
 public:
  virtual ~ConceptWriter() = default;

  // Whether all concepts must be shown to `Survey` before `Begin`: a table names its columns first.
  virtual bool needs_survey() const { return false; }
  virtual void Survey(const Concept& /*entry*/) {}

  // Each appends to `out`, which the caller empties when it likes.
  virtual void Begin(std::string& out) = 0;
  // False: the format holds nothing of the concept, and nothing was written.
  virtual bool Write(const Concept& entry, std::string& out) = 0;
  virtual void Finish(std::string& out) = 0;
};

}  // namespace sild::formats
