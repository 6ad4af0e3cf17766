#include "server/service/term_extraction.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"
#include "server/service/store_access.h"
#include "server/text/languages.h"
#include "server/text/offsets.h"

namespace sild::service {
namespace {

// Messages end early rather than be longer than every client takes.
constexpr std::size_t kFullMessageBytes = 1U << 20;

// With `exclude_known`, how many of the best candidates may be known before fewer are sent than
// were asked for: some hundred bytes each.
constexpr std::size_t kMaxExcluded = 1'000'000;

absl::Status Cancelled() { return absl::CancelledError("the client went away"); }

// Fails unless `value` is 0, for the default, or in `[1, limit]`.
absl::Status CheckRange(std::string_view field, int value, int limit) {
  return value >= 0 && value <= limit
             ? absl::OkStatus()
             : FieldError(field, fmt::format("is {}; must be 0, for the default, or 1 to {}", value,
                                             limit));
}

// Returns the variant of a unit in the language of `want` whose tag is nearest to it, or null.
const Variant* NearestVariant(const TranslationUnit& unit, const LanguageTag& want) {
  const text::LanguageKey key = text::LanguageKeyOf(want);
  const Variant* best = nullptr;
  const auto rank = [&want](const Variant& variant) {
    return std::tuple(text::VarietyRank(want, variant.language), variant.language);
  };
  for (const Variant& variant : unit.variants) {
    const bool is_wanted =
        variant.language == want || (variant.language.language() == want.language() &&
                                     text::LanguageKeyOf(variant.language) == key);
    if (is_wanted && (best == nullptr || rank(variant) < rank(*best))) {
      best = &variant;
    }
  }
  return best;
}

std::string TextIn(const TranslationUnit& unit, const LanguageTag& language) {
  const Variant* const variant = language.empty() ? nullptr : NearestVariant(unit, language);
  return variant == nullptr ? std::string() : variant->segment.text;
}

}  // namespace

absl::Status TermExtraction::OnRequest(CallContext& call,
                                       const google::protobuf::Message& message) {
  if (request_) {
    return absl::InvalidArgumentError("an extraction takes one request");
  }
  request_ = static_cast<const v1::ExtractTermsRequest&>(message);
  SILD_TRY(view_, ReadView(store_, call));
  return ReadRequest();
}

absl::Status TermExtraction::OnRequestsDone(CallContext& /*call*/) {
  return request_ ? absl::OkStatus() : absl::InvalidArgumentError("a request is required");
}

// Checks all that can be checked before the corpus is read.
absl::Status TermExtraction::ReadRequest() {
  SILD_TRY(language_, Language(request_->language_code(), "language_code"));
  SILD_TRY(target_language_,
           OptionalLanguage(request_->target_language_code(), "target_language_code"));
  if (!target_language_.empty() &&
      text::LanguageKeyOf(target_language_) == text::LanguageKeyOf(language_)) {
    return FieldError("target_language_code", "is the language of the terms; name another");
  }
  SILD_CHECK_OK(ReadCorpusName());
  SILD_CHECK_OK(ReadGlossaries());
  SILD_CHECK_OK(CheckRange("max_candidates", request_->max_candidates(), kMaxCandidates));
  SILD_CHECK_OK(CheckRange("max_examples", request_->max_examples(), kMaxExamples));
  return request_->minimum_frequency() >= 0
             ? absl::OkStatus()
             : FieldError("minimum_frequency", "is below 0; send 0 for the default, or more");
}

absl::Status TermExtraction::ReadCorpusName() {
  if (request_->has_memory()) {
    absl::StatusOr<MemoryName> name = MemoryName::Parse(request_->memory());
    SILD_CHECK_OK(Named("memory", name.status()));
    memory_ = *std::move(name);
    return view_->GetMemory(memory_).status();
  }
  if (!request_->has_text()) {
    return FieldError("corpus", "is required; send memory or text");
  }
  if (!target_language_.empty()) {
    return FieldError("target_language_code", "needs a memory; text has no translation");
  }
  return CheckCount("text.segments", request_->text().segments_size(), kMaxExtractSegments);
}

absl::Status TermExtraction::ReadGlossaries() {
  SILD_CHECK_OK(CheckCount("known_glossaries", request_->known_glossaries_size(), kMaxGlossaries));
  for (int i = 0; i < request_->known_glossaries_size(); ++i) {
    absl::StatusOr<GlossaryName> name = GlossaryName::Parse(request_->known_glossaries(i));
    SILD_CHECK_OK(Named(fmt::format("known_glossaries[{}]", i), name.status()));
    SILD_CHECK_OK(view_->GetGlossary(*name).status());
    glossaries_.push_back(*std::move(name));
  }
  return request_->exclude_known() && glossaries_.empty()
             ? FieldError("exclude_known",
                          "needs known_glossaries; name those whose terms to leave out")
             : absl::OkStatus();
}

absl::Status TermExtraction::ReadText(CallContext& call, terms::TermExtractor& extractor) {
  for (int i = 0; i < request_->text().segments_size(); ++i) {
    absl::StatusOr<Segment> segment = FromProto(request_->text().segments(i));
    SILD_CHECK_OK(Within("text.segments", i, segment.status()));
    SILD_CHECK_OK(extractor.Add(segment->text, ""));
    ++segment_count_;
    if (call.cancelled) {
      return Cancelled();
    }
  }
  return absl::OkStatus();
}

absl::Status TermExtraction::ReadMemory(CallContext& call, terms::TermExtractor& extractor) {
  absl::Status added;
  SILD_CHECK_OK(view_->ForEachUnit(memory_, "", [&](TranslationUnit&& unit) {
    if (const std::string text = TextIn(unit, language_); !text.empty()) {
      added = extractor.Add(text, TextIn(unit, target_language_));
      unit_ids_.push_back(std::move(unit.name.unit));
      ++segment_count_;
    }
    return added.ok() && !call.cancelled;
  }));
  return call.cancelled ? Cancelled() : Within("memory", added);
}

absl::Status TermExtraction::Extract(CallContext& call) {
  const auto language_of = [this](const LanguageTag& tag) {
    return terms::ExtractLanguage{std::string(tag.language()),
                                  &expanders_.For(text::LanguageKeyOf(tag))};
  };
  terms::TermExtractor extractor(
      language_of(language_),
      target_language_.empty() ? std::nullopt : std::optional(language_of(target_language_)));
  SILD_CHECK_OK(request_->has_text() ? ReadText(call, extractor) : ReadMemory(call, extractor));
  terms::ExtractOptions options;
  const auto or_default = [](int value, int if_zero) {
    return static_cast<std::uint32_t>(value == 0 ? if_zero : value);
  };
  const std::size_t wanted = or_default(request_->max_candidates(), kDefaultCandidates);
  options.max_candidates = request_->exclude_known() ? wanted + kMaxExcluded : wanted;
  options.minimum_frequency = or_default(request_->minimum_frequency(), kDefaultFrequency);
  options.max_examples = or_default(request_->max_examples(), kDefaultExamples);
  options.is_cancelled = [&call] { return call.cancelled.load(); };
  SILD_TRY(found_, extractor.Run(options));
  if (call.cancelled) {
    return Cancelled();
  }
  SILD_CHECK_OK(MarkKnown(call, wanted));
  found_.terms.resize(std::min(found_.terms.size(), wanted));
  return absl::OkStatus();
}

// Finds the candidates that the glossaries have, and leaves them out if that is asked: then only
// the best `wanted` of the others stay.
absl::Status TermExtraction::MarkKnown(CallContext& call, std::size_t wanted) {
  known_.resize(found_.terms.size());
  if (glossaries_.empty()) {
    return absl::OkStatus();
  }
  SILD_TRY(const auto recognizer,
           recognizers_.Get(*view_, glossaries_, text::LanguageKeyOf(language_),
                            [&call] { return call.cancelled.load(); }));
  const bool excludes = request_->exclude_known();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found_.terms.size() && kept < wanted; ++i) {
    if (call.cancelled) {
      return Cancelled();
    }
    std::vector<std::string> known = KnownConcepts(*recognizer, found_.terms[i].text);
    if (!excludes || known.empty()) {
      std::swap(found_.terms[kept], found_.terms[i]);
      known_[kept++] = std::move(known);
    }
  }
  found_.terms.resize(kept);
  known_.resize(kept);
  return absl::OkStatus();
}

