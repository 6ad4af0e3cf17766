#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/formats/reader.h"
#include "server/text/languages.h"

namespace sild::formats {

// What the languages of one file are. Remembers what it was asked, because a file asks for the same
// few a million times and ICU takes microseconds for each. For one thread.
class Languages {
 public:
  explicit Languages(const std::map<std::string, LanguageTag>& language_map)
      : language_map_(language_map) {}

  // Returns the language that the file spells `spelling`: as it is mapped, else as BCP 47, else
  // leniently. Nothing if it cannot be told.
  std::optional<LanguageTag> Find(std::string_view spelling);

  // Returns the tag in `have` that serves best for `want`: the same, else one that differs in the
  // region only. Empty: there is none.
  LanguageTag BestOf(const LanguageTag& want, const std::vector<LanguageTag>& have);

 private:
  const text::LanguageKey& KeyOf(const LanguageTag& tag);

  const std::map<std::string, LanguageTag> language_map_;
  std::map<std::string, std::optional<LanguageTag>, std::less<>> found_;
  std::map<LanguageTag, text::LanguageKey> keys_;
};

// Whether two spellings are the same tag but for case and `_`.
bool IsSameSpelling(std::string_view a, std::string_view b);

}  // namespace sild::formats
