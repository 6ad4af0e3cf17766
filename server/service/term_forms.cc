#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/glossary_service.h"
#include "server/service/store_access.h"
#include "server/terms/explain.h"
#include "server/terms/word_forms.h"

// What editors ask of the forms of a term, of `GlossaryService`.
namespace sild::service {
namespace {

// A term of a stored concept, with the section that it stands in. The pointers are into `entry`.
struct FoundTerm {
  Concept entry;
  std::size_t section = 0;
  std::size_t term = 0;

  const LanguageSection& in() const { return entry.sections[section]; }
  const Term& get() const { return in().terms[term]; }
};

absl::StatusOr<FoundTerm> FindTerm(const storage::View& view, const std::string& concept_name,
                                   const std::string& term_id) {
  absl::StatusOr<ConceptName> name = ConceptName::Parse(concept_name);
  SILD_CHECK_OK(Named("concept", name.status()));
  FoundTerm found;
  SILD_TRY(found.entry, view.GetConcept(*name));
  for (; found.section < found.entry.sections.size(); ++found.section) {
    const std::vector<Term>& terms = found.in().terms;
    for (found.term = 0; found.term < terms.size(); ++found.term) {
      if (terms[found.term].id == term_id) {
        return found;
      }
    }
  }
  return absl::NotFoundError(
      fmt::format("{} has no term with the id \"{}\"", name->str(), term_id));
}

v1::Form::Origin OriginOf(terms::FormOrigin origin) {
  switch (origin) {
    case terms::FormOrigin::kBase:
      return v1::Form::ORIGIN_BASE;
    case terms::FormOrigin::kMade:
      return v1::Form::ORIGIN_RULE;
    case terms::FormOrigin::kExtra:
      return v1::Form::ORIGIN_EXTRA;
    case terms::FormOrigin::kNone:
      break;
  }
  return v1::Form::ORIGIN_UNSPECIFIED;
}

template <typename Response>
void AddForms(const Term& term, const terms::FormExpander& expander, Response& response) {
  std::map<std::optional<std::size_t>, std::size_t> made;  // By word.
  for (const terms::ListedForm& form : terms::ListForms(term, expander)) {
    const bool is_made = form.origin == terms::FormOrigin::kMade;
    // The word as it is written comes first, and is one of the forms made.
    if (is_made && ++made[form.word] + 1 >= terms::WordForms::kMaxForms) {
      response.set_truncated(true);
    }
    v1::Form* added = response.add_forms();
    added->set_text(form.text);
    added->set_origin(OriginOf(form.origin));
    added->set_banned(form.is_banned);
    if (form.word) {
      added->set_word_index(static_cast<std::int32_t>(*form.word));
    }
  }
}

}  // namespace

absl::Status GlossaryService::ListForms(CallContext& call, const v1::ListFormsRequest& request,
                                        v1::ListFormsResponse* response) {
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const FoundTerm found, FindTerm(*view, request.concept_name(), request.term_id()));
  AddForms(found.get(), expanders_.For(text::LanguageKeyOf(found.in().language)), *response);
  return absl::OkStatus();
}

absl::Status GlossaryService::PreviewForms(CallContext& /*call*/,
                                           const v1::PreviewFormsRequest& request,
                                           v1::PreviewFormsResponse* response) {
  SILD_TRY(const LanguageTag language, Language(request.language_code(), "language_code"));
  absl::StatusOr<Term> term = FromProto(request.term());
  SILD_CHECK_OK(Within("term", term.status()));
  AddForms(*term, expanders_.For(text::LanguageKeyOf(language)), *response);
  return absl::OkStatus();
}

absl::Status GlossaryService::ExplainTerm(CallContext& call, const v1::ExplainTermRequest& request,
                                          v1::ExplainTermResponse* response) {
  absl::StatusOr<Segment> segment = FromProto(request.segment());
  SILD_CHECK_OK(Within("segment", segment.status()));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const FoundTerm found, FindTerm(*view, request.concept_name(), request.term_id()));
  const text::LanguageKey key = text::LanguageKeyOf(found.in().language);
  SILD_TRY(const auto recognizer, recognizers_.Get(*view, {found.entry.name.parent()}, key,
                                                   [&call] { return call.cancelled.load(); }));
  const terms::Explanation explanation =
      terms::Explain(*recognizer, found.entry.name, found.get(), expanders_.For(key),
                     expanders_.For(key).rules(), segment->text);
  response->set_found(explanation.is_found);
  response->set_reason(explanation.reason);
  return absl::OkStatus();
}

}  // namespace sild::service
