#include "server/terms/recognizer.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include <absl/container/flat_hash_map.h>

#include "server/terms/term_table.h"

namespace sild::terms {
namespace {

// How many hits are gathered for one that is wanted, before nested and repeated ones are left out.
constexpr std::size_t kFoundPerHit = 100;

bool IsSameRange(const Found& a, const Found& b) { return a.begin == b.begin && a.end == b.end; }

// Tells of hits in one range which glossary holds their term first. They are asked in order.
class GlossariesOfTerms {
 public:
  GlossariesOfTerms(const TermTable& table, const Found* begin, const Found* end)
      : table_(table), begin_(begin), is_few_(end - begin <= kFew) {}

  std::size_t FirstOf(const Found& hit) {
    const std::uint32_t key = table_.KeyOf(hit);
    const std::size_t own = table_.SourceOf(hit).glossary;
    if (!is_few_) {
      return by_key_.try_emplace(key, own).first->second;
    }
    const Found* const first =
        std::find_if(begin_, &hit, [&](const Found& other) { return table_.KeyOf(other) == key; });
    return table_.SourceOf(*first).glossary;
  }

 private:
  static constexpr std::ptrdiff_t kFew = 8;  // As a rule: then no table is made.

  const TermTable& table_;
  const Found* begin_;
  bool is_few_;
  absl::flat_hash_map<std::uint32_t, std::size_t> by_key_;
};

// Leaves one hit for each concept of those in one range, and of equal terms those of the first
// glossary, or marks the others. They are sorted as the answer.
void AddWithoutRepetition(const TermTable& table, const Found* begin, const Found* end,
                          bool include_repeated, std::vector<Found>& kept) {
  if (end - begin == 1) {
    kept.push_back(*begin);
    return;
  }
  GlossariesOfTerms glossaries(table, begin, end);
  const Concept* last = nullptr;
  for (const Found* hit = begin; hit != end; ++hit) {
    const TermSource& source = table.SourceOf(*hit);
    const bool is_repeated = glossaries.FirstOf(*hit) != source.glossary;
    if (is_repeated && !include_repeated) {
      continue;
    }
    if (source.entry != last) {
      kept.push_back(*hit);
      kept.back().is_repeated = is_repeated;
      last = source.entry;
    } else if (kept.back().is_repeated && !is_repeated) {
      kept.back() = *hit;  // What is the concept's own is there in any case.
    }
  }
}

// Sorts as the answer is sorted, and leaves out what tells nothing new.
std::vector<Found> WithoutRepetition(const TermTable& table, std::vector<Found> found,
                                     bool include_repeated) {
  const auto order = [](const Found& hit) {
    return std::tuple(hit.begin, ~hit.end, hit.concept_rank, hit.hit_class, hit.term);
  };
  const auto is_before = [&](const Found& a, const Found& b) { return order(a) < order(b); };
  // They come nearly in this order: parts are sorted behind which nothing begins earlier.
  std::vector<std::uint32_t> least(found.size() + 1, std::numeric_limits<std::uint32_t>::max());
  for (std::size_t i = found.size(); i-- > 0;) {
    least[i] = std::min(found[i].begin, least[i + 1]);
  }
  std::uint32_t furthest = 0;
  auto part = found.begin();
  for (auto hit = found.begin(); hit != found.end(); ++hit) {
    furthest = std::max(furthest, hit->begin);
    if (furthest < least[static_cast<std::size_t>(hit - found.begin()) + 1]) {
      std::sort(part, hit + 1, is_before);
      part = hit + 1;
    }
  }
  std::vector<Found> kept;
  kept.reserve(found.size());
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = i + 1;
    while (end < found.size() && IsSameRange(found[end], found[i])) {
      ++end;
    }
    AddWithoutRepetition(table, &found[i], &found[i] + (end - i), include_repeated, kept);
    i = end;
  }
  return kept;
}

// Leaves out hits inside longer ones. `found` is sorted by begin, longer ones first.
std::vector<Found> WithoutNested(const std::vector<Found>& found) {
  std::vector<Found> kept;
  kept.reserve(found.size());
  for (const Found& hit : found) {
    // Every hit before it begins no later; the last one kept reaches farthest.
    const bool is_nested =
        !kept.empty() && (kept.back().end > hit.end ||
                          (kept.back().end == hit.end && kept.back().begin < hit.begin));
    if (!is_nested) {
      kept.push_back(hit);
    }
  }
  return kept;
}

}  // namespace

class Recognizer::Table : public TermTable {
 public:
  Table(const text::LanguageKey& language, std::vector<GlossaryConcept> concepts,
        const FormExpander& expander, LanguageRules rules)
      : TermTable(std::move(rules)), concepts_(std::move(concepts)) {
    std::map<LanguageTag, bool> is_wanted;
    for (const GlossaryConcept& source : concepts_) {
      for (const LanguageSection& section : source.entry.sections) {
        const auto [known, is_new] = is_wanted.try_emplace(section.language, false);
        if (is_new) {
          known->second = text::LanguageKeyOf(section.language) == language;
        }
        for (const Term& term : section.terms) {
          if (known->second) {
            Add({source.glossary, &source.entry, &section, &term}, PatternsOf(term, expander));
          }
        }
      }
    }
    Finish();
  }

 private:
  std::vector<GlossaryConcept> concepts_;
};

Recognizer::Recognizer(const text::LanguageKey& language, std::vector<GlossaryConcept> concepts,
                       const FormExpander& expander, LanguageRules rules)
    : table_(std::make_unique<const Table>(language, std::move(concepts), expander,
                                           std::move(rules))) {}
Recognizer::~Recognizer() = default;
Recognizer::Recognizer(Recognizer&&) noexcept = default;
Recognizer& Recognizer::operator=(Recognizer&&) noexcept = default;

std::vector<Hit> Recognizer::Recognize(std::string_view text,
                                       const RecognizeOptions& options) const {
  const std::vector<ScannedToken> tokens = ScanText(text, table_->forms());
  std::vector<Found> found = WithoutRepetition(
      *table_, table_->Find(text, tokens, options.max_hits * kFoundPerHit, options.is_cancelled),
      options.include_repeated);
  if (!options.include_nested) {
    found = WithoutNested(found);
  }
  found.resize(std::min(found.size(), options.max_hits));
  std::vector<Hit> hits;
  hits.reserve(found.size());
  for (const Found& hit : found) {
    const TermSource& source = table_->SourceOf(hit);
    hits.push_back({{tokens[hit.begin].range.begin, tokens[hit.end - 1].range.end},
                    source.glossary,
                    source.entry,
                    source.section,
                    source.term,
                    hit.hit_class,
                    hit.mixes_scripts,
                    hit.is_repeated});
  }
  return hits;
}

std::size_t Recognizer::size_bytes() const { return table_->size_bytes(); }

}  // namespace sild::terms
