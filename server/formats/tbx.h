#pragma once

#include <memory>
#include <string>

#include "server/formats/reader.h"
#include "server/model/glossary.h"

namespace sild::formats {

// Returns a reader of TBX v3 (ISO 30042:2019, DCA and DCT), v2 (`martif`, `tig` and `ntig`) and
// TBX-Min, of any dialect. The sink must outlive it. Not taken as they stand, among others:
// - white space is collapsed, but for files that Sild wrote; inline markup is flattened;
// - data categories that have no field become properties at their level; where a value of a known
//   one was not ours (`standardizedTerm-admn-sts`), it stays as a property besides;
// - a definition of a term becomes that of its language section, if that has none;
// - sections of one language are merged, and preferred terms put first.
std::unique_ptr<FileReader> NewTbxReader(const ReadOptions& options, ConceptSink& sink);

// Writes one file of concepts, piece by piece. For one thread.
class ConceptWriter {
 public:
  virtual ~ConceptWriter() = default;

  // Each appends to `out`, which the caller empties when it likes.
  virtual void Begin(std::string& out) = 0;
  virtual void Write(const Concept& entry, std::string& out) = 0;
  virtual void Finish(std::string& out) = 0;
};

struct TbxWriteOptions {
  std::string title;    // Of the glossary, for the header.
  std::string version;  // Of Sild, for the header.
};

// Returns a writer of TBX v3 in DCA style, private dialect TBX-Sild (TBX-Linguist and
// `processStatus`), in UTF-8. What it writes is
// well-formed whatever the texts are, and read back by `NewTbxReader` gives the same concepts but
// for `revision` and their glossary.
std::unique_ptr<ConceptWriter> NewTbxWriter(TbxWriteOptions options);

}  // namespace sild::formats
