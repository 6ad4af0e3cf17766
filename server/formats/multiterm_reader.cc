#include <algorithm>
#include <array>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/entry_problems.h"
#include "server/formats/multiterm.h"
#include "server/formats/tbx_concept.h"
#include "server/formats/tbx_vocabulary.h"
#include "server/formats/xml_reader.h"
#include "server/text/normalize.h"

namespace sild::formats {
namespace {

constexpr std::string_view kNote = "note";

// The most elements of a concept, as in TBX.
constexpr std::size_t kMaxElements = 100'000;

// What customers call the fields that have a place here, in lower case without spaces, `_` and `-`.
constexpr std::array<std::pair<std::string_view, std::string_view>, 32> kFields = {
    {{"definition", category::kDefinition},
     {"subject", category::kSubjectField},
     {"subjectfield", category::kSubjectField},
     {"subjectarea", category::kSubjectField},
     {"domain", category::kSubjectField},
     {"partofspeech", category::kPartOfSpeech},
     {"pos", category::kPartOfSpeech},
     {"wordclass", category::kPartOfSpeech},
     {"gender", category::kGender},
     {"grammaticalgender", category::kGender},
     {"number", category::kNumber},
     {"grammaticalnumber", category::kNumber},
     {"context", category::kContext},
     {"example", category::kContext},
     {"usageexample", category::kContext},
     {"source", category::kSource},
     {"definitionsource", category::kDefinitionSource},
     {"dsource", category::kDefinitionSource},
     {"sourced", category::kDefinitionSource},
     {"csource", category::kContextSource},
     {"contextsource", category::kContextSource},
     {"note", kNote},
     {"notes", kNote},
     {"comment", kNote},
     {"remark", kNote},
     {"status", "status"},
     {"termstatus", "termStatus"},
     {"usagestatus", "usageStatus"},
     {"administrativestatus", category::kStatus},
     {"processstatus", category::kProcessStatus},
     {"termtype", category::kTermType},
     {"normativeauthorization", "normativeAuthorization"}}};

// The category that a field's name means; the name itself if it means none.
std::string_view CategoryOf(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (c != ' ' && c != '_' && c != '-') {
      folded += absl::ascii_tolower(static_cast<unsigned char>(c));
    }
  }
  const auto* const found = std::find_if(kFields.begin(), kFields.end(),
                                         [&](const auto& field) { return field.first == folded; });
  return found == kFields.end() ? name : found->second;
}

class MultitermHandler : public XmlHandler {
 public:
  MultitermHandler(const ReadOptions& options, ConceptSink& sink)
      : options_(options),
        sink_(sink),
        problems_(options_.limits, "concept", sink),
        builder_(options_, problems_) {}

  absl::Status OnStart(const XmlElement& element) override;
  absl::Status OnEnd(std::string_view name, std::int64_t end_bytes) override;
  void OnText(std::string_view text) override;
  void OnRepair(const Repair& repair) override { problems_.OnRepair(repair); }
  void OnNotice(std::string message) override { problems_.Add(std::move(message)); }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  enum class Inside : std::uint8_t {
    kFile,
    kBody,     // In the root or in anything that may hold concepts.
    kConcept,  // And below, by what belongs to it.
    kSection,
    kTerm,
    kGroup,    // `descripGrp` and the like: of the level around it.
    kField,    // Anything whose text counts.
    kIgnored,  // With all that it holds.
  };

  absl::Status StartFile(const XmlElement& element);
  void BeginConcept(const XmlElement& element);
  Inside StartInEntry(const XmlElement& element);
  void BeginSection(const XmlElement& element);
  TbxLevel Level() const;
  void EndField();
  absl::Status EndConcept(std::int64_t end_bytes);

  const ReadOptions options_;
  ConceptSink& sink_;
  std::vector<Inside> inside_ = {Inside::kFile};
  EntryProblems problems_;
  ConceptBuilder builder_;

  // Of the concept at hand.
  Place place_;
  std::string id_;
  bool has_begun_ = false;  // The builder has been given the id, which comes first.
  std::string element_;     // Of the field at hand.
  std::string type_;
  std::string text_;
  TbxTransaction transaction_;
  std::size_t elements_ = 0;

