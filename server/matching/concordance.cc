#include "server/matching/concordance.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "server/matching/concordance_index.h"
#include "server/matching/concordance_words.h"
#include "server/model/try.h"
#include "server/model/unit_size.h"
#include "server/text/languages.h"

namespace sild::matching {
namespace {

// Between questions whether to go on. A unit counts as more of them by its size.
constexpr std::size_t kUnitsPerCheck = 256;
constexpr std::size_t kBytesPerUnit = 1'024;
constexpr std::size_t kGrowth = 4;  // Of how many texts an index is asked for at once.

// Tells whether to go on after a unit. For one thread.
class CancelCheck {
 public:
  // The function, which may be empty, must outlive the object.
  explicit CancelCheck(const std::function<bool()>& is_cancelled) : is_cancelled_(is_cancelled) {}

  bool GoesOnAfter(const TranslationUnit& unit) {
    visited_ += 1 + SizeBytes(unit) / kBytesPerUnit;
    if (visited_ < kUnitsPerCheck) {
      return true;
    }
    visited_ = 0;
    return !is_cancelled_ || !is_cancelled_();
  }

 private:
  const std::function<bool()>& is_cancelled_;
  std::size_t visited_ = 0;  // Since the last question.
};

// Takes units in any order, and keeps the best hits among them: one more than are wanted, which
// tells whether there are more, or those that do not take more bytes than are wanted.
class HitCollector {
 public:
  HitCollector(const ConcordanceRequest& request, const ConcordanceQuery& query)
      : request_(request), comparer_(query), key_(text::LanguageKeyOf(request.language)) {}

  const text::LanguageKey& key() const { return key_; }

  // Whether a hit of that rank may still be among the best.
  bool IsWanted(const TextRank& rank) const {
    return !IsFull() || !(best_.rbegin()->place.rank < rank);
  }

  void Add(const TranslationUnit& unit) {
    if (!request_.filter.MatchesUnit(unit)) {
      return;
    }
    const Variant* best = nullptr;
    FoundText found;
    for (const Variant& variant : unit.variants) {
      if (IsOfLanguage(variant) && (best == nullptr || IsNearer(variant, *best))) {
        if (std::optional<FoundText> other = comparer_.Compare(variant.segment.text)) {
          best = &variant;
          found = *std::move(other);
        }
      }
    }
    if (best != nullptr && HasTarget(unit, *best)) {
      Keep({found.rank, unit.update_time, unit.name}, unit, *best, std::move(found.ranges));
    }
  }

  ConcordancePage Page() && {
    ConcordancePage page;
    page.has_more = IsFull();
    while (!best_.empty() && page.hits.size() < request_.max_hits) {
      page.hits.push_back(std::move(best_.extract(best_.begin()).value()));
    }
    return page;
  }

 private:
  struct IsBetter {
    bool operator()(const ConcordanceHit& a, const ConcordanceHit& b) const {
      return a.place < b.place;
    }
  };

  void Keep(HitPlace place, const TranslationUnit& unit, const Variant& found,
            std::vector<ByteRange> ranges) {
    if (request_.after && !(*request_.after < place)) {
      return;
    }
    if (IsFull() && !(place < best_.rbegin()->place)) {
      return;
    }
    if (best_.insert({unit, found.language, std::move(ranges), std::move(place)}).second) {
      bytes_ += SizeBytes(unit);
    }
    while (best_.size() > request_.max_hits + 1) {
      DropWorst();
    }
    while (bytes_ > request_.max_bytes && best_.size() > 1) {
      DropWorst();
      was_cut_ = true;
    }
  }

  void DropWorst() {
    const auto worst = std::prev(best_.end());
    bytes_ -= SizeBytes(worst->unit);
    best_.erase(worst);
  }

  // Whether there are more hits than are kept or wanted, so that only a better one than the worst
  // may be added. After a cut for size that holds even if there is room again: what was cut stands
  // before what would be added.
  bool IsFull() const { return was_cut_ || best_.size() > request_.max_hits; }

  bool IsOfLanguage(const Variant& variant) {
    const auto [known, is_new] = is_of_language_.try_emplace(variant.language);
    if (is_new) {
      known->second = text::LanguageKeyOf(variant.language) == key_;
    }
    return known->second;
  }

