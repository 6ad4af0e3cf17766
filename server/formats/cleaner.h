#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include <absl/status/status.h>

namespace sild::formats {

// A place in a file.
struct Place {
  std::int64_t offset_bytes = 0;  // In the file decompressed and in UTF-8.
  std::int32_t line = 0;          // From 1.
};

// What a cleaner did to a file to let it be parsed.
enum class RepairKind : std::uint8_t {
  kIllegalCharacter,  // A character that XML cannot carry was replaced or removed.
  kInvalidBytes,      // Bytes that are no character became U+FFFD.
  kHtmlEntity,        // `&nbsp;` and the like were decoded.
  kUnknownEntity,     // `&name;` with no meaning was kept as text.
  kBareMarkup,        // `&` or `<` that begins nothing was taken as text.
};

struct Repair {
  std::int64_t tags = 0;  // How many start tags begin and elements end before it.
  RepairKind kind = RepairKind::kIllegalCharacter;
  std::int32_t count = 1;
  std::string detail;  // The first entity's name. Empty: none.
};

// Makes an XML file safe for a parser while it streams by, and keeps account of where things are.
// Removed: declaration, processing instructions, comments, DOCTYPE; their line ends stay. Changed:
// characters and references that would end the parse, CDATA into text, line ends to `\n`. What
// comes out has no entities but the five of XML and numeric references, and is UTF-8.
//
// Refuses `<!ENTITY` anywhere, tags over 1 MiB or with more than 256 attributes, and a DOCTYPE over
// 64 KiB.
class Cleaner {
 public:
  // Appends what `bytes`, the next of the file, becomes to `out`. Each piece ends at a character.
  absl::Status Feed(std::string_view bytes, std::string& out) { return Run(bytes, false, out); }

  // Appends what is left. `InvalidArgument` if the file ends inside a comment, tag or the like.
  absl::Status Finish(std::string& out);

  // The places of the start tags that `out` got, oldest first, for the parser's side to take off.
  std::deque<Place>& start_tags() { return start_tags_; }

  // The offsets just behind the end tags and the `/>` of empty elements, oldest first, likewise.
  std::deque<std::int64_t>& element_ends() { return element_ends_; }

  // What was repaired, oldest first, likewise.
  std::deque<Repair>& repairs() { return repairs_; }

  std::int32_t line() const { return line_; }

 private:
  enum class State : std::uint8_t { kText, kTag, kValue, kComment, kInstruction, kCdata, kDoctype };

  absl::Status Run(std::string_view bytes, bool is_end, std::string& out);

  // Each takes the beginning of `in` and returns how many bytes it took; 0: it needs more of them,
  // which is never so when `is_end_`. An error goes to `status_`.
  std::size_t Step(std::string_view in);
  std::size_t StepText(std::string_view in);
  std::size_t StepCdataEnd(std::string_view in);
  std::size_t StepMarkup(std::string_view in);
  std::size_t StepTag(std::string_view in);
  std::size_t StepHidden(std::string_view in, std::string_view end);
  std::size_t StepDoctype(std::string_view in);
  std::size_t StepReference(std::string_view in);
  std::size_t StepNamedReference(std::string_view in, std::string_view name);
  std::size_t StepCharacter(std::string_view in);

  std::size_t OpenHidden(std::string_view in, std::string_view mark, State state);
  void BeginTag(bool is_end_tag);
  void CountTagBytes(std::size_t bytes);
  void PutCharacter(char32_t c, bool as_reference);
  void PutIllegal(char32_t c);
  void FlushHalf();
  void AddRepair(RepairKind kind, std::string_view detail = {});
  void Fail(std::string_view what);

  std::string pending_;  // The beginning of something that is not whole yet, at most 64 bytes.
  State state_ = State::kText;
  bool is_end_ = false;
  bool after_return_ = false;  // The last byte was `\r`.
  char quote_ = 0;             // Around the value or, in a DOCTYPE, the literal. 0: none.
  char last_in_tag_ = 0;
  bool is_end_tag_ = false;
  std::size_t tag_bytes_ = 0;
  std::size_t tag_values_ = 0;
  std::size_t doctype_bytes_ = 0;
  int doctype_depth_ = 0;
  bool in_doctype_comment_ = false;
  char32_t half_ = 0;  // The first half of a surrogate pair, kept back. 0: none.
  std::int64_t offset_ = 0;
  std::int32_t line_ = 1;
  std::int64_t tag_count_ = 0;
  std::string* out_ = nullptr;
  std::deque<Place> start_tags_;
  std::deque<std::int64_t> element_ends_;
  std::deque<Repair> repairs_;
  absl::Status status_;
};

}  // namespace sild::formats
