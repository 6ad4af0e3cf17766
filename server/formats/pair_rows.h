#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/formats/entry_problems.h"
#include "server/formats/languages.h"
#include "server/formats/row_reader.h"
#include "server/model/glossary.h"

// What the formats of pairs have in common.
namespace sild::formats {

// Finds the section of a concept that serves best for a language, regions set aside.
class SectionFinder {
 public:
  // Null if the concept has none.
  const LanguageSection* Find(const Concept& entry, const LanguageTag& language) {
    std::vector<LanguageTag> have;
    for (const LanguageSection& section : entry.sections) {
      have.push_back(section.language);
    }
    const LanguageTag best = languages_.BestOf(language, have);
    for (const LanguageSection& section : entry.sections) {
      if (!best.empty() && section.language == best) {
        return &section;
      }
    }
    return nullptr;
  }

 private:
  Languages languages_{{}};
};

// Whether translators may use the term.
inline bool MayBeUsed(const Term& term) {
  return (term.status == TermStatus::kPreferred || term.status == TermStatus::kAdmitted) &&
         term.process_status != ProcessStatus::kRejected;
}

// Appends a cell of a file that has no quotes: tabs and line ends become spaces.
inline void AppendPlainCell(std::string_view text, std::string& out) {
  for (const char c : text) {
    out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  }
}

// Says what the splitter removed from a row.
inline void NoteRemovedControls(const Row& row, EntryProblems& problems) {
  if (row.removed_controls > 0) {
    problems.Add("characters that no text may hold were removed: " +
                 std::to_string(row.removed_controls));
  }
}

}  // namespace sild::formats
