#include "server/service/term_check.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "server/model/limits.h"
#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/convert_unit.h"
#include "server/service/document_check.h"
#include "server/service/field_error.h"
#include "server/service/glossary_concepts.h"
#include "server/service/glossary_service.h"
#include "server/service/limits.h"
#include "server/service/store_access.h"
#include "server/text/offsets.h"
#include "server/text/utf8.h"

namespace sild::service {
namespace {

void SetRange(ByteRange range, std::string_view text, v1::TextRange* out) {
  text::OffsetCursor offsets(text);
  out->set_begin(static_cast<std::int32_t>(offsets.CharOf(range.begin)));
  out->set_end(static_cast<std::int32_t>(offsets.CharOf(range.end)));
}

std::string Slice(ByteRange range, std::string_view text) {
  return std::string(text.substr(range.begin, range.end - range.begin));
}

absl::Status TooLarge() {
  return absl::ResourceExhaustedError(
      fmt::format("the findings take more than {} MiB; send fewer pairs", kMaxAnswerBytes >> 20));
}

// Fails with the languages there are if no concept of the glossaries has anything to say in
// `language`: it is hardly what was meant. An empty glossary is, and so is one of words that stay
// the same in all languages.
absl::Status CheckLanguage(const storage::View& view, const std::vector<GlossaryName>& glossaries,
                           const LanguageTag& language, std::string_view field) {
  const text::LanguageKey key = text::LanguageKeyOf(language);
  std::set<std::string> others;
  for (const GlossaryName& glossary : glossaries) {
    SILD_TRY(const storage::Counts counts, view.CountConcepts(glossary));
    for (const auto& [other, count] : counts.by_language) {
      if (text::LanguageKeyOf(other) == key) {
        return absl::OkStatus();
      }
      others.insert(other.str());
    }
  }
  if (others.empty()) {
    return absl::OkStatus();
  }
  bool has_untranslated = false;
  for (const GlossaryName& glossary : glossaries) {
    SILD_CHECK_OK(view.ForEachConcept(glossary, "", [&](Concept&& entry) {
      has_untranslated = has_untranslated || entry.do_not_translate;
      return !has_untranslated;
    }));
  }
  if (has_untranslated) {
    return absl::OkStatus();
  }
  return FieldError(field, fmt::format("the glossaries have no terms in \"{}\"; they have {}",
                                       language.str(), fmt::join(others, ", ")));
}

}  // namespace

struct TermCheck::Pair {
  const std::string& source;
  const std::string& target;
  const formats::ParsedPair* in_file = nullptr;  // Null: the caller has sent the texts.
  ExceptionIndex::Place place = {};
};

absl::StatusOr<std::unique_ptr<TermCheck>> TermCheck::Begin(const CheckResources& resources,
                                                            CallContext& call,
                                                            const Config& config) {
  SILD_TRY(const std::vector<GlossaryName> glossaries, ParseGlossaries(config.glossaries));
  auto check = std::unique_ptr<TermCheck>(new TermCheck());
  SILD_TRY(check->languages_.source,
           OptionalLanguage(config.source_language, "source_language_code"));
  SILD_TRY(check->languages_.target, Language(config.target_language, "target_language_code"));
  SILD_CHECK_OK(text::CheckText(config.document, "document", kMaxFieldChars));
  check->document_ = config.document;
  check->include_used_ = config.include_used;
  SILD_TRY(const auto view, ReadView(resources.store, call));
  if (!check->languages_.source.empty()) {
    SILD_CHECK_OK(
        CheckLanguage(*view, glossaries, check->languages_.source, "source_language_code"));
  }
  SILD_CHECK_OK(CheckLanguage(*view, glossaries, check->languages_.target, "target_language_code"));
  const std::function<bool()> is_cancelled = [&call] { return call.cancelled.load(); };
  const text::LanguageKey target = text::LanguageKeyOf(check->languages_.target);
  const auto recognizer = [&](const text::LanguageKey& key) {
    auto result = resources.recognizers.Get(*view, glossaries, key, is_cancelled);
    return result.ok() ? result : Named("glossaries", result.status());
  };
  if (!check->languages_.source.empty()) {
    SILD_TRY(check->source_, recognizer(text::LanguageKeyOf(check->languages_.source)));
  }
  SILD_TRY(check->target_, recognizer(target));
  SILD_TRY(check->exceptions_, ExceptionIndex::Read(*view, glossaries, target));
  check->checker_ = std::make_unique<terms::TermChecker>(check->source_.get(), *check->target_,
                                                         target, resources.expanders.For(target));
  return check;
}

void TermCheck::Check(const Segment& source, const Segment& target, Findings* out) {
  CheckPair({.source = source.text, .target = target.text, .place = PlaceOf("", source, target)},
            out);
}

void TermCheck::Check(const formats::ParsedPair& pair, Findings* out) {
  CheckPair({pair.source.text, pair.target->text, &pair,
             PlaceOf(pair.document, pair.source, *pair.target)},
            out);
}

ExceptionIndex::Place TermCheck::PlaceOf(std::string_view document_in_file, const Segment& source,
                                         const Segment& target) const {
  return {document_, document_in_file, exceptions_.TextOf(source.text),
          exceptions_.TextOf(target.text)};
}

void TermCheck::CheckPair(const Pair& pair, Findings* out) {
  const terms::PairCheck result = checker_->Check(pair.source, pair.target);
  for (const terms::Finding& finding : result.findings) {
    v1::TermFinding described;
    Describe(finding, pair, &described);
    Count(described);
    if (finding.kind != FindingKind::kUsed || include_used_) {
      *out->Add() = std::move(described);
    }
  }
  for (const terms::TermUse& use : result.uses) {
    KeepUse(use, pair);
  }
  counts_.set_pair_count(counts_.pair_count() + 1);
}

void TermCheck::Describe(const terms::Finding& finding, const Pair& pair,
                         v1::TermFinding* out) const {
  out->set_pair_index(static_cast<std::int32_t>(counts_.pair_count()));
  out->set_kind(static_cast<v1::TermFinding::Kind>(finding.kind));
  out->set_severity(static_cast<v1::TermFinding::Severity>(finding.severity));
  out->set_concept_name(finding.entry->name.str());
  if (finding.source_range) {
    SetRange(*finding.source_range, pair.source, out->mutable_source_range());
    out->set_found_text(Slice(*finding.source_range, pair.source));
  }
  if (finding.target_range) {
    SetRange(*finding.target_range, pair.target, out->mutable_target_range());
    out->set_found_text(Slice(*finding.target_range, pair.target));
  }
  if (finding.source_term != nullptr) {
    ToProto(*finding.source_term, out->mutable_source_term());
  }
  if (finding.target_term != nullptr) {
    ToProto(*finding.target_term, out->mutable_target_term());
  }
  for (const Term* term : finding.suggestions) {
    ToProto(*term, out->add_suggestions());
  }
  if (pair.in_file != nullptr) {
    out->mutable_place()->set_line(pair.in_file->line);
    out->mutable_place()->set_unit_id(pair.in_file->unit_id);
    out->mutable_place()->set_document(pair.in_file->document);
    ToProto(pair.in_file->source, out->mutable_pair()->mutable_source());
    ToProto(*pair.in_file->target, out->mutable_pair()->mutable_target());
  }
  if (const Exception* found = exceptions_.Find(finding.entry->name, finding.kind, pair.place)) {
    out->set_exception(found->name.str());
  }
}

// Takes down where a term is used, in case another one is used elsewhere.
void TermCheck::KeepUse(const terms::TermUse& use, const Pair& pair) {
  if (!consistency_.Add(use, uses_.size())) {
    return;
  }
  terms::Finding finding;
  finding.kind = FindingKind::kInconsistent;
  finding.severity = terms::Severity::kWarning;
  finding.entry = use.entry;
  finding.target_range = use.target_range;
  finding.source_term = use.source_term;
  finding.target_term = use.target_term;
  v1::TermFinding& kept = uses_.emplace_back();
  Describe(finding, pair, &kept);
  kept.clear_pair();
}

void TermCheck::Finish(Findings* out) {
  for (const terms::Inconsistency& found : consistency_.Findings()) {
    v1::TermFinding* finding = out->Add();
    *finding = std::move(uses_[found.place]);
    finding->set_use_count(found.use_count);
    ToProto(*found.instead, finding->add_suggestions());
    Count(*finding);
  }
}

void TermCheck::Count(const v1::TermFinding& finding) {
  if (finding.kind() == v1::TermFinding::KIND_USED) {
    counts_.set_used_count(counts_.used_count() + 1);
    return;
  }
  if (!finding.exception().empty()) {
    counts_.set_excepted_count(counts_.excepted_count() + 1);
    return;
  }
  switch (finding.kind()) {
    case v1::TermFinding::KIND_MISSING:
      return counts_.set_missing_count(counts_.missing_count() + 1);
    case v1::TermFinding::KIND_POSSIBLY_USED:
      return counts_.set_possibly_used_count(counts_.possibly_used_count() + 1);
    case v1::TermFinding::KIND_FORBIDDEN:
      return counts_.set_forbidden_count(counts_.forbidden_count() + 1);
    case v1::TermFinding::KIND_SUPERSEDED:
      return counts_.set_superseded_count(counts_.superseded_count() + 1);
    case v1::TermFinding::KIND_INCONSISTENT:
      return counts_.set_inconsistent_count(counts_.inconsistent_count() + 1);
    case v1::TermFinding::KIND_TRANSLATED:
      return counts_.set_translated_count(counts_.translated_count() + 1);
    case v1::TermFinding::KIND_NAME_CHANGED:
      return counts_.set_name_changed_count(counts_.name_changed_count() + 1);
    default:
      return;
  }
}

absl::Status GlossaryService::CheckTerms(CallContext& call, const v1::CheckTermsRequest& request,
                                         v1::CheckTermsResponse* response) {
  if (request.pairs().empty()) {
    return FieldError("pairs", "is required; send 1 to 100 pairs");
  }
  SILD_CHECK_OK(CheckCount("pairs", request.pairs_size(), kMaxQueries));
  SILD_TRY(const auto check, TermCheck::Begin({store_, expanders_, recognizers_}, call,
                                              {request.glossaries(), request.source_language_code(),
                                               request.target_language_code(), request.document(),
                                               request.include_used()}));
  std::size_t bytes = 0;
  for (int i = 0; i < request.pairs_size(); ++i) {
    absl::StatusOr<formats::ParsedPair> pair = FromProto(request.pairs(i));
    SILD_CHECK_OK(Within("pairs", i, pair.status()));
    const int before = response->findings_size();
    check->Check(pair->source, *pair->target, response->mutable_findings());
    for (int added = before; added < response->findings_size(); ++added) {
      bytes += response->findings(added).ByteSizeLong();
    }
    if (bytes > kMaxAnswerBytes) {
      return TooLarge();
    }
    if (call.cancelled) {
      return absl::CancelledError("the client went away");
    }
  }
  check->Finish(response->mutable_findings());
  std::stable_sort(response->mutable_findings()->begin(), response->mutable_findings()->end(),
                   [](const auto& a, const auto& b) { return a.pair_index() < b.pair_index(); });
  *response->mutable_counts() = check->counts();
  return response->ByteSizeLong() > kMaxAnswerBytes ? TooLarge() : absl::OkStatus();
}

}  // namespace sild::service
