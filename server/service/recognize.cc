#include "server/service/recognize.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/model/unit_filter.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/glossary_concepts.h"
#include "server/service/glossary_service.h"
#include "server/service/limits.h"
#include "server/service/store_access.h"

// Term recognition of `GlossaryService`.
namespace sild::service {
namespace {

absl::Status TooLarge() {
  return absl::ResourceExhaustedError(fmt::format(
      "the hits take more than {} MiB; send fewer segments, or fewer target_language_codes",
      kMaxAnswerBytes >> 20));
}

// Adds what to use instead of a term that must not be used any more.
void AddReplacements(const terms::Hit& hit, v1::TermHit* out) {
  if (hit.term->status < TermStatus::kSuperseded) {
    return;
  }
  for (const TermStatus wanted : {TermStatus::kPreferred, TermStatus::kAdmitted}) {
    for (const Term& term : hit.section->terms) {
      if (term.status == wanted && term.process_status != ProcessStatus::kRejected) {
        service::ToProto(term, out->add_replacements());
      }
    }
  }
}

absl::StatusOr<std::vector<LanguageTag>> ParseTargets(const v1::RecognizeTermsRequest& request) {
  SILD_CHECK_OK(CheckCount("target_language_codes", request.target_language_codes_size(),
                           kMaxTargetLanguages));
  std::vector<LanguageTag> result;
  for (int i = 0; i < request.target_language_codes_size(); ++i) {
    SILD_TRY(LanguageTag language, Language(request.target_language_codes(i),
                                            fmt::format("target_language_codes[{}]", i)));
    result.push_back(std::move(language));
  }
  return result;
}

absl::StatusOr<std::vector<Segment>> ParseSegments(const v1::RecognizeTermsRequest& request) {
  if (request.segments().empty()) {
    return FieldError("segments", "is required; send 1 to 100 segments");
  }
  SILD_CHECK_OK(CheckCount("segments", request.segments_size(), kMaxQueries));
  std::vector<Segment> result;
  for (int i = 0; i < request.segments_size(); ++i) {
    absl::StatusOr<Segment> segment = FromProto(request.segments(i));
    SILD_CHECK_OK(Within("segments", i, segment.status()));
    result.push_back(*std::move(segment));
  }
  return result;
}

}  // namespace

bool IsWanted(const LanguageTag& language, const std::vector<LanguageTag>& targets) {
  return targets.empty() ||
         std::any_of(targets.begin(), targets.end(), [&](const LanguageTag& target) {
           return CoversLanguage(target, language) || CoversLanguage(language, target);
         });
}

void ToProto(const terms::Hit& hit, const std::vector<LanguageTag>& targets,
             text::OffsetCursor& offsets, v1::TermHit* out) {
  out->mutable_range()->set_begin(static_cast<std::int32_t>(offsets.CharOf(hit.range.begin)));
  out->mutable_range()->set_end(static_cast<std::int32_t>(offsets.CharOf(hit.range.end)));
  out->set_concept_name(hit.entry->name.str());
  out->set_subject_field(hit.entry->subject_field);
  out->set_class_(static_cast<v1::TermHit::Class>(hit.hit_class));
  ToProto(*hit.term, out->mutable_term());
  out->set_mixes_scripts(hit.mixes_scripts);
  AddReplacements(hit, out);
  for (const LanguageSection& section : hit.entry->sections) {
    if (&section != hit.section && IsWanted(section.language, targets)) {
      ToProto(section, out->add_translations());
    }
  }
}

absl::Status GlossaryService::RecognizeTerms(CallContext& call,
                                             const v1::RecognizeTermsRequest& request,
                                             v1::RecognizeTermsResponse* response) {
  SILD_TRY(const std::vector<GlossaryName> glossaries, ParseGlossaries(request.glossaries()));
  SILD_TRY(const LanguageTag source,
           Language(request.source_language_code(), "source_language_code"));
  SILD_TRY(const std::vector<LanguageTag> targets, ParseTargets(request));
  SILD_TRY(const std::vector<Segment> segments, ParseSegments(request));
  SILD_TRY(const auto view, ReadView(store_, call));
  terms::RecognizeOptions options;
  options.include_nested = request.include_nested();
  options.max_hits = kMaxHits;
  options.is_cancelled = [&call] { return call.cancelled.load(); };
  SILD_TRY(const auto recognizer,
           recognizers_.Get(*view, glossaries, text::LanguageKeyOf(source), options.is_cancelled));
  std::size_t bytes = 0;
  for (const Segment& segment : segments) {
    v1::RecognizeTermsResponse::Result* result = response->add_results();
    text::OffsetCursor offsets(segment.text);
    for (const terms::Hit& hit : recognizer->Recognize(segment.text, options)) {
      v1::TermHit* added = result->add_hits();
      ToProto(hit, targets, offsets, added);
      bytes += added->ByteSizeLong();
      if (bytes > kMaxAnswerBytes) {
        return TooLarge();
      }
    }
    if (call.cancelled) {
      return absl::CancelledError("the client went away");
    }
  }
  return absl::OkStatus();
}

}  // namespace sild::service
