#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/status/status.h>

#include "server/model/glossary.h"
#include "server/storage/view.h"
#include "server/text/languages.h"

namespace sild::service {

// Which concepts of a glossary have which terms, so that an import can tell of each that another
// concept has too. Holds about 200 bytes a term, of at most `kMaxTerms`; more are not compared.
class TermLedger {
 public:
  static constexpr std::size_t kMaxTerms = 1'000'000;

  // A term that a concept has got and that another had before.
  struct Shared {
    LanguageTag language;
    std::string text;
    std::string other_concept_id;
  };

  // Takes the concepts of `glossary` as `view` has them. Asks `is_cancelled` before each: once it
  // returns true, `Cancelled`.
  absl::Status Load(const storage::View& view, const GlossaryName& glossary,
                    const std::function<bool()>& is_cancelled);

  // Takes a new or changed concept, and returns those of its terms that it did not have and others
  // do. Terms are the same as `terms::FoldTerm` has it, in languages that differ at most in region.
  std::vector<Shared> Add(const Concept& entry);

  // Returns the ids, in their order, of the concepts that have all terms of `entry`, if it has some
  // in two languages at least.
  std::set<std::string> HavingAll(const Concept& entry);

  // Whether there were too many terms to compare them all.
  bool is_full() const { return is_full_; }

 private:
  // The ids of the concepts that have a term.
  struct Owners {
    std::string first;
    absl::flat_hash_set<std::string> others;
  };

  const std::string& KeyOf(const LanguageTag& language);
  std::string KeyOf(const LanguageTag& language, const Term& term);

  absl::flat_hash_map<std::string, Owners> concepts_;  // By language and term.
  std::map<LanguageTag, std::string> keys_;
  bool is_full_ = false;
};

}  // namespace sild::service
