#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "server/terms/check.h"

namespace sild::terms {

// How many places of one term are told. What a document holds of each does not grow beyond.
constexpr std::size_t kMaxPlacesOfUse = 100;

// A place where a document uses another term than it does elsewhere. The pointers are into the
// recognizers.
struct Inconsistency {
  std::size_t place = 0;  // As `Add` was given it.
  const Concept* entry = nullptr;
  const Term* used = nullptr;
  const Term* instead = nullptr;
  std::int64_t use_count = 0;  // How often the document uses `used`.
};

// Whether a document always uses the same term for a concept.
//
// Terms that may be used are held against each other if they translate the same term, are of the
// same shape (full forms and spellings; abbreviations and acronyms; short forms), and none has all
// the words of the other, as a name and a surname. Of these the preferred one is right if it is
// used, else the one that is used most, else the first.
class ConsistencyCheck {
 public:
  // Takes down a use at a place that the caller knows by a number. Returns whether the place may be
  // told later. Takes about 100 bytes for the first place of a term, and 8 for others.
  bool Add(const TermUse& use, std::size_t place);

  // Returns what is inconsistent, by number of the place.
  std::vector<Inconsistency> Findings() const;

 private:
  struct Uses {
    std::int64_t count = 0;
    std::vector<std::size_t> places;  // The first ones.
  };

  // A concept, and the term of it that was translated, which is null without a source.
  using Translated = std::pair<const Concept*, const Term*>;

  std::map<Translated, std::map<const Term*, Uses>> uses_;
};

}  // namespace sild::terms