  bool IsNearer(const Variant& a, const Variant& b) const {
    return std::tuple(text::VarietyRank(request_.language, a.language), a.language) <
           std::tuple(text::VarietyRank(request_.language, b.language), b.language);
  }

  // Whether the filter takes a variant other than the one found, if it asks for a target.
  bool HasTarget(const TranslationUnit& unit, const Variant& found) const {
    return (!request_.filter.minimum_status && request_.filter.origins.empty()) ||
           std::any_of(unit.variants.begin(), unit.variants.end(), [&](const Variant& variant) {
             return &variant != &found && request_.filter.MatchesTarget(variant);
           });
  }

  const ConcordanceRequest& request_;
  TextComparer comparer_;
  const text::LanguageKey key_;
  std::map<LanguageTag, bool> is_of_language_;  // By language that was seen.
  std::set<ConcordanceHit, IsBetter> best_;
  std::size_t bytes_ = 0;  // Of the units in `best_`.
  bool was_cut_ = false;   // By `max_bytes`.
};

absl::Status SearchUnits(const MemoryName& memory, const CandidateSource& source,
                         const std::function<bool()>& is_cancelled, HitCollector& collector) {
  CancelCheck check(is_cancelled);
  return source.ForEachUnit(memory, [&](const TranslationUnit& unit) {
    collector.Add(unit);
    return check.GoesOnAfter(unit);
  });
}

absl::Status SearchIndex(const ConcordanceRequest& request, ConcordanceWords& words,
                         IndexedTexts& texts, const std::function<bool()>& is_cancelled,
                         HitCollector& collector) {
  RankedTexts ranked(texts.index(), words, request.after ? request.after->rank : TextRank(),
                     is_cancelled);
  CancelCheck check(is_cancelled);
  bool goes_on = true;
  for (std::size_t count = request.max_hits + 1; goes_on; count *= kGrowth) {
    const std::vector<RankedText> batch = ranked.Next(count);
    for (const RankedText& text : batch) {
      if (!goes_on || !collector.IsWanted(text.rank)) {
        return absl::OkStatus();
      }
      SILD_CHECK_OK(texts.ForEachUnit(text.handle, [&](const TranslationUnit& unit) {
        collector.Add(unit);
        goes_on = check.GoesOnAfter(unit);
        return goes_on;
      }));
    }
    goes_on = goes_on && batch.size() == count;
  }
  return absl::OkStatus();
}

}  // namespace

bool operator<(const HitPlace& a, const HitPlace& b) {
  return std::tie(a.rank, b.update_time, a.name) < std::tie(b.rank, a.update_time, b.name);
}

absl::StatusOr<ConcordancePage> SearchConcordance(const ConcordanceRequest& request,
                                                  const ConcordanceQuery& query,
                                                  const CandidateSource& source,
                                                  const std::function<bool()>& is_cancelled) {
  HitCollector collector(request, query);
  // All are opened first, so that the words of each are in the vocabulary when it is looked at.
  std::map<MemoryName, std::unique_ptr<IndexedTexts>> memories;
  for (const MemoryName& memory : request.memories) {
    memories.try_emplace(memory, source.OpenIndex(memory, collector.key()));
  }
  std::optional<ConcordanceWords> words;
  for (const auto& [memory, texts] : memories) {
    if (texts == nullptr) {
      SILD_CHECK_OK(SearchUnits(memory, source, is_cancelled, collector));
    } else {
      const Vocabulary& vocabulary = texts->index().lexicon().vocabulary;
      if (!words || &words->vocabulary() != &vocabulary) {
        words.emplace(query, vocabulary, is_cancelled);
      }
      SILD_CHECK_OK(SearchIndex(request, *words, *texts, is_cancelled, collector));
    }
    if (is_cancelled && is_cancelled()) {
      return absl::CancelledError("the client went away");
    }
  }
  ConcordancePage page = std::move(collector).Page();
  for (ConcordanceHit& hit : page.hits) {
    SILD_CHECK_OK(source.FillUsage(hit.unit));
  }
  return page;
}

}  // namespace sild::matching
