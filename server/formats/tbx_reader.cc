#include <algorithm>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/entry_problems.h"
#include "server/formats/header_builder.h"
#include "server/formats/languages.h"
#include "server/formats/tbx.h"
#include "server/formats/tbx_concept.h"
#include "server/formats/tbx_vocabulary.h"
#include "server/formats/xml_reader.h"
#include "server/text/normalize.h"

namespace sild::formats {
namespace {

// What the header of a file that Sild wrote says of its source.
constexpr std::string_view kOurMark = "Written by Sild";

// The most elements of a concept: 100 languages with 100 terms of ten each. Bounds what is held of
// those that hold nothing themselves.
constexpr std::size_t kMaxElements = 100'000;

bool IsOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class TbxHandler : public XmlHandler {
 public:
  TbxHandler(const ReadOptions& options, ConceptSink& sink)
      : options_(options),
        sink_(sink),
        header_(options_.limits),
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
    kBody,  // In the root or in anything that may hold concepts.
    kHeader,
    kConcept,
    kSection,
    kTerm,
    kGroup,    // `descripGrp` and the like: of the level around it.
    kField,    // Anything whose text counts.
    kIgnored,  // With all that it holds.
  };

  absl::Status StartFile(const XmlElement& element);
  Inside StartInBody(const XmlElement& element);
  void CountElement(const XmlElement& element);
  Inside StartInEntry(const XmlElement& element);
  Inside StartField(const XmlElement& element);
  TbxLevel Level() const;
  void EndHeaderField();
  void EndField();
  void EndGroup();
  absl::Status EndConcept(std::int64_t end_bytes);
  std::string TakeText();

  const ReadOptions options_;
  ConceptSink& sink_;
  std::vector<Inside> inside_ = {Inside::kFile};
  HeaderBuilder header_;
  bool header_sent_ = false;
  bool is_ours_ = false;

  // Of the concept at hand.
  EntryProblems problems_;
  ConceptBuilder builder_;
  Place place_;
  std::string id_;
  std::string element_;  // Of the field at hand.
  TbxField field_;
  std::string text_;
  std::string around_;  // The first category of the group at hand.
  TbxTransaction transaction_;
  std::size_t elements_ = 0;

