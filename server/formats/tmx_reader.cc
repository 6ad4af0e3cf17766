#include <algorithm>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/entry_problems.h"
#include "server/formats/header_builder.h"
#include "server/formats/languages.h"
#include "server/formats/limit_problem.h"
#include "server/formats/tmx.h"
#include "server/formats/tmx_fields.h"
#include "server/formats/tmx_segment.h"
#include "server/formats/tmx_unit.h"
#include "server/formats/xml_reader.h"
#include "server/model/try.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

// What a tag and a property take up beside their texts, at least as much as in a protobuf message.
constexpr std::size_t kTagBytes = 32;
constexpr std::size_t kPropertyBytes = 16;

class TmxHandler : public XmlHandler {
 public:
  TmxHandler(const ReadOptions& options, UnitSink& sink)
      : options_(options),
        sink_(sink),
        languages_(options.language_map),
        header_(options_.limits),
        problems_(options_.limits, "unit", sink),
        segment_(options_.limits),
        loose_(options_.limits) {}

  absl::Status OnStart(const XmlElement& element) override;
  absl::Status OnEnd(std::string_view name, std::int64_t end_bytes) override;
  void OnText(std::string_view text) override;
  void OnRepair(const Repair& repair) override { problems_.OnRepair(repair); }
  void OnNotice(std::string message) override { problems_.Add(std::move(message)); }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  enum class Inside : std::uint8_t {
    kFile,
    kBody,  // In the root or in anything that may hold `tu`.
    kHeader,
    kUnit,
    kVariant,
    kSegment,
    kField,    // `prop` or `note`.
    kIgnored,  // With all that it holds.
  };

  Inside StartInFile(const XmlElement& element, absl::Status& status);
  Inside StartInBody(const XmlElement& element);
  Inside StartInHeader(const XmlElement& element);
  Inside StartInUnit(const XmlElement& element);
  Inside StartInVariant(const XmlElement& element);
  Inside StartField(const XmlElement& element);
  Inside StartField(const XmlElement& element, const TmxFields& fields, std::string_view owner);
  void EndField();
  void EndSegment(SegmentBuilder& builder);
  void EndVariant();
  void CountAttributes(const XmlElement& element);
  void CountTags(const Segment& segment);
  std::vector<TranslationUnit> TakeUnits();
  absl::Status EndUnit(std::int64_t end_bytes);
  void SendHeader();

  const ReadOptions options_;
  UnitSink& sink_;
  Languages languages_;
  std::vector<Inside> inside_ = {Inside::kFile};
  TmxDefaults defaults_;
  HeaderBuilder header_;
  bool header_sent_ = false;

  // Of the unit at hand.
  EntryProblems problems_;
  TmxUnit unit_;
  SegmentBuilder segment_;
  SegmentBuilder loose_;  // What stands in a `tuv` outside `seg`.
  bool has_segment_ = false;
  std::string field_type_;  // Of the `prop` at hand. Empty: a `note`.
  bool is_note_ = false;
  std::string field_;

  std::int64_t last_unit_end_bytes_ = 0;
};

absl::Status TmxHandler::OnStart(const XmlElement& element) {
  absl::Status status;
  Inside next = Inside::kIgnored;
  switch (inside_.back()) {
    case Inside::kFile:
      next = StartInFile(element, status);
      break;
    case Inside::kBody:
      next = StartInBody(element);
      break;
    case Inside::kHeader:
      next = StartInHeader(element);
      break;
    case Inside::kUnit:
      next = StartInUnit(element);
      break;
    case Inside::kVariant:
      next = StartInVariant(element);
      break;
    case Inside::kSegment:
      segment_.OnStart(element);
      next = Inside::kSegment;
      break;
    case Inside::kField:
      next = Inside::kField;
      break;
    case Inside::kIgnored:
      break;
  }
  inside_.push_back(next);
  return status;
}

TmxHandler::Inside TmxHandler::StartInFile(const XmlElement& element, absl::Status& status) {
  if (absl::AsciiStrToLower(absl::string_view(element.name.data(), element.name.size())) != "tmx") {
    status = absl::InvalidArgumentError(
        fmt::format("line {}: the file begins with <{}>, not with <tmx>; it is no TMX file",
                    element.place.line, Clip(element.name)));
  }
  return Inside::kBody;
}

