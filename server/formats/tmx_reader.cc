#include <algorithm>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/languages.h"
#include "server/formats/limit_problem.h"
#include "server/formats/tmx.h"
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
        segment_(options_.limits),
        loose_(options_.limits) {}

  absl::Status OnStart(const XmlElement& element) override;
  absl::Status OnEnd(std::string_view name, std::int64_t end_bytes) override;
  void OnText(std::string_view text) override;
  void OnRepair(const Repair& repair) override;
  void OnNotice(std::string message) override;
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
  void EndField();
  void EndSegment(SegmentBuilder& builder);
  void EndVariant();
  absl::Status EndUnit(std::int64_t end_bytes);
  absl::Status Deliver(std::vector<TranslationUnit> units);
  void SendHeader();
  void Report(std::string message, bool dropped);

  const ReadOptions options_;
  UnitSink& sink_;
  Languages languages_;
  std::vector<Inside> inside_ = {Inside::kFile};
  TmxDefaults defaults_;
  FileHeader header_;
  bool header_sent_ = false;

  // Of the unit at hand.
  bool in_unit_ = false;
  TmxUnit unit_;
  SegmentBuilder segment_;
  SegmentBuilder loose_;  // What stands in a `tuv` outside `seg`.
  bool has_segment_ = false;
  std::string field_type_;  // Of the `prop` at hand. Empty: a `note`.
  bool is_note_ = false;
  std::string field_;
  std::size_t unit_bytes_ = 0;
  std::vector<std::string> problems_;
  std::string fatal_;  // Why the unit cannot be taken. Empty: it can.

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
                    element.place.line, element.name.substr(0, 60)));
  }
  return Inside::kBody;
}

TmxHandler::Inside TmxHandler::StartInBody(const XmlElement& element) {
  if (element.name == "header") {
    defaults_ = ParseTmxHeader(element, languages_, header_);
    return Inside::kHeader;
  }
  if (element.name != "tu") {
    return Inside::kBody;
  }
  SendHeader();
  in_unit_ = true;
  unit_ = ParseTmxUnit(element);
  unit_bytes_ = 0;
  for (const XmlAttribute& attribute : element.attributes) {
    unit_bytes_ += attribute.value.size();
  }
  problems_.clear();
  fatal_.clear();
  return Inside::kUnit;
}

TmxHandler::Inside TmxHandler::StartInHeader(const XmlElement& element) {
  if (element.name == "prop" || element.name == "note") {
    return StartField(element);
  }
  if (element.name == "ude") {
    Report("the file defines an encoding of its own (ude), which is not used", false);
  }
  return Inside::kIgnored;
}

TmxHandler::Inside TmxHandler::StartInUnit(const XmlElement& element) {
  if (element.name == "prop" || element.name == "note") {
    return StartField(element);
  }
  if (element.name != "tuv") {
    return Inside::kIgnored;
  }
  if (unit_.variants.size() >= options_.limits.variants) {
    fatal_ = fmt::format("it has more than {} tuv", options_.limits.variants);
    return Inside::kIgnored;
  }
  unit_.variants.push_back(ParseTmxVariant(element));
  for (const XmlAttribute& attribute : element.attributes) {
    unit_bytes_ += attribute.value.size();
  }
  has_segment_ = false;
  return Inside::kVariant;
}

TmxHandler::Inside TmxHandler::StartInVariant(const XmlElement& element) {
  if (element.name == "prop" || element.name == "note") {
    return StartField(element);
  }
  if (element.name != "seg") {
    loose_.OnStart(element);
    return Inside::kVariant;
  }
  if (has_segment_) {
    problems_.emplace_back("a second seg in a tuv was left out");
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
  unit_bytes_ += kPropertyBytes + field_type_.size();
  return Inside::kField;
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
      if (unit_bytes_ <= options_.limits.unit_bytes) {
        field_.append(text);
      }
      break;
    default:
      return;
  }
  unit_bytes_ += text.size();
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
  const auto put = [this](std::vector<Property>& properties, std::vector<std::string>& notes) {
    if (is_note_) {
      notes.push_back(std::move(field_));
    } else {
      properties.push_back({std::move(field_type_), std::move(field_)});
    }
  };
  switch (inside_.back()) {
    case Inside::kHeader:
      put(header_.properties, header_.notes);
      unit_bytes_ = 0;
      break;
    case Inside::kUnit:
      put(unit_.fields.properties, unit_.fields.notes);
      break;
    case Inside::kVariant:
      put(unit_.variants.back().fields.properties, unit_.variants.back().fields.notes);
      break;
    default:
      break;
  }
}