  std::int64_t last_unit_end_bytes_ = 0;
};

absl::Status TbxHandler::OnStart(const XmlElement& element) {
  Inside next = Inside::kIgnored;
  switch (inside_.back()) {
    case Inside::kFile:
      inside_.push_back(Inside::kBody);
      return StartFile(element);
    case Inside::kBody:
      next = StartInBody(element);
      break;
    case Inside::kHeader:
      text_.clear();
      next = Inside::kHeader;
      break;
    case Inside::kConcept:
    case Inside::kSection:
    case Inside::kTerm:
    case Inside::kGroup:
      next = StartInEntry(element);
      break;
    case Inside::kField:  // Inline markup: text in it counts, native code does not.
      next = IsOneOf(element.name, {"bpt", "ept", "ph", "it", "sc", "ec"}) ? Inside::kIgnored
                                                                           : Inside::kField;
      break;
    case Inside::kIgnored:
      break;
  }
  inside_.push_back(next);
  return absl::OkStatus();
}

absl::Status TbxHandler::StartFile(const XmlElement& element) {
  const std::string root =
      absl::AsciiStrToLower(absl::string_view(element.name.data(), element.name.size()));
  if (root != "tbx" && root != "martif") {
    return absl::InvalidArgumentError(
        fmt::format("line {}: the file begins with <{}>, not with <tbx> or <martif>; it is no "
                    "TBX file",
                    element.place.line, Clip(element.name)));
  }
  header_.header().source_language = Languages(options_.language_map)
                                         .Find(element.Language().value_or(""))
                                         .value_or(LanguageTag());
  for (const XmlAttribute& attribute : element.attributes) {
    if (attribute.name != "lang") {
      header_.AddProperty(std::string(attribute.name), std::string(attribute.value));
    }
  }
  return absl::OkStatus();
}

TbxHandler::Inside TbxHandler::StartInBody(const XmlElement& element) {
  if (IsOneOf(element.name, {"tbxHeader", "martifHeader", "header"})) {
    return header_sent_ ? Inside::kIgnored : Inside::kHeader;
  }
  if (element.name == "back") {
    return Inside::kIgnored;
  }
  if (!IsOneOf(element.name, {"conceptEntry", "termEntry", "entry"})) {
    return Inside::kBody;
  }
  if (!std::exchange(header_sent_, true)) {
    if (header_.is_cut()) {
      problems_.Add("the header holds more than a concept may; the rest of it was left out");
    }
    sink_.OnHeader(header_.header());
  }
  place_ = element.place;
  id_ = std::string(element.Find("id").value_or(""));
  problems_.Begin(place_, id_);
  problems_.Grow(id_.size());
  builder_.Begin(id_);
  elements_ = 0;
  around_.clear();
  return Inside::kConcept;
}

TbxLevel TbxHandler::Level() const {
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

void TbxHandler::CountElement(const XmlElement& element) {
  for (const XmlAttribute& attribute : element.attributes) {
    problems_.Grow(attribute.value.size());
  }
  if (++elements_ > kMaxElements) {
    problems_.Drop(fmt::format("the concept has more than {} elements; split it", kMaxElements));
  }
}

TbxHandler::Inside TbxHandler::StartInEntry(const XmlElement& element) {
  const std::string_view name = element.name;
  CountElement(element);
  if (problems_.is_dropped()) {
    return Inside::kIgnored;
  }
  if (IsOneOf(name, {"langSec", "langSet", "langGroup"})) {
    builder_.BeginSection(element.Language().value_or(""));
    return Inside::kSection;
  }
  if (IsOneOf(name, {"termSec", "tig", "ntig", "termGroup"}) && Level() == TbxLevel::kSection) {
    builder_.BeginTerm(element.Find("id").value_or(""));
    return Inside::kTerm;
  }
  if (name == "noteGrp") {  // TBX-Min: keys and values, which make one note.
    return StartField(element);
  }
  if (name.ends_with("Grp") || name.ends_with("List")) {
    if (inside_.back() != Inside::kGroup) {
      around_.clear();
      transaction_ = {};
    }
    return Inside::kGroup;
  }
  return StartField(element);
}

TbxHandler::Inside TbxHandler::StartField(const XmlElement& element) {
  element_ = element.name == "noteGrp" ? "note" : std::string(element.name);
  field_ = {};
  // DCA style names the category in `type`, DCT and TBX-Min by the element.
  field_.category =
      std::string(IsCategoryElement(element_) ? element.Find("type").value_or("") : element_);
  if (field_.category.empty()) {
    field_.category = element_;
  }
  problems_.Grow(field_.category == element_ ? element_.size() : 0);
  field_.target = std::string(element.Find("target").value_or(""));
  text_.clear();
  return Inside::kField;
}

void TbxHandler::OnText(std::string_view text) {
  const Inside inside = inside_.back();
  if (inside != Inside::kField && inside != Inside::kHeader) {
    return;
  }
  problems_.Grow(text.size());
  if (text_.size() <= options_.limits.unit_bytes) {
    text_.append(text);  // What is longer is refused when it ends.
  }
}

absl::Status TbxHandler::OnEnd(std::string_view name, std::int64_t end_bytes) {
  const Inside ended = inside_.back();
  inside_.pop_back();
  const Inside around = inside_.back();
  if (ended == Inside::kHeader) {
    field_.category = std::string(name);
    EndHeaderField();
  } else if (ended == Inside::kField && around != Inside::kField) {
    EndField();
  } else if (ended == Inside::kGroup && around != Inside::kGroup) {
    EndGroup();
  } else if (ended == Inside::kTerm) {
    builder_.EndTerm();
  } else if (ended == Inside::kConcept) {
    return EndConcept(end_bytes);
  }
  return absl::OkStatus();
}

void TbxHandler::EndHeaderField() {
  const std::string text = text::CollapseWhiteSpace(text_);
  if (field_.category == "title" && !text.empty()) {
    header_.AddProperty("title", text);
  } else if (field_.category == "p" && text.starts_with(kOurMark)) {
    is_ours_ = true;
    header_.header().tool = text.substr(text.find("Sild"));
    builder_.KeepEmpty();
  } else if (field_.category == "note" && !text.empty()) {
    header_.AddNote(text);
  }
  text_.clear();
}

std::string TbxHandler::TakeText() {
  return is_ours_ ? std::exchange(text_, {}) : text::CollapseWhiteSpace(std::exchange(text_, {}));
}

void TbxHandler::EndField() {
  field_.value = TakeText();
  const TbxLevel level = Level();
  if (element_ == "term" && level == TbxLevel::kTerm) {
    builder_.TakeTermText(std::move(field_.value));
  } else if (element_ == "term" && level == TbxLevel::kSection) {
    problems_.Add("a term that stood outside of termSec was taken");
    builder_.BeginTerm("");
    builder_.TakeTermText(std::move(field_.value));
    builder_.EndTerm();
  } else if (element_ == "note") {
    builder_.TakeNote(level, std::move(field_.value));
  } else if (element_ == "date") {
    transaction_.date = std::move(field_.value);
  } else if (element_ == "transac" || element_ == "transactionType") {
    transaction_.type = std::move(field_.value);
  } else if (element_ == "transacNote" || element_ == "responsibility") {
    transaction_.person = std::move(field_.value);
  } else {
    field_.around = inside_.back() == Inside::kGroup ? around_ : "";
    if (around_.empty()) {
      around_ = field_.category;
    }
    builder_.TakeField(level, std::move(field_));
  }
}

void TbxHandler::EndGroup() {
  around_.clear();
  if (!transaction_.type.empty()) {
    builder_.TakeTransaction(Level(), transaction_);
  }
  transaction_ = {};
}

absl::Status TbxHandler::EndConcept(std::int64_t end_bytes) {
  last_unit_end_bytes_ = end_bytes;
  return builder_.GiveTo(sink_, place_, id_);
}

}  // namespace

std::unique_ptr<FileReader> NewTbxReader(const ReadOptions& options, ConceptSink& sink) {
  return NewXmlReader(options, std::make_unique<TbxHandler>(options, sink));
}

}  // namespace sild::formats
