#include <algorithm>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/entry_problems.h"
#include "server/formats/languages.h"
#include "server/formats/pairs.h"
#include "server/formats/tmx_segment.h"
#include "server/formats/xml_reader.h"
#include "server/model/try.h"

namespace sild::formats {
namespace {

// What a tag or a part of a unit takes up beside its texts, at least.
constexpr std::size_t kPartBytes = 64;

// The content of a `source`, `seg-source` or `target`.
class SideBuilder {
 public:
  struct Part {
    std::string id;
    Segment segment;
  };

  explicit SideBuilder(const UnitLimits& limits)
      : whole_(limits, Vocabulary::kXliff), part_(limits, Vocabulary::kXliff) {}

  void Begin() {
    is_there_ = true;
    depth_ = 0;
  }

  void OnStart(const XmlElement& element) {
    ++depth_;
    if (part_depth_ > 0) {
      part_.OnStart(element);
    } else if (element.name == "mrk" && element.Find("mtype") == "seg") {
      part_depth_ = depth_;
      parts_.push_back({std::string(element.Find("mid").value_or("")), {}});
    }
    whole_.OnStart(element);
  }

  void OnEnd() {
    if (part_depth_ == depth_) {
      part_depth_ = 0;
      parts_.back().segment = part_.Take();
      problem_ = problem_.empty() ? part_.problem() : problem_;
    } else if (part_depth_ > 0) {
      part_.OnEnd();
    }
    whole_.OnEnd();
    --depth_;
  }

  void OnText(std::string_view text) {
    if (part_depth_ > 0) {
      part_.OnText(text);
    }
    whole_.OnText(text);
  }

  // The element has ended.
  void Finish() {
    segment_ = whole_.Take();
    whole_problem_ = whole_.problem();
    if (parts_.empty()) {
      problem_ = whole_problem_;  // What is divided may be longer than a segment.
    }
  }

  bool is_there() const { return is_there_; }
  bool is_empty() const { return segment_.text.empty() && segment_.tags.empty(); }
  const Segment& segment() const { return segment_; }
  const std::vector<Part>& parts() const { return parts_; }

  // Why it cannot be taken, as `SegmentBuilder::problem`.
  const std::string& problem() const { return problem_; }

  // Why it cannot be taken as one segment, if it is divided.
  const std::string& whole_problem() const { return whole_problem_; }

  void Clear() {
    is_there_ = false;
    parts_.clear();
    problem_.clear();
    whole_problem_.clear();
    segment_ = {};
  }

 private:
  SegmentBuilder whole_;
  SegmentBuilder part_;  // Of the `mrk` at hand.
  int depth_ = 0;        // Of open elements in it.
  int part_depth_ = 0;   // The depth of the `mrk` at hand. 0: there is none.
  bool is_there_ = false;
  Segment segment_;
  std::vector<Part> parts_;
  std::string problem_;
  std::string whole_problem_;
};

std::string LowerName(std::string_view name) {
  return absl::AsciiStrToLower(absl::string_view(name.data(), name.size()));
}

// Whether a state says that what stands in a target is no translation yet.
bool IsUntranslated(std::string_view state) {
  return state == "new" || state == "needs-translation" || state == "initial";
}

class XliffHandler : public XmlHandler {
 public:
  XliffHandler(const ReadOptions& options, PairLanguages languages, PairSink& sink)
      : options_(options),
        wanted_(std::move(languages)),
        sink_(sink),
        languages_(options_.language_map),
        problems_(options_.limits, "unit", sink),
        source_(options_.limits),
        divided_(options_.limits),
        target_(options_.limits) {}

  absl::Status OnStart(const XmlElement& element) override;
  absl::Status OnEnd(std::string_view name, std::int64_t end_bytes) override;
  void OnText(std::string_view text) override;
  void OnRepair(const Repair& repair) override { problems_.OnRepair(repair); }
  void OnNotice(std::string message) override { problems_.Add(std::move(message)); }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  enum class Inside : std::uint8_t {
    kFile,
    kBody,  // In anything that may hold units.
    kUnit,
    kSegment,  // Of a unit of XLIFF 2.
    kSide,     // `source`, `seg-source` or `target`.
    kIgnored,  // With all that it holds.
  };

