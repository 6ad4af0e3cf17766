#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>

#include "server/model/exception.h"
#include "server/storage/view.h"
#include "server/text/languages.h"

namespace sild::service {

// The exceptions that may hold for a check.
class ExceptionIndex {
 public:
  // Where findings were made. Of the documents either may be meant.
  struct Place {
    std::string_view document;          // As the caller names it.
    std::string_view document_in_file;  // As the file does.
    std::string source;                 // Texts, as `TextOf` gives them.
    std::string target;
  };

  // Reads those of `glossaries` for translations into a language of that key.
  static absl::StatusOr<ExceptionIndex> Read(const storage::View& view,
                                             const std::vector<GlossaryName>& glossaries,
                                             const text::LanguageKey& language);

  // Returns a text of a pair in the form in which exceptions have theirs; nothing if none has one.
  // O(length of the text): once a pair, not once a finding.
  std::string TextOf(std::string_view text) const;

  // Returns the first one by name that sets a finding aside. Null: none does.
  const Exception* Find(const ConceptName& name, FindingKind kind, const Place& place) const;

 private:
  // By concept. Texts of segments are in normal form, with white space collapsed.
  std::map<ConceptName, std::vector<Exception>> exceptions_;
  bool has_texts_ = false;  // Some are for one segment.
};

}  // namespace sild::service
