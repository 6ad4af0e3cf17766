#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "server/model/try.h"
#include "server/service/convert_glossary.h"
#include "server/service/field_error.h"
#include "server/service/glossary_concepts.h"
#include "server/service/glossary_service.h"
#include "server/service/limits.h"
#include "server/service/store_access.h"

// Duplicates of terms, of `GlossaryService`.
namespace sild::service {
namespace {

using Kind = v1::FindSimilarTermsResponse::SimilarTerm::Kind;
using SimilarTerm = v1::FindSimilarTermsResponse::SimilarTerm;

// Finds what a directory has that is like the terms of one concept.
class SimilarTerms {
 public:
  SimilarTerms(const terms::TermDirectory& directory, const terms::FormExpanders& expanders,
               ConceptName own_name, v1::FindSimilarTermsResponse& response,
               std::function<bool()> is_cancelled)
      : directory_(directory),
        expanders_(expanders),
        own_name_(std::move(own_name)),
        response_(response),
        is_cancelled_(std::move(is_cancelled)) {}

  // Adds the terms that are like `term` of `section`, each once, most alike first. Once the call is
  // cancelled, only some of them.
  void Find(const LanguageSection& section, const Term& term) {
    const text::LanguageKey language = text::LanguageKeyOf(section.language);
    const terms::FormExpander& expander = expanders_.For(language);
    const std::string folded = terms::FoldTerm(term.text);
    seen_.clear();
    const auto add_all = [&](const auto& found, Kind kind) {
      for (const terms::DirectoryTerm* stored : found) {
        Add(section, term, *stored, kind);
      }
    };
    add_all(directory_.FindFolded(language, folded), SimilarTerm::KIND_SAME);
    add_all(InOrder(directory_.FindForm(language, term.text, expander, is_cancelled_),
                    directory_.FindFormsOf(language, term, expander, is_cancelled_)),
            SimilarTerm::KIND_FORM);
    add_all(directory_.FindNear(language, folded, is_cancelled_), SimilarTerm::KIND_NEAR);
  }

 private:
  // The terms of both, in the order of the directory.
  static std::vector<const terms::DirectoryTerm*> InOrder(
      std::vector<const terms::DirectoryTerm*> a,
      const std::vector<const terms::DirectoryTerm*>& b) {
    a.insert(a.end(), b.begin(), b.end());
    std::sort(a.begin(), a.end());  // They stand in one array.
    return a;
  }

  void Add(const LanguageSection& section, const Term& term, const terms::DirectoryTerm& stored,
           Kind kind) {
    if (stored.entry->name == own_name_ || response_.similar_terms_size() >= kMaxHits ||
        !seen_.insert(&stored).second) {
      return;
    }
    SimilarTerm* const added = response_.add_similar_terms();
    added->set_kind(kind);
    added->set_language_code(section.language.str());
    added->set_text(term.text);
    added->set_concept_name(stored.entry->name.str());
    ToProto(*stored.term, added->mutable_term());
  }

  const terms::TermDirectory& directory_;
  const terms::FormExpanders& expanders_;
  const ConceptName own_name_;
  v1::FindSimilarTermsResponse& response_;
  const std::function<bool()> is_cancelled_;
  std::set<const terms::DirectoryTerm*> seen_;
};

}  // namespace

absl::Status GlossaryService::FindSimilarTerms(CallContext& call,
                                               const v1::FindSimilarTermsRequest& request,
                                               v1::FindSimilarTermsResponse* response) {
  SILD_TRY(const std::vector<GlossaryName> glossaries, ParseGlossaries(request.glossaries()));
  absl::StatusOr<Concept> entry = FromProto(request.concept_entry());
  SILD_CHECK_OK(Within("concept", entry.status()));
  SILD_TRY(const auto view, ReadView(store_, call));
  const auto is_cancelled = [&call] { return call.cancelled.load(); };
  SILD_TRY(const auto directory, directories_.Get(*view, glossaries, is_cancelled));
  SimilarTerms similar(*directory, expanders_, entry->name, *response, is_cancelled);
  for (const LanguageSection& section : entry->sections) {
    for (const Term& term : section.terms) {
      similar.Find(section, term);
      if (call.cancelled) {
        return absl::CancelledError("the client went away");
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace sild::service
