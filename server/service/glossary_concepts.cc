#include "server/service/glossary_concepts.h"

#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"

namespace sild::service {

absl::StatusOr<std::vector<GlossaryName>> ParseGlossaries(
    const google::protobuf::RepeatedPtrField<std::string>& names) {
  if (names.empty()) {
    return FieldError("glossaries", "is required; send 1 to 20 names");
  }
  SILD_CHECK_OK(CheckCount("glossaries", names.size(), kMaxGlossaries));
  std::vector<GlossaryName> result;
  for (int i = 0; i < names.size(); ++i) {
    absl::StatusOr<GlossaryName> name = GlossaryName::Parse(names[i]);
    SILD_CHECK_OK(Named(fmt::format("glossaries[{}]", i), name.status()));
    result.push_back(*std::move(name));
  }
  return result;
}

absl::StatusOr<std::string> StateKeyOf(const storage::View& view,
                                       const std::vector<GlossaryName>& glossaries) {
  std::string key;
  for (const GlossaryName& glossary : glossaries) {
    SILD_TRY(const storage::Counts counts, view.CountConcepts(glossary));
    key += fmt::format(" {}@{}", glossary.glossary, counts.last_write.value);
  }
  return key;
}

absl::StatusOr<std::vector<terms::GlossaryConcept>> LoadConcepts(
    const storage::View& view, const std::vector<GlossaryName>& glossaries,
    const std::function<bool()>& is_cancelled) {
  std::vector<terms::GlossaryConcept> concepts;
  for (std::size_t i = 0; i < glossaries.size(); ++i) {
    SILD_CHECK_OK(view.ForEachConcept(glossaries[i], "", [&](Concept&& entry) {
      concepts.push_back({i, std::move(entry)});
      return !is_cancelled();
    }));
    if (is_cancelled()) {
      return absl::CancelledError("the client went away");
    }
  }
  return concepts;
}

}  // namespace sild::service