std::vector<std::string> TermExtraction::KnownConcepts(const terms::Recognizer& recognizer,
                                                       const std::string& text) const {
  std::vector<std::string> names;
  for (const terms::Hit& hit : recognizer.Recognize(text)) {
    if (hit.range.begin == 0 && hit.range.end == text.size()) {
      names.push_back(hit.entry->name.str());
    }
  }
  return names;
}

absl::Status TermExtraction::FillExample(const terms::CandidateExample& example,
                                         v1::ExtractTermsResponse::Example& out) const {
  if (request_->has_text()) {
    const auto index = static_cast<int>(example.segment);
    out.set_text(request_->text().segments(index).text());
    out.set_segment_index(index);
  } else {
    const UnitName name{memory_.memory, unit_ids_[example.segment]};
    SILD_TRY(const TranslationUnit unit, view_->GetUnit(name));
    out.set_text(TextIn(unit, language_));
    out.set_target_text(TextIn(unit, target_language_));
    out.set_unit(name.str());
  }
  const ByteRange range = terms::RangeOf(out.text(), example);
  text::OffsetCursor offsets(out.text());
  out.mutable_range()->set_begin(static_cast<std::int32_t>(offsets.CharOf(range.begin)));
  out.mutable_range()->set_end(static_cast<std::int32_t>(offsets.CharOf(range.end)));
  return absl::OkStatus();
}