TmxHandler::Inside TmxHandler::StartInBody(const XmlElement& element) {
  if (element.name == "header") {
    FileHeader later;  // Where a file goes on as another would begin, only the defaults change.
    defaults_ = ParseTmxHeader(element, languages_, header_sent_ ? later : header_.header());
    return header_sent_ ? Inside::kIgnored : Inside::kHeader;
  }
  if (element.name != "tu") {
    return Inside::kBody;
  }
  SendHeader();
  unit_ = ParseTmxUnit(element);
  problems_.Begin(unit_.place, unit_.tuid);
  CountAttributes(element);
  return Inside::kUnit;
}

void TmxHandler::CountAttributes(const XmlElement& element) {
  for (const XmlAttribute& attribute : element.attributes) {
    problems_.Grow(attribute.value.size());
  }
}

void TmxHandler::CountTags(const Segment& segment) {
  for (const Tag& tag : segment.tags) {
    problems_.Grow(kTagBytes + tag.data.size() + tag.type.size());
  }
}

TmxHandler::Inside TmxHandler::StartInHeader(const XmlElement& element) {
  if (element.name == "prop" || element.name == "note") {
    return StartField(element);
  }
  if (element.name == "ude") {
    problems_.Add("the file defines an encoding of its own (ude), which is not used");
  }
  return Inside::kIgnored;
}

TmxHandler::Inside TmxHandler::StartInUnit(const XmlElement& element) {
  if (element.name == "prop" || element.name == "note") {
    return StartField(element, unit_.fields, "the unit");
  }
  if (element.name != "tuv") {
    return Inside::kIgnored;
  }
  if (unit_.variants.size() >= options_.limits.variants) {
    problems_.Drop(
        fmt::format("the unit has more than {} tuv; split it", options_.limits.variants));
  }
  CountAttributes(element);
  if (problems_.is_dropped()) {
    return Inside::kIgnored;
  }
  unit_.variants.push_back(ParseTmxVariant(element));
  has_segment_ = false;
  return Inside::kVariant;
}

TmxHandler::Inside TmxHandler::StartInVariant(const XmlElement& element) {
  if (element.name == "prop" || element.name == "note") {
    return StartField(element, unit_.variants.back().fields, "a tuv");
  }
  if (problems_.is_dropped()) {
    return Inside::kIgnored;
  }
  if (element.name != "seg") {
    loose_.OnStart(element);
    return Inside::kVariant;
  }
  if (has_segment_) {
    problems_.Add("a second seg in a tuv was left out");
    return Inside::kIgnored;
  }
  return Inside::kSegment;
}

TmxHandler::Inside TmxHandler::StartField(const XmlElement& element) {
  is_note_ = element.name == "note";
  field_type_ = std::string(element.Find("type").value_or(""));
  if (field_type_.empty()) {
    field_type_ = "x-untyped";
  }
  field_.clear();
  return Inside::kField;
}

// Begins a field of `fields`, which belong to `owner`, if there is room for it.
TmxHandler::Inside TmxHandler::StartField(const XmlElement& element, const TmxFields& fields,
                                          std::string_view owner) {
  const std::size_t limit = options_.limits.properties + kMaxOwnProperties;
  if (fields.properties.size() >= limit || fields.notes.size() >= limit) {
    problems_.Drop(TooManyProperties(owner, options_.limits));
  }
  problems_.Grow(kPropertyBytes + element.Find("type").value_or("").size());
  return problems_.is_dropped() ? Inside::kIgnored : StartField(element);
}

void TmxHandler::OnText(std::string_view text) {
  switch (inside_.back()) {
    case Inside::kSegment:
      segment_.OnText(text);
      break;
    case Inside::kVariant:
      if (!has_segment_) {
        loose_.OnText(text);
      }
      return;
    case Inside::kField:
      if (field_.size() <= options_.limits.unit_bytes) {
        field_.append(text);  // What is longer is refused when it ends.
      }
      break;
    default:
      return;
  }
  problems_.Grow(text.size());
}

