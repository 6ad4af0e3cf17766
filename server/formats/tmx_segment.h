#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/formats/reader.h"
#include "server/formats/xml_reader.h"
#include "server/model/segment.h"

namespace sild::formats {

// The `Tag::id` of a tag that the file numbers 0, until `ShiftZeroIds`.
constexpr std::int32_t kZeroId = -1;

// The format that a segment stands in: it decides which attributes are ids and join pairs.
enum class Vocabulary : std::uint8_t {
  kTmx,    // `x`, and `i`.
  kXliff,  // `id`, and `rid`, `startRef` or else `id`.
};

// Makes a segment of the content of a TMX `seg` or an XLIFF `source` or `target`: `bpt ept it ph ut
// hi` and the inline elements of XLIFF or any other vocabulary become tags; text in `hi` and in
// foreign elements stays text. What stands in `bpt ept it ph ut`, `sub` among it, is the tag's
// data.
class SegmentBuilder {
 public:
  explicit SegmentBuilder(const UnitLimits& limits, Vocabulary vocabulary = Vocabulary::kTmx)
      : limits_(limits), is_xliff_(vocabulary == Vocabulary::kXliff) {}

  void OnStart(const XmlElement& element);
  void OnEnd();
  void OnText(std::string_view text);

  // Returns the segment, its tags sound but for `kZeroId`, and begins anew.
  Segment Take();

  // Why the segment cannot be taken, as "has more than …"; empty: it can. Of the one that `Take`
  // returned last.
  const std::string& problem() const { return problem_; }

  // Whether `prop` or `note` stood in the segment and was left out. As `problem`.
  bool has_stray() const { return has_stray_; }

 private:
  enum class Content : std::uint8_t { kText, kData, kNothing };

  // An open element.
  struct Open {
    std::string name;  // With its prefix.
    Content content = Content::kText;
    std::size_t tag = 0;      // Of a span: the index of its open tag. Of code: of its only tag.
    bool is_span = false;     // Its end is a tag too.
    bool is_foreign = false;  // Its own markup is the data.
    bool is_empty = true;     // Nothing stands in it so far.
    bool is_nested = false;   // Inside code: written into the data.
    std::string markup = {};  // Of code in XLIFF: its start tag, which is the data if it is empty.
  };

  // What `Take` needs to know of a tag besides the tag.
  struct Key {
    std::string pair;     // Joins an open to a close tag. Not used for other kinds.
    bool has_id = false;  // The file gives an id or a type, if an empty one: a close tag then does
    bool has_type = false;  // not take that of its open tag.
  };

  void StartCode(const XmlElement& element, Open& open);
  void StartSpan(const XmlElement& element, Open& open);
  bool StartXliff(const XmlElement& element, Open& open);
  void AddTag(Tag tag, Key key);
  void AddData(std::size_t tag, std::string_view data);
  void JoinPairs();

  const UnitLimits& limits_;
  const bool is_xliff_;
  std::vector<Open> open_;
  Segment segment_;
  std::vector<Key> keys_;  // One for each tag.
  std::size_t data_bytes_ = 0;
  int span_count_ = 0;
  bool too_long_ = false;
  bool too_many_ = false;
  bool stray_ = false;
  std::string problem_;
  bool has_stray_ = false;
};

// If a tag of `segments` has `kZeroId`, raises all ids by one, so that they begin at 1.
void ShiftZeroIds(const std::vector<Segment*>& segments);

// Appends the content of a `seg` that `SegmentBuilder` makes `segment` of. Open and close tags that
// do not pair are written as isolated ones.
void AppendTmxSegment(const Segment& segment, std::string& out);

// Removes white space (ASCII) at the ends of the text.
void TrimSegment(Segment& segment);

}  // namespace sild::formats
