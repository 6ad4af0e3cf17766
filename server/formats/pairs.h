#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "server/formats/reader.h"
#include "server/model/language_tag.h"
#include "server/model/segment.h"

// Documents as pairs of segments in two languages: what checks and pre-translation look at.
namespace sild::formats {

// A segment of a document and its translation, as read. Texts pass `text::CheckText`, keep
// `UnitLimits`, and may be empty; tags are sound, as in `ParsedUnit`.
struct ParsedPair {
  Segment source;
  std::optional<Segment> target;  // None: it is not translated yet, or not fit for use.
  std::string document;  // That it belongs to, inside the file (XLIFF `original`). May be empty.
  std::string unit_id;   // The id that the file gives it. Need not be unique. May be empty.
  std::int64_t offset_bytes = 0;  // Of the unit that it is in, as in `Issue`.
  std::int32_t line = 0;
};

// Takes the pairs of a file, in the order of the file. An error stops the reader, which returns it.
class PairSink : public IssueSink {
 public:
  virtual absl::Status OnPair(ParsedPair pair) = 0;
};

// The languages that pairs are wanted in; regions are of no matter. An empty source is any.
struct PairLanguages {
  LanguageTag source;
  LanguageTag target;
};

// Returns a reader of XLIFF 1.0 to 2.2 and of what tools make of it (SDLXLIFF, MQXLIFF), plain or
// gzipped. A unit that is divided (`mrk mtype="seg"`, `segment`) gives a pair for each part, with
// the id `unit/part`, if the parts of both sides have the same ids, else one. Translations that
// their state calls new or initial are none. Left out are units with `translate="no"`,
// `alt-trans`, `ignorable`, and, with an issue, a `file` in other languages.
std::unique_ptr<FileReader> NewXliffReader(const ReadOptions& options,
                                           const PairLanguages& languages, PairSink& sink);

// Returns a reader of TMX: of each unit that has both languages, the variants that serve best.
// Other units are left out. If any source will do, units need only the target.
std::unique_ptr<FileReader> NewTmxPairReader(const ReadOptions& options,
                                             const PairLanguages& languages, PairSink& sink);

// Returns a reader of the catalogues of GNU gettext, in the charset that their header names. The
// translation of a fuzzy entry is none; obsolete entries and the header are left out. Of an entry
// with plural forms `msgstr[0]` goes with `msgid`, each other one with `msgid_plural`. The id is
// `msgctxt`, else the first reference (`#:`).
std::unique_ptr<FileReader> NewPoReader(const ReadOptions& options, PairSink& sink);

// Returns a reader of lines with the source, a tab and the translation; the rest from a second tab
// on is not read. A line without a tab is an issue, and one of white space nothing.
std::unique_ptr<FileReader> NewTsvPairReader(const ReadOptions& options, PairSink& sink);

// Returns a reader of lines of text, each a target without a source. One of white space is nothing.
std::unique_ptr<FileReader> NewTextReader(const ReadOptions& options, PairSink& sink);

}  // namespace sild::formats