absl::Status TmxHandler::OnEnd(std::string_view /*name*/, std::int64_t end_bytes) {
  const Inside ended = inside_.back();
  inside_.pop_back();
  const Inside around = inside_.back();
  switch (ended) {
    case Inside::kField:
      if (around != Inside::kField) {
        EndField();
      }
      break;
    case Inside::kSegment:
      if (around == Inside::kSegment) {
        segment_.OnEnd();
      } else {
        EndSegment(segment_);
      }
      break;
    case Inside::kVariant:
      if (around == Inside::kVariant) {
        loose_.OnEnd();
      } else {
        EndVariant();
      }
      break;
    case Inside::kUnit:
      return EndUnit(end_bytes);
    case Inside::kHeader:
      SendHeader();
      break;
    default:
      break;
  }
  return absl::OkStatus();
}

void TmxHandler::EndField() {
  if (inside_.back() == Inside::kHeader) {
    if (is_note_) {
      header_.AddNote(std::move(field_));
    } else {
      header_.AddProperty(std::move(field_type_), std::move(field_));
    }
    return;
  }
  TmxFields& fields = inside_.back() == Inside::kUnit ? unit_.fields : unit_.variants.back().fields;
  if (is_note_) {
    fields.notes.push_back(std::move(field_));
  } else {
    fields.properties.push_back({std::move(field_type_), std::move(field_)});
  }
}

void TmxHandler::EndSegment(SegmentBuilder& builder) {
  Segment& segment = unit_.variants.back().segment;
  segment = builder.Take();
  has_segment_ = true;
  if (!builder.problem().empty()) {
    problems_.Drop(fmt::format("the {} segment {}; split it",
                               Clip(unit_.variants.back().language.value_or("")),
                               builder.problem()));
  }
  if (builder.has_stray()) {
    problems_.Add("prop or note inside a seg was left out");
  }
  CountTags(segment);
}

void TmxHandler::EndVariant() {
  Segment loose = loose_.Take();
  TrimSegment(loose);
  if (has_segment_ || (loose.text.empty() && loose.tags.empty())) {
    return;
  }
  problems_.Add("text that stood in a tuv without seg was taken as its segment");
  if (!loose_.problem().empty()) {
    problems_.Drop(fmt::format("a segment {}; split it", loose_.problem()));
  }
  problems_.Grow(loose.text.size());
  CountTags(loose);
  unit_.variants.back().segment = std::move(loose);
}

// Makes the units of the `tu` that has been read, unless there is a reason to drop it.
std::vector<TranslationUnit> TmxHandler::TakeUnits() {
  TmxUnit tu = std::exchange(unit_, {});
  if (problems_.is_dropped()) {
    return {};
  }
  std::vector<Segment*> segments;
  for (TmxVariant& variant : tu.variants) {
    segments.push_back(&variant.segment);
  }
  ShiftZeroIds(segments);
  std::vector<TranslationUnit> units =
      MakeUnits(std::move(tu), defaults_, options_, languages_, problems_);
  if (units.empty()) {
    problems_.Drop("the unit has no text");
  }
  for (const TranslationUnit& unit : units) {
    problems_.Drop(LimitProblem(unit, options_.limits));
  }
  return units;
}

absl::Status TmxHandler::EndUnit(std::int64_t end_bytes) {
  last_unit_end_bytes_ = end_bytes;
  const Place place = unit_.place;
  const std::string tuid = unit_.tuid;
  std::vector<TranslationUnit> units = TakeUnits();
  if (!problems_.End()) {
    return absl::OkStatus();
  }
  for (TranslationUnit& unit : units) {
    SILD_CHECK_OK(sink_.OnUnit({std::move(unit), place.offset_bytes, place.line, tuid}));
  }
  return absl::OkStatus();
}

void TmxHandler::SendHeader() {
  if (!std::exchange(header_sent_, true)) {
    if (header_.is_cut()) {
      problems_.Add("the header holds more than a unit may; the rest of it was left out");
    }
    sink_.OnHeader(header_.header());
  }
}

}  // namespace

std::unique_ptr<FileReader> NewTmxReader(const ReadOptions& options, UnitSink& sink) {
  return NewXmlReader(options, std::make_unique<TmxHandler>(options, sink));
}

}  // namespace sild::formats
