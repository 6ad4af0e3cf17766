#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "server/formats/concept_writer.h"
#include "server/formats/reader.h"

namespace sild::formats {

// Returns a reader of TBX v3 (ISO 30042:2019, DCA and DCT), v2 (`martif`, `tig` and `ntig`) and
// TBX-Min, of any dialect. The sink must outlive it. Not taken as they stand, among others:
// - white space is collapsed, but for files that Sild wrote; inline markup is flattened;
// - data categories that have no field become properties at their level; where a value of a known
//   one was not ours (`standardizedTerm-admn-sts`), it stays as a property besides;
// - a definition of a term becomes that of its language section, if that has none;
// - sections of one language are merged, and preferred terms put first.
std::unique_ptr<FileReader> NewTbxReader(const ReadOptions& options, ConceptSink& sink);

// How data categories and terms are written.
enum class TbxStyle : std::uint8_t {
  kDca,   // v3: `<termNote type="partOfSpeech">`.
  kDct,   // v3: `<min:partOfSpeech>`; what is in no module of TBX-Basic as in DCA style.
  kTig,   // v2: `martif` with `tig`.
  kNtig,  // v2: `martif` with `ntig`.
};

struct TbxWriteOptions {
  std::string title;    // Of the glossary, for the header.
  std::string version;  // Of Sild, for the header.
  TbxStyle style = TbxStyle::kDca;
};

// Returns a writer of TBX in a private dialect, TBX-Sild (TBX-Linguist and `processStatus`), in
// UTF-8. What it writes is well-formed whatever the texts are, and read back by `NewTbxReader`
// gives the same concepts but for `revision` and their glossary; in v2 also but for the order of
// the properties of a term, since `termNote` comes before anything else there.
std::unique_ptr<ConceptWriter> NewTbxWriter(TbxWriteOptions options);

}  // namespace sild::formats
