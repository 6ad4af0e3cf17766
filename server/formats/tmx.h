#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "server/formats/reader.h"
#include "server/model/unit.h"

namespace sild::formats {

// Returns a reader of TMX 1.1 to 1.4b and of what tools take for it, plain or gzipped. The sink
// must outlive it. Not taken as they stand, among others:
// - a `tu` with several `tuv` of one language becomes several units, the source repeated in each;
//   property `x-sild-tu` says which belong together;
// - a language that is not BCP 47, or that `language_map` changes, leaves its first form in
// property
//   `x-sild-lang` of the variant;
// - attributes that have no field become properties, first and in a fixed order; props stay, and
//   those that are known set `document`, `context_id`, `neighbors`, status and origin as well.
std::unique_ptr<FileReader> NewTmxReader(const ReadOptions& options, UnitSink& sink);

// Writes one file of units, piece by piece. For one thread.
class UnitWriter {
 public:
  virtual ~UnitWriter() = default;

  // Each appends to `out`, which the caller empties when it likes. `Write` may keep a unit back
  // that was split on import until its other parts come.
  virtual void Begin(std::string& out) = 0;
  virtual void Write(const TranslationUnit& unit, std::string& out) = 0;
  virtual void Finish(std::string& out) = 0;
};

struct WriteOptions {
  LanguageTag source_language;  // For the header. Empty: any (`*all*`).
  std::string version;          // Of Sild, for the header.
};

// Returns a writer of TMX 1.4b in UTF-8. What it writes is well-formed whatever the texts are, and
// read back by `NewTmxReader` gives the same units but for `revision`; units that are joined again
// into one `tu` lose their names.
std::unique_ptr<UnitWriter> NewTmxWriter(WriteOptions options);

}  // namespace sild::formats