absl::Status TermExtraction::Fill(std::size_t index,
                                  v1::ExtractTermsResponse::Candidate& candidate) const {
  const terms::ExtractedTerm& term = found_.terms[index];
  candidate.set_text(term.text);
  candidate.set_frequency(term.frequency);
  candidate.set_score(term.score);
  candidate.set_translation(term.translation);
  candidate.set_translation_score(term.translation_score);
  candidate.set_translation_count(term.translation_segments);
  candidate.set_segment_count(term.segments);
  candidate.set_form_count(static_cast<std::int32_t>(term.forms.size()));
  for (std::size_t i = 0; i < std::min(term.forms.size(), kMaxShownForms); ++i) {
    v1::ExtractTermsResponse::Form* const form = candidate.add_forms();
    form->set_text(term.forms[i].text);
    form->set_frequency(term.forms[i].frequency);
  }
  for (const terms::CandidateExample& example : term.examples) {
    SILD_CHECK_OK(FillExample(example, *candidate.add_examples()));
  }
  for (const std::string& name : known_[index]) {
    candidate.add_known_concepts(name);
  }
  return absl::OkStatus();
}

absl::StatusOr<Stream::State> TermExtraction::Next(CallContext& call,
                                                   google::protobuf::Message* message) {
  if (!request_) {
    return State::kWaiting;
  }
  if (!is_extracted_) {
    SILD_CHECK_OK(Extract(call));
    is_extracted_ = true;
  }
  if (has_answered_ && next_ == found_.terms.size()) {
    return State::kDone;
  }
  auto& response = static_cast<v1::ExtractTermsResponse&>(*message);
  for (std::size_t bytes = 0; next_ < found_.terms.size() && bytes < kFullMessageBytes; ++next_) {
    if (call.cancelled) {
      return Cancelled();
    }
    v1::ExtractTermsResponse::Candidate* const candidate = response.add_candidates();
    SILD_CHECK_OK(Fill(next_, *candidate));
    bytes += candidate->ByteSizeLong();
  }
  response.set_segment_count(static_cast<std::int64_t>(segment_count_));
  response.set_word_count(static_cast<std::int64_t>(found_.words));
  response.set_candidate_count(static_cast<std::int64_t>(found_.candidates));
  call.revision = view_->revision();
  has_answered_ = true;
  return State::kMessage;
}

}  // namespace sild::service