void TmxHandler::EndSegment(SegmentBuilder& builder) {
  Segment& segment = unit_.variants.back().segment;
  segment = builder.Take();
  has_segment_ = true;
  const std::string language = unit_.variants.back().language.value_or("").substr(0, 60);
  if (!builder.problem().empty()) {
    fatal_ = fmt::format("the {} segment {}; split it", language, builder.problem());
  }
  if (builder.has_stray()) {
    problems_.emplace_back("prop or note inside a seg was left out");
  }
  for (const Tag& tag : segment.tags) {
    unit_bytes_ += kTagBytes + tag.data.size() + tag.type.size();
  }
}

void TmxHandler::EndVariant() {
  Segment loose = loose_.Take();
  TrimSegment(loose);
  if (has_segment_ || (loose.text.empty() && loose.tags.empty())) {
    return;
  }
  problems_.emplace_back("text that stood in a tuv without seg was taken as its segment");
  if (!loose_.problem().empty()) {
    fatal_ = fmt::format("a segment {}; split it", loose_.problem());
  }
  unit_.variants.back().segment = std::move(loose);
}

absl::Status TmxHandler::EndUnit(std::int64_t end_bytes) {
  last_unit_end_bytes_ = end_bytes;
  if (unit_bytes_ > options_.limits.unit_bytes) {
    fatal_ = fmt::format("it is larger than {} bytes", options_.limits.unit_bytes);
  }
  std::vector<TranslationUnit> units;
  if (fatal_.empty()) {
    std::vector<Segment*> segments;
    for (TmxVariant& variant : unit_.variants) {
      segments.push_back(&variant.segment);
    }
    ShiftZeroIds(segments);
    TmxUnit tu = std::move(unit_);
    unit_ = {};
    unit_.place = tu.place;
    unit_.tuid = tu.tuid;
    units = MakeUnits(std::move(tu), defaults_, options_, languages_, problems_);
    if (units.empty()) {
      fatal_ = "it has no text";
    }
    for (const TranslationUnit& unit : units) {
      fatal_ = fatal_.empty() ? LimitProblem(unit, options_.limits) : fatal_;
    }
  }
  for (std::string& problem : std::exchange(problems_, {})) {
    Report(std::move(problem), false);
  }
  if (!fatal_.empty()) {
    Report("the unit was left out: " + fatal_, true);
  }
  absl::Status status = fatal_.empty() ? Deliver(std::move(units)) : absl::OkStatus();
  in_unit_ = false;
  return status;
}

absl::Status TmxHandler::Deliver(std::vector<TranslationUnit> units) {
  for (TranslationUnit& unit : units) {
    SILD_CHECK_OK(
        sink_.OnUnit({std::move(unit), unit_.place.offset_bytes, unit_.place.line, unit_.tuid}));
  }
  return absl::OkStatus();
}

void TmxHandler::SendHeader() {
  if (!std::exchange(header_sent_, true)) {
    sink_.OnHeader(header_);
  }
}

void TmxHandler::OnRepair(const Repair& repair) {
  if (!in_unit_) {
    Report(Describe(repair), false);
  } else if (repair.kind == RepairKind::kInvalidBytes) {
    fatal_ = Describe(repair);
  } else {
    problems_.push_back(Describe(repair));
  }
}

void TmxHandler::OnNotice(std::string message) {
  if (in_unit_) {
    problems_.push_back(std::move(message));
  } else {
    Report(std::move(message), false);
  }
}

void TmxHandler::Report(std::string message, bool dropped) {
  if (in_unit_) {
    sink_.OnIssue(
        {unit_.place.offset_bytes, unit_.place.line, std::move(message), dropped, unit_.tuid});
  } else {
    sink_.OnIssue({0, 0, std::move(message), dropped, ""});
  }
}

}  // namespace

std::unique_ptr<FileReader> NewTmxReader(const ReadOptions& options, UnitSink& sink) {
  return NewXmlReader(options, std::make_unique<TmxHandler>(options, sink));
}

}  // namespace sild::formats
