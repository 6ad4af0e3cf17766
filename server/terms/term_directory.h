#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "server/model/glossary.h"
#include "server/terms/recognizer.h"
#include "server/terms/term_patterns.h"
#include "server/text/languages.h"

namespace sild::terms {

// Returns what terms have in common that differ at most in case, stress marks, ё for е, kinds of
// apostrophe and space, and what cannot be seen: words with single spaces or hyphens between them.
std::string FoldTerm(std::string_view text);

// A term of a directory. The pointers are into it.
struct DirectoryTerm {
  std::size_t glossary = 0;  // In the order of the request.
  const Concept* entry = nullptr;
  const LanguageSection* section = nullptr;
  const Term* term = nullptr;
  std::uint32_t language = 0;  // In `TermDirectory::languages`.
  std::string folded;          // As `FoldTerm`.
};

// How a term answers a query, best first. The numbers are the API's.
enum class TermMatchKind : std::uint8_t {
  kEqual = 1,       // It is the query.
  kForm = 2,        // The query is another form of it.
  kPrefix = 3,      // It begins with the query.
  kWordPrefix = 4,  // One of its words does.
  kContains = 5,    // It contains the query.
  kSimilar = 6,     // It differs in a few letters.
  kListed = 7,      // There is no query.
};

struct TermMatch {
  TermMatchKind kind = TermMatchKind::kListed;
  const DirectoryTerm* term = nullptr;
  std::string rank;  // Matches are sorted by it, byte by byte; it tells two matches apart.
};

struct TermQuery {
  std::string_view text;                                // Empty: all terms.
  std::function<bool(const DirectoryTerm&)> is_wanted;  // Empty: all are.
  std::set<const DirectoryTerm*> with_form;             // Those of which `text` is a form.
};

// Tells the forms of one term, whatever their case; of a rejected one too. Making it costs what
// expanding the term does.
class TermForms {
 public:
  TermForms(const Term& term, const FormExpander& expander);

  // Whether `text` as a whole is a form of the term.
  bool Have(std::string_view text) const;

 private:
  std::vector<TermPattern> patterns_;
  std::set<std::string> banned_;
};

// Whether two folded texts are as similar as typing errors make them: one letter apart, or two if
// both have ten or more, and no digit. What has fewer than five letters is similar to nothing,
// since *sild* and *silt* are two words, and CSTO and CSCE two organisations.
bool AreNear(std::string_view a, std::string_view b);

// The terms of some glossaries in all languages, to be listed and searched. Immutable: safe for any
// number of threads.
class TermDirectory {
 public:
  explicit TermDirectory(std::vector<GlossaryConcept> concepts);
  TermDirectory(const TermDirectory&) = delete;
  TermDirectory& operator=(const TermDirectory&) = delete;

  // All terms, in the order of the glossaries and by name of the concept.
  std::span<const DirectoryTerm> terms() const { return terms_; }
  const std::vector<text::LanguageKey>& languages() const { return languages_; }

  // Terms of one language whose folded texts are `folded`.
  std::vector<const DirectoryTerm*> FindFolded(const text::LanguageKey& language,
                                               const std::string& folded) const;

  // Terms of one language of which `text` is a form. Only terms that begin as `text` does, or have
  // extra forms, are expanded: *люди* does not lead to *человек*. Costs as much as `TermForms` for
  // each of those, which for a short text are all that have its first letter.
  //
  // This and the next two ask `is_cancelled`, which may be empty, before each term, and once it
  // returns true return what they have.
  std::vector<const DirectoryTerm*> FindForm(const text::LanguageKey& language,
                                             std::string_view text, const FormExpander& expander,
                                             const std::function<bool()>& is_cancelled) const;

  // Terms of one language that are forms of `term`.
  std::vector<const DirectoryTerm*> FindFormsOf(const text::LanguageKey& language, const Term& term,
                                                const FormExpander& expander,
                                                const std::function<bool()>& is_cancelled) const;

  // Terms of one language that are near to a folded text, but not the same.
  std::vector<const DirectoryTerm*> FindNear(const text::LanguageKey& language,
                                             const std::string& folded,
                                             const std::function<bool()>& is_cancelled) const;

  // A term in the order of its language.
  struct Sorted {
    std::string key;  // Sort key of the text, then what tells equal texts apart.
    const DirectoryTerm* term = nullptr;
  };

  // The terms of a language in its order, equal texts by concept. A few microseconds for each.
  std::vector<Sorted> InOrder(const LanguageTag& language) const;

  // Returns the best match of each concept: by kind; preferred, admitted, superseded, deprecated;
  // fewer code points; text; name of the concept. Similar terms only if there are no others. Looks
  // at every term.
  std::vector<TermMatch> Search(const TermQuery& query) const;

 private:
  // The terms of one language that `is_wanted`.
  template <typename Predicate>
  std::vector<const DirectoryTerm*> Select(const text::LanguageKey& language,
                                           const std::function<bool()>& is_cancelled,
                                           const Predicate& is_wanted) const;

  std::vector<GlossaryConcept> concepts_;
  std::vector<text::LanguageKey> languages_;
  std::vector<DirectoryTerm> terms_;
  absl::flat_hash_map<std::string, std::vector<std::uint32_t>> by_folded_;  // With the language.
};

}  // namespace sild::terms
