#include "server/service/exception_index.h"

#include <algorithm>
#include <utility>

#include "server/model/try.h"
#include "server/text/normalize.h"

namespace sild::service {
namespace {

std::string NormalText(std::string_view text) { return text::CollapseWhiteSpace(text::Nfc(text)); }

}  // namespace

absl::StatusOr<ExceptionIndex> ExceptionIndex::Read(const storage::View& view,
                                                    const std::vector<GlossaryName>& glossaries,
                                                    const text::LanguageKey& language) {
  ExceptionIndex index;
  for (const GlossaryName& glossary : glossaries) {
    SILD_CHECK_OK(view.ForEachException(glossary, "", [&](Exception&& exception) {
      if (exception.language.empty() || text::LanguageKeyOf(exception.language) == language) {
        exception.segment_text = NormalText(exception.segment_text);
        index.has_texts_ = index.has_texts_ || !exception.segment_text.empty();
        const ConceptName name{glossary.glossary, exception.concept_id};
        index.exceptions_[name].push_back(std::move(exception));
      }
      return true;
    }));
  }
  return index;
}

std::string ExceptionIndex::TextOf(std::string_view text) const {
  return has_texts_ ? NormalText(text) : "";
}

const Exception* ExceptionIndex::Find(const ConceptName& name, FindingKind kind,
                                      const Place& place) const {
  const auto of_concept = exceptions_.find(name);
  if (of_concept == exceptions_.end()) {
    return nullptr;
  }
  const auto found = std::find_if(
      of_concept->second.begin(), of_concept->second.end(), [&](const Exception& exception) {
        return (!exception.kind || exception.kind == kind) &&
               (exception.document.empty() || exception.document == place.document ||
                exception.document == place.document_in_file) &&
               (exception.segment_text.empty() || exception.segment_text == place.source ||
                exception.segment_text == place.target);
      });
  return found == of_concept->second.end() ? nullptr : &*found;
}

}  // namespace sild::service