  Inside StartRoot(const XmlElement& element, absl::Status& status);
  Inside StartInBody(const XmlElement& element);
  Inside StartFile(const XmlElement& element);
  Inside StartUnit(const XmlElement& element);
  Inside StartInUnit(const XmlElement& element);
  Inside StartSide(const XmlElement& element);
  bool HasLanguages(const XmlElement& element, std::string_view source, std::string_view target);
  void EndSide();
  void DropFor(const std::string& problem);
  bool IsDivided() const;
  absl::Status EndPairs(std::int64_t end_bytes);
  absl::Status Deliver();
  absl::Status Send(const std::string& part, const Segment& source, const Segment* target);

  const ReadOptions options_;
  const PairLanguages wanted_;
  PairSink& sink_;
  Languages languages_;
  std::vector<Inside> inside_ = {Inside::kFile};
  std::string document_;

  // Of the unit at hand.
  EntryProblems problems_;
  Place place_;
  std::string unit_id_;
  std::string segment_id_;  // Of the `segment`. Empty: none.
  bool is_untranslated_ = false;
  SideBuilder source_;
  SideBuilder divided_;  // `seg-source`
  SideBuilder target_;
  SideBuilder* side_ = nullptr;  // The one at hand.

  std::int64_t last_unit_end_bytes_ = 0;
};

absl::Status XliffHandler::OnStart(const XmlElement& element) {
  absl::Status status;
  Inside next = Inside::kIgnored;
  switch (inside_.back()) {
    case Inside::kFile:
      next = StartRoot(element, status);
      break;
    case Inside::kBody:
      next = StartInBody(element);
      break;
    case Inside::kUnit:
    case Inside::kSegment:
      next = StartInUnit(element);
      break;
    case Inside::kSide:
      for (const XmlAttribute& attribute : element.attributes) {
        problems_.Grow(attribute.value.size());
      }
      problems_.Grow(kPartBytes);
      if (!problems_.is_dropped()) {
        side_->OnStart(element);
        next = Inside::kSide;
      }
      break;
    case Inside::kIgnored:
      break;
  }
  inside_.push_back(next);
  return status;
}

XliffHandler::Inside XliffHandler::StartRoot(const XmlElement& element, absl::Status& status) {
  if (LowerName(element.name) != "xliff") {
    status = absl::InvalidArgumentError(
        fmt::format("line {}: the file begins with <{}>, not with <xliff>; it is no XLIFF file",
                    element.place.line, Clip(element.name)));
  }
  return HasLanguages(element, "srcLang", "trgLang") ? Inside::kBody : Inside::kIgnored;
}

// Whether the languages that an element names, if it does, are those wanted. Says so if not.
bool XliffHandler::HasLanguages(const XmlElement& element, std::string_view source,
                                std::string_view target) {
  for (const auto& [attribute, wanted] :
       {std::pair(source, &wanted_.source), std::pair(target, &wanted_.target)}) {
    const std::string_view spelling = element.Find(attribute).value_or("");
    const auto language = languages_.Find(spelling);
    if (!spelling.empty() && !wanted->empty() &&
        (!language || text::LanguageKeyOf(*language) != text::LanguageKeyOf(*wanted))) {
      sink_.OnIssue({element.place.offset_bytes, element.place.line,
                     fmt::format("{} is \"{}\", not {}; what stands there was left out", attribute,
                                 Clip(spelling), wanted->str()),
                     true, ""});
      return false;
    }
  }
  return true;
}

XliffHandler::Inside XliffHandler::StartInBody(const XmlElement& element) {
  if (element.Find("translate") == "no") {
    return Inside::kIgnored;
  }
  if (element.name == "file") {
    return StartFile(element);
  }
  if (element.name == "trans-unit" || element.name == "unit") {
    return StartUnit(element);
  }
  return element.name == "body" || element.name == "group" ? Inside::kBody : Inside::kIgnored;
}

XliffHandler::Inside XliffHandler::StartFile(const XmlElement& element) {
  const auto original = element.Find("original");
  document_ =
      Clip(original ? *original : element.Find("id").value_or(""), options_.limits.field_chars);
  return HasLanguages(element, "source-language", "target-language") ? Inside::kBody
                                                                     : Inside::kIgnored;
}

XliffHandler::Inside XliffHandler::StartUnit(const XmlElement& element) {
  place_ = element.place;
  unit_id_ = Clip(element.Find("id").value_or(""), options_.limits.field_chars);
  segment_id_.clear();
  is_untranslated_ = false;
  problems_.Begin(place_, unit_id_);
  return Inside::kUnit;
}

XliffHandler::Inside XliffHandler::StartInUnit(const XmlElement& element) {
  if (element.name == "source" || element.name == "seg-source" || element.name == "target") {
    return StartSide(element);
  }
  if (element.name != "segment" || inside_.back() == Inside::kSegment) {
    return Inside::kIgnored;
  }
  place_ = element.place;
  segment_id_ = Clip(element.Find("id").value_or(""), options_.limits.field_chars);
  is_untranslated_ = IsUntranslated(element.Find("state").value_or(""));
  problems_.Begin(place_, unit_id_);
  return Inside::kSegment;
}

XliffHandler::Inside XliffHandler::StartSide(const XmlElement& element) {
  side_ = element.name == "source" ? &source_ : element.name == "target" ? &target_ : &divided_;
  if (side_->is_there()) {
    problems_.Add(fmt::format("a second {} was left out", element.name));
    return Inside::kIgnored;
  }
  if (element.name == "target") {
    is_untranslated_ = is_untranslated_ || IsUntranslated(element.Find("state").value_or(""));
  }
  side_->Begin();
  return Inside::kSide;
}

void XliffHandler::OnText(std::string_view text) {
  if (inside_.back() == Inside::kSide) {
    problems_.Grow(text.size());
    if (!problems_.is_dropped()) {
      side_->OnText(text);
    }
  }
}

absl::Status XliffHandler::OnEnd(std::string_view /*name*/, std::int64_t end_bytes) {
  const Inside ended = inside_.back();
  inside_.pop_back();
  switch (ended) {
    case Inside::kSide:
      if (inside_.back() == Inside::kSide) {
        side_->OnEnd();
      } else {
        EndSide();
      }
      break;
    case Inside::kSegment:
      SILD_CHECK_OK(EndPairs(end_bytes));
      problems_.Begin(place_, unit_id_);  // Until the next segment.
      break;
    case Inside::kUnit:
      return EndPairs(end_bytes);
    default:
      break;
  }
  return absl::OkStatus();
}

void XliffHandler::EndSide() {
  side_->Finish();
  DropFor(side_->problem());
}

// Drops the unit or segment if it has a problem.
void XliffHandler::DropFor(const std::string& problem) {
  if (!problem.empty()) {
    problems_.Drop(fmt::format("a segment {}; split it", problem));
  }
}

// Whether it has parts, and those of both sides answer each other.
bool XliffHandler::IsDivided() const {
  const auto& sources = divided_.parts();
  const auto& targets = target_.parts();
  return !sources.empty() &&
         std::equal(sources.begin(), sources.end(), targets.begin(), targets.end(),
                    [](const auto& a, const auto& b) { return a.id == b.id; });
}

// Sends what the unit or segment holds, and forgets it.
absl::Status XliffHandler::EndPairs(std::int64_t end_bytes) {
  last_unit_end_bytes_ = end_bytes;
  if (!IsDivided()) {
    DropFor(source_.whole_problem());
    DropFor(is_untranslated_ ? "" : target_.whole_problem());
  }
  const absl::Status status = problems_.End() && source_.is_there() ? Deliver() : absl::OkStatus();
  for (SideBuilder* const side : {&source_, &divided_, &target_}) {
    side->Clear();
  }
  return status;
}

absl::Status XliffHandler::Deliver() {
  const auto& sources = divided_.parts();
  const auto& targets = target_.parts();
  const bool has_target = target_.is_there() && !target_.is_empty() && !is_untranslated_;
  if (!IsDivided()) {
    return Send(segment_id_, source_.segment(), has_target ? &target_.segment() : nullptr);
  }
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Segment& target = targets[i].segment;
    const bool is_there = has_target && !(target.text.empty() && target.tags.empty());
    SILD_CHECK_OK(Send(sources[i].id, sources[i].segment, is_there ? &target : nullptr));
  }
  return absl::OkStatus();
}

absl::Status XliffHandler::Send(const std::string& part, const Segment& source,
                                const Segment* target) {
  ParsedPair pair;
  pair.source = source;
  std::vector<Segment*> segments = {&pair.source};
  if (target != nullptr) {
    segments.push_back(&pair.target.emplace(*target));
  }
  ShiftZeroIds(segments);
  pair.document = document_;
  pair.unit_id = part.empty() ? unit_id_ : fmt::format("{}/{}", unit_id_, part);
  pair.offset_bytes = place_.offset_bytes;
  pair.line = place_.line;
  return sink_.OnPair(std::move(pair));
}

}  // namespace

std::unique_ptr<FileReader> NewXliffReader(const ReadOptions& options,
                                           const PairLanguages& languages, PairSink& sink) {
  return NewXmlReader(options, std::make_unique<XliffHandler>(options, languages, sink));
}

}  // namespace sild::formats
