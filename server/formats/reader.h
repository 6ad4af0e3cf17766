#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>

#include "server/model/glossary.h"
#include "server/model/limits.h"
#include "server/model/unit.h"

namespace sild::formats {

// Something in a file that was not taken as it stood.
struct Issue {
  std::int64_t offset_bytes = 0;  // Where its unit begins, in the file decompressed and in UTF-8.
  std::int32_t line = 0;          // The line of that place, from 1. 0: the file as a whole.
  std::string message;            // What is wrong and what was done, for a person.
  bool dropped = false;           // The whole unit was left out, because of what `message` says.
  std::string unit_id;            // The first 200 bytes of the file's id for it. May be empty.
};

// What a file says about itself. Nothing of it is repeated in the units.
struct FileHeader {
  std::string tool;                  // The program that wrote it, with its version if known.
  LanguageTag source_language;       // Empty: none, or any.
  std::vector<Property> properties;  // Other attributes by their names, then the file's own.
  std::vector<std::string> notes;
};

// A unit as read. Its `name` has no memory, and no unit either unless the file was written by Sild.
// All its texts pass `text::CheckText`, it keeps `UnitLimits`, and its tags are sound: each open
// one has its own pair number and one close one behind it.
struct ParsedUnit {
  TranslationUnit unit;
  std::int64_t offset_bytes = 0;  // As in `Issue`.
  std::int32_t line = 0;
  std::string tuid;  // The id that the file gives it. Need not be unique. May be empty.
};

// Which facts of a term a file states. The others have the values that go without saying.
struct StatedFacts {
  bool status = false;
  bool process_status = false;
  bool type = false;
  bool matching = false;
  bool match_compounds = false;
};

// A concept as read. In its `name`, the glossary is that of the options, and `concept_id` is the id
// of the file if that is a resource id, else empty.
struct ParsedConcept {
  Concept entry;
  std::int64_t offset_bytes = 0;  // As in `Issue`.
  std::int32_t line = 0;
  std::string id;  // The id that the file gives it. Need not be unique. May be empty.
  // By language and text of a term.
  std::map<std::pair<LanguageTag, std::string>, StatedFacts> stated;
  // The format holds pairs of terms only: its two languages stand for any region of theirs, and a
  // note may be more than one thing of the concept, put together with `; `.
  bool is_of_pairs = false;
};

// Takes what is wrong with a file, in the order of the file.
class IssueSink {
 public:
  virtual ~IssueSink() = default;
  virtual void OnIssue(Issue issue) = 0;

  // Called at most once, before the first unit or concept.
  virtual void OnHeader(const FileHeader& /*header*/) {}
};

// Takes the units of a file, in the order of the file. An error stops the reader, which returns it.
class UnitSink : public IssueSink {
 public:
  virtual absl::Status OnUnit(ParsedUnit unit) = 0;
};

// Takes the concepts of a file, as `UnitSink` does units.
class ConceptSink : public IssueSink {
 public:
  virtual absl::Status OnConcept(ParsedConcept entry) = 0;
};

// What a unit or concept may hold. What has more is left out with an issue.
struct UnitLimits {
  std::size_t segment_chars = kMaxSegmentChars;
  std::size_t tags_per_segment = kMaxTags;
  std::size_t tag_chars = kMaxTagChars;  // Of the type and the data of a tag each.
  std::size_t variants = kMaxVariants;   // And language sections.
  std::size_t labels = kMaxLabels;       // More are left out.
  std::size_t term_chars = kMaxTermChars;
  std::size_t terms = kMaxTermsPerSection;   // More are left out.
  std::size_t forms = kMaxForms;             // Extra and banned ones of a term each.
  std::size_t field_chars = kMaxFieldChars;  // Of a document, context id, person and the like.
  std::size_t note_chars = kMaxNoteChars;    // Of a note, a property, a definition.
  std::size_t properties = kMaxProperties;   // And notes, of a unit, variant, section or term each.
  std::size_t unit_bytes = kMaxFileUnitBytes;  // All of a unit or concept together.
};

struct ReadOptions {
  // Languages as the file spells them (compared in lower case) and what to store them as.
  std::map<std::string, LanguageTag> language_map;

  // The source language of units for which the file names none. Empty: any.
  LanguageTag default_source_language;

  // The language of the targets in files of concepts that name none. Empty: none is given.
  LanguageTag default_target_language;

  // The glossary in the names of concepts and in relations between them. May be empty.
  std::string glossary_id;

  UnitLimits limits;

  // Asked before each piece of at most 64 KiB: true ends the reading with `Cancelled`. Empty:
  // never.
  std::function<bool()> is_cancelled;

  // The most that a compressed file may unfold to.
  std::int64_t max_decompressed_bytes = std::int64_t{64} << 30;
};

// Reads one file that is pushed to it in pieces of any size, in constant memory. Units go to the
// sink as soon as they are whole. A bad unit is an issue; what makes the rest of the file
// unreadable is `InvalidArgument` with the line, after the units before it were delivered.
// After an error each call returns the same again. For one thread.
class FileReader {
 public:
  virtual ~FileReader() = default;

  // Takes the next bytes of the file.
  virtual absl::Status Feed(std::string_view bytes) = 0;

  // Says that the file has ended. `InvalidArgument` if it ends too early.
  virtual absl::Status Finish() = 0;

  // Where the last unit that was delivered or dropped ends, in the file decompressed and in UTF-8.
  virtual std::int64_t last_unit_end_bytes() const = 0;
};

}  // namespace sild::formats
