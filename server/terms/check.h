#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "server/model/exception.h"
#include "server/model/glossary.h"
#include "server/model/text_offset.h"
#include "server/terms/form_expander.h"
#include "server/terms/recognizer.h"
#include "server/terms/second_chance.h"
#include "server/text/languages.h"

// Whether translations use the terms of the glossaries.
namespace sild::terms {

// How much a finding matters.
enum class Severity : std::uint8_t {
  kInfo = 1,     // To know: possibly used, used.
  kWarning = 2,  // To look at: superseded, inconsistent, name changed; missing, if no term to use
                 // is preferred and approved.
  kError = 3,    // To mend: forbidden, translated; missing, if one is.
};

// What a check says of one place. The pointers are into the recognizers.
struct Finding {
  FindingKind kind = FindingKind::kMissing;
  Severity severity = Severity::kInfo;
  const Concept* entry = nullptr;
  std::optional<ByteRange> source_range = {};  // Where the term stands in the source, if it does.
  std::optional<ByteRange> target_range =
      {};  // Where the right or wrong term stands in the target.
  const Term* source_term = nullptr;
  const Term* target_term = nullptr;
  std::vector<const Term*> suggestions =
      {};  // What to use instead: preferred and approved ones first.
};

// A term that may be used, used.
struct TermUse {
  const Concept* entry = nullptr;
  const Term* source_term = nullptr;  // That it translates. Null: there is no source.
  const Term* target_term = nullptr;
  ByteRange target_range;
};

struct PairCheck {
  // By place in the target, those without one by place in the source before them.
  std::vector<Finding> findings;
  std::vector<TermUse> uses;  // For `ConsistencyCheck`.
};

// Checks pairs of source and target, or targets alone. Not for several threads at once.
//
// A concept is asked for where one of its terms is found in the source: surely, not inside a longer
// hit or name (`LongerNames`), and if it has a term to use (preferred or admitted, not
// rejected) in the target's language. Where terms of several concepts stand at one place, a use of
// one will do. Where several glossaries hold a term, in the source the first one's concepts are
// asked for, and in the target those are used too that the source asks for. One use in the target
// is enough for all places in the source, for the next time a pronoun may stand there. Inside a
// longer hit and in compounds a term is used as well. What is not found has a `SecondChance`.
// Deprecated and superseded terms are told wherever they surely stand in the target, but not inside
// a longer hit, nor where the same words are a term to use of another concept, unless the source
// asks for theirs alone. Terms of a concept that is not to be translated are terms to use in all
// languages.
class TermChecker {
 public:
  // `source`, which may be null, `target` and `expander`, which is that of the target's language,
  // must outlive it. The glossaries of both recognizers must be the same, with all sections.
  TermChecker(const Recognizer* source, const Recognizer& target,
              const text::LanguageKey& target_language, const FormExpander& expander)
      : source_(source), target_(target), language_(target_language), expander_(expander) {}

  // Checks one pair of UTF-8 texts; `source` is not looked at if there is no recognizer for it.
  PairCheck Check(std::string_view source, std::string_view target);

 private:
  // What a concept asks of a translation.
  struct Wanted {
    std::vector<const Term*> terms;              // To use, the best first.
    std::unique_ptr<const SecondChance> chance;  // Made when it is needed.
  };

  class PairChecker;

  Wanted& WantedOf(const Concept& entry);

  const Recognizer* source_;
  const Recognizer& target_;
  const text::LanguageKey language_;
  const FormExpander& expander_;
  absl::flat_hash_map<const Concept*, std::unique_ptr<Wanted>> wanted_;
};

}  // namespace sild::terms