  std::int64_t last_unit_end_bytes_ = 0;
};

absl::Status MultitermHandler::OnStart(const XmlElement& element) {
  Inside next = Inside::kIgnored;
  switch (inside_.back()) {
    case Inside::kFile:
      inside_.push_back(Inside::kBody);
      return StartFile(element);
    case Inside::kBody:
      next = element.name == "conceptGrp" ? Inside::kConcept : Inside::kBody;
      if (next == Inside::kConcept) {
        BeginConcept(element);
      }
      break;
    case Inside::kConcept:
    case Inside::kSection:
    case Inside::kTerm:
    case Inside::kGroup:
      next = StartInEntry(element);
      break;
    case Inside::kField:  // `xref` and other markup: its text counts.
      next = Inside::kField;
      break;
    case Inside::kIgnored:
      break;
  }
  inside_.push_back(next);
  return absl::OkStatus();
}

absl::Status MultitermHandler::StartFile(const XmlElement& element) {
  if (element.name != "mtf") {
    return absl::InvalidArgumentError(
        fmt::format("line {}: the file begins with <{}>, not with <mtf>; it is no MultiTerm XML",
                    element.place.line, Clip(element.name)));
  }
  sink_.OnHeader({});
  return absl::OkStatus();
}

void MultitermHandler::BeginConcept(const XmlElement& element) {
  place_ = element.place;
  id_.clear();
  has_begun_ = false;
  problems_.Begin(place_, "");
  elements_ = 0;
  transaction_ = {};
}

MultitermHandler::Inside MultitermHandler::StartInEntry(const XmlElement& element) {
  const std::string_view name = element.name;
  for (const XmlAttribute& attribute : element.attributes) {
    problems_.Grow(attribute.value.size());
  }
  if (++elements_ > kMaxElements) {
    problems_.Drop(fmt::format("the concept has more than {} elements; split it", kMaxElements));
  }
  if (problems_.is_dropped()) {
    return Inside::kIgnored;
  }
  if (name != "concept" && !std::exchange(has_begun_, true)) {
    builder_.Begin(id_);
  }
  if (name == "language" && inside_.back() == Inside::kSection) {
    BeginSection(element);
    return Inside::kIgnored;
  }
  if (name == "languageGrp" && inside_.back() == Inside::kConcept) {
    builder_.EndSection();
    return Inside::kSection;
  }
  if (name == "termGrp" && inside_.back() == Inside::kSection) {
    builder_.BeginTerm("");
    return Inside::kTerm;
  }
  if (name.ends_with("Grp")) {
    transaction_ = {};
    return Inside::kGroup;
  }
  element_ = std::string(name);
  type_ = std::string(element.Find("type").value_or(""));
  text_.clear();
  return Inside::kField;
}

// The language by its code, or else by its name, which the customer chose.
void MultitermHandler::BeginSection(const XmlElement& element) {
  const std::string code(element.Find("lang").value_or(""));
  const std::string name(element.Find("type").value_or(""));
  const bool has_code = !code.empty() && Languages(options_.language_map).Find(code).has_value();
  builder_.BeginSection(has_code || name.empty() ? code : name);
}

TbxLevel MultitermHandler::Level() const {
  for (auto inside = inside_.rbegin(); inside != inside_.rend(); ++inside) {
    if (*inside == Inside::kTerm) {
      return TbxLevel::kTerm;
    }
    if (*inside == Inside::kSection) {
      return TbxLevel::kSection;
    }
  }
  return TbxLevel::kConcept;
}

void MultitermHandler::OnText(std::string_view text) {
  if (inside_.back() != Inside::kField) {
    return;
  }
  problems_.Grow(text.size());
  if (text_.size() <= options_.limits.unit_bytes) {
    text_.append(text);  // What is longer is refused when it ends.
  }
}

absl::Status MultitermHandler::OnEnd(std::string_view /*name*/, std::int64_t end_bytes) {
  const Inside ended = inside_.back();
  inside_.pop_back();
  if (ended == Inside::kField && inside_.back() != Inside::kField) {
    EndField();
  } else if (ended == Inside::kGroup && !transaction_.type.empty()) {
    builder_.TakeTransaction(Level(), std::exchange(transaction_, {}));
  } else if (ended == Inside::kTerm) {
    builder_.EndTerm();
  } else if (ended == Inside::kSection) {
    builder_.EndSection();
  } else if (ended == Inside::kConcept) {
    return EndConcept(end_bytes);
  }
  return absl::OkStatus();
}

void MultitermHandler::EndField() {
  std::string value = text::CollapseWhiteSpace(std::exchange(text_, {}));
  const TbxLevel level = Level();
  const std::string_view category = CategoryOf(type_.empty() ? element_ : type_);
  if (element_ == "concept" && level == TbxLevel::kConcept) {
    id_ = std::move(value);
    if (!std::exchange(has_begun_, true)) {
      builder_.Begin(id_);
    }
  } else if (element_ == "term" && level == TbxLevel::kTerm) {
    builder_.TakeTermText(std::move(value));
  } else if (element_ == "transac") {
    transaction_.type = type_;
    transaction_.person = std::move(value);
  } else if (element_ == "date") {
    transaction_.date = std::move(value);
  } else if (category == kNote) {
    builder_.TakeNote(level, std::move(value));
  } else {
    builder_.TakeField(level, {std::string(category), std::move(value), "", ""});
  }
}

absl::Status MultitermHandler::EndConcept(std::int64_t end_bytes) {
  last_unit_end_bytes_ = end_bytes;
  if (!std::exchange(has_begun_, true)) {
    builder_.Begin(id_);
  }
  return builder_.GiveTo(sink_, place_, id_);
}

}  // namespace

std::unique_ptr<FileReader> NewMultitermReader(const ReadOptions& options, ConceptSink& sink) {
  return NewXmlReader(options, std::make_unique<MultitermHandler>(options, sink));
}

}  // namespace sild::formats
